package dev.spillway.emulator.identity;

/** Whether somebody is the client that they say. */
public sealed interface ClientCheck {

  /** They are. */
  record Known(Application application) implements ClientCheck {}

  /** There is no such client. */
  record NoSuchClient() implements ClientCheck {}

  /** The secret is another. */
  record WrongSecret() implements ClientCheck {}
}
