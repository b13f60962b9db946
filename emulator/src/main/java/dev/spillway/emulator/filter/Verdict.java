package dev.spillway.emulator.filter;

import java.util.List;

/** What the filter makes of a text, or of as much of it as it has seen. */
public sealed interface Verdict {

  /** Nothing, and nothing said: what stands where no text was looked at. */
  Verdict SILENT = new Passed(List.of());

  /** It may go on. */
  record Passed(List<Annotation> annotations) implements Verdict {}

  /** It is withheld, or stops here. */
  record Blocked(List<Annotation> annotations) implements Verdict {}

  /** It may go on, since the filter is down. */
  record Unfiltered() implements Verdict {}

  /** It goes on before anybody has looked at it. */
  record Pending() implements Verdict {}
}
