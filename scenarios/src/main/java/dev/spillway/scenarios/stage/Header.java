package dev.spillway.scenarios.stage;

import java.util.List;
import java.util.Optional;

/** One line of a message's head, as it was written. */
public record Header(String name, String value) {

  /** The value of the first one of that name, in whatever case. */
  public static Optional<String> first(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
