package dev.spillway.simulation.invariant;

/** The event with which a router says that a stream has broken off. */
final class Cuts {

  private static final String NOTICE = "data: {\"error\":{";
  private static final String GAP = "\n\n";
  private static final String CODE = "stream_interrupted";

  private Cuts() {}

  static boolean hasNotice(String received) {
    return received.contains(CODE);
  }

  /**
   * Whether what was received is the beginning of an answer, perhaps with the notice after it, and
   * with the end of a line in between.
   */
  static boolean isBeginning(String received, String answer) {
    if (!hasNotice(received)) {
      return answer.startsWith(received);
    }
    String before = received.substring(0, received.lastIndexOf(NOTICE));
    return answer.startsWith(before)
        || (before.endsWith(GAP)
            && answer.startsWith(before.substring(0, before.length() - GAP.length())));
  }
}
