package dev.spillway.emulator.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A policy at work. It never judges a text by itself: it believes what markers, triggers and
 * blocklists say, and decides what to do about that.
 */
public final class ContentFilter {

  /** What to look for, and what it means when it is there. */
  record Search(Pattern pattern, Side in, Effect effect) {}

  private final Map<FilterCategory, Rule> promptRules;
  private final Map<FilterCategory, Rule> completionRules;
  private final List<Search> searches;
  private final boolean asynchronous;
  private final boolean down;

  public ContentFilter(FilterPolicy policy) {
    this(
        policy.prompt(),
        policy.completion(),
        searches(policy),
        policy.asynchronous(),
        policy.down());
  }

  private ContentFilter(
      Map<FilterCategory, Rule> promptRules,
      Map<FilterCategory, Rule> completionRules,
      List<Search> searches,
      boolean asynchronous,
      boolean down) {
    this.promptRules = promptRules;
    this.completionRules = completionRules;
    this.searches = searches;
    this.asynchronous = asynchronous;
    this.down = down;
  }

  private static List<Search> searches(FilterPolicy policy) {
    List<Search> searches = new ArrayList<>();
    for (Trigger trigger : policy.triggers()) {
      searches.add(new Search(trigger.pattern().compiled(), trigger.in(), trigger.effect()));
    }
    for (Blocklist blocklist : policy.blocklists()) {
      for (TextPattern term : blocklist.terms()) {
        for (Side side : Side.values()) {
          Effect listed = new Effect.Listed(side, null, blocklist.name());
          searches.add(new Search(term.compiled(), side, listed));
        }
      }
    }
    return List.copyOf(searches);
  }

  /** The same with the other's way to filter streams. */
  ContentFilter streamingAs(ContentFilter other) {
    return new ContentFilter(promptRules, completionRules, searches, other.asynchronous, down);
  }

  /** Looks at a prompt, message by message. */
  public Screening screen(List<String> prompt) {
    Markers markers = Markers.in(prompt);
    List<Effect> effects = new ArrayList<>(markers.effects());
    for (Search search : searches) {
      if (search.in() == Side.PROMPT && prompt.stream().anyMatch(text -> isIn(search, text))) {
        effects.add(search.effect());
      }
    }
    if (asynchronous) {
      effects.add(new Effect.Asynchronous());
    }
    if (down) {
      effects.add(new Effect.Down());
    }
    List<Search> later = searches.stream().filter(s -> s.in() == Side.COMPLETION).toList();
    return new Screening(
        new Judge(promptRules), new Judge(completionRules), effects, later, markers.unreadable());
  }

  private static boolean isIn(Search search, String text) {
    return search.pattern().matcher(text).find();
  }
}
