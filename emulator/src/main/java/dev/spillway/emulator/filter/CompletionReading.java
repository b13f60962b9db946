package dev.spillway.emulator.filter;

import dev.spillway.emulator.filter.Effect.Guilt;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One completion as the filter reads it, from its beginning on. */
public final class CompletionReading {

  /**
   * Something that shows in the text.
   *
   * @param at how many characters must have been read
   */
  record Sign(int at, Guilt of) {}

  private final Judge judge;
  private final List<Sign> signs;
  private final Verdict untouched;

  CompletionReading(Judge judge, Collection<Sign> signs) {
    this.judge = judge;
    this.signs = signs.stream().sorted(Comparator.comparingInt(Sign::at)).toList();
    this.untouched = judge.judge(List.of());
  }

  private CompletionReading(Verdict always) {
    this.judge = new Judge(Map.of());
    this.signs = List.of();
    this.untouched = always;
  }

  /** A completion of which the filter says this, however much it has read. */
  static CompletionReading always(Verdict verdict) {
    return new CompletionReading(verdict);
  }

  /** The verdict on so many characters of it. */
  public Verdict upTo(int characters) {
    if (signs.isEmpty() || signs.getFirst().at() > characters) {
      return untouched;
    }
    return judge.judge(
        signs.stream().filter(sign -> sign.at() <= characters).map(Sign::of).toList());
  }

  /** After how many characters it is blocked; empty when it passes. */
  public OptionalInt blockedAt() {
    return signs.stream()
        .mapToInt(Sign::at)
        .filter(at -> upTo(at) instanceof Verdict.Blocked)
        .findFirst();
  }

  /** The verdict where the reading ends: at the block, or at the end of the text. */
  public Verdict atItsEnd() {
    return upTo(blockedAt().orElse(Integer.MAX_VALUE));
  }
}
