package dev.spillway.emulator.recording;

import java.util.function.Supplier;

/** Whether a request was recorded. */
public sealed interface Lookup {

  /**
   * It was.
   *
   * @param next plays the next of its answers
   */
  record Found(Supplier<Recording> next) implements Lookup {}

  /** It was, but its answer came of the other kind: whole for a stream, or a stream. */
  record OtherKind(String name, boolean recordedAsStream) implements Lookup {

    public String sentence() {
      return recordedAsStream
          ? "The recording %s is a stream, and the request asks for a whole answer.".formatted(name)
          : "The recording %s is a whole answer, and the request asks for a stream."
              .formatted(name);
    }
  }

  /**
   * Nothing like it.
   *
   * @param sentence names the nearest recording and in what it differs first
   */
  record Missing(String sentence) implements Lookup {}
}
