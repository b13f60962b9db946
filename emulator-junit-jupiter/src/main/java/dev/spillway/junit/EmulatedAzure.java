package dev.spillway.junit;

import dev.spillway.control.EmulatorControl;
import java.net.URI;

/** The emulator of a test: where it is reached, with which key, and how it is steered. */
public interface EmulatedAzure {

  EmulatorControl control();

  /** The endpoint of the first resource, to which a client adds {@code /openai/…}. */
  URI endpoint();

  /** The endpoint of a resource. */
  URI endpoint(String resource);

  /** A key of the first resource. */
  String key();

  /** A key of a resource. */
  String key(String resource);

  /** The base of OpenAI's own API: the first resource's endpoint with {@code /openai/v1}. */
  default URI v1() {
    return URI.create(endpoint() + "/openai/v1");
  }
}
