package dev.spillway.emulator.dataplane;

/** Whether a request may come in. */
sealed interface Knock {

  /**
   * It may.
   *
   * @param caller the name of the key it came with
   */
  record Admitted(String caller) implements Knock {}

  /** Its key is none of the resource's, or there is none. */
  record Unauthorized() implements Knock {}

  /** It names a resource that does not exist. */
  record NoResource() implements Knock {}
}
