package dev.spillway.emulator.filter;

import dev.spillway.emulator.filter.Effect.Guilt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** One call before the filter: its prompt has been looked at, its completions are to come. */
public final class Screening {

  private final Judge promptJudge;
  private final Judge completionJudge;
  private final List<Effect> effects;
  private final List<ContentFilter.Search> searches;
  private final @Nullable String unreadableMarker;

  Screening(
      Judge promptJudge,
      Judge completionJudge,
      List<Effect> effects,
      List<ContentFilter.Search> searches,
      @Nullable String unreadableMarker) {
    this.promptJudge = promptJudge;
    this.completionJudge = completionJudge;
    this.effects = effects;
    this.searches = searches;
    this.unreadableMarker = unreadableMarker;
  }

  /** The first marker that says nothing; null for none. */
  public @Nullable String unreadableMarker() {
    return unreadableMarker;
  }

  /** Whether a stream is filtered after it was sent. */
  public boolean asynchronous() {
    return effects.stream().anyMatch(Effect.Asynchronous.class::isInstance) && !isDown();
  }

  public Verdict prompt() {
    if (isDown()) {
      return new Verdict.Unfiltered();
    }
    if (isOff()) {
      return Verdict.SILENT;
    }
    return promptJudge.judge(guilt().stream().filter(of -> of.side() == Side.PROMPT).toList());
  }

  /**
   * Looks at a completion.
   *
   * <p>What the prompt says of it shows in its middle, so that something of it comes before; what
   * stands in it shows where that ends.
   *
   * @param choice which it is, from 0
   */
  public CompletionReading completion(int choice, String text) {
    if (isDown()) {
      return CompletionReading.always(new Verdict.Unfiltered());
    }
    if (isOff()) {
      return CompletionReading.always(Verdict.SILENT);
    }
    List<CompletionReading.Sign> signs = new ArrayList<>();
    for (Guilt of : guilt()) {
      if (of.concerns(choice)) {
        signs.add(new CompletionReading.Sign(text.length() / 2, of));
      }
    }
    for (ContentFilter.Search search : searches) {
      Matcher matcher = search.pattern().matcher(text);
      if (search.effect() instanceof Guilt of && matcher.find()) {
        signs.add(new CompletionReading.Sign(matcher.end(), of));
      }
    }
    return new CompletionReading(completionJudge, signs);
  }

  private List<Guilt> guilt() {
    return effects.stream().filter(Guilt.class::isInstance).map(Guilt.class::cast).toList();
  }

  private boolean isDown() {
    return effects.stream().anyMatch(Effect.Down.class::isInstance);
  }

  private boolean isOff() {
    return effects.stream().anyMatch(Effect.Off.class::isInstance);
  }
}
