package dev.spillway.router.upstream;

import java.io.InputStream;

/** The body of an answer. */
public sealed interface AnswerBody {

  /** All of it is here. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Whole(byte[] bytes) implements AnswerBody {}

  /**
   * It still arrives. A read returns what has come; one that fails says that the backend broke off.
   * Closing before the end tells the backend to stop.
   */
  record Arriving(InputStream stream) implements AnswerBody {}
}
