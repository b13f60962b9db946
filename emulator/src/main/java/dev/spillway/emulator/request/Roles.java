package dev.spillway.emulator.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which roles a message may have, and how the engines of the time refused another. */
public enum Roles {
  /** In the words of a JSON schema validator. */
  UNTIL_2023(List.of("system", "assistant", "user", "function")) {
    @Override
    InvalidRequest refusal(String role, int message) {
      return notOneOf(role, message);
    }
  },
  /** The same words; tools have a role of their own. */
  IN_2024(List.of("system", "assistant", "user", "function", "tool")) {
    @Override
    InvalidRequest refusal(String role, int message) {
      return notOneOf(role, message);
    }
  },
  /** With a code and the member's place; {@code developer} is new. */
  SINCE_2025(List.of("system", "assistant", "user", "function", "tool", "developer")) {
    @Override
    InvalidRequest refusal(String role, int message) {
      String all = quoted();
      int last = all.lastIndexOf(", ") + 2;
      return new InvalidRequest(
          "Invalid value: '%s'. Supported values are: %sand %s."
              .formatted(role, all.substring(0, last), all.substring(last)),
          "messages[" + message + "].role",
          "invalid_value");
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<String> known;

  Roles(List<String> known) {
    this.known = known;
  }

  /** What is wrong with the role of the message at that place, if anything is. */
  Optional<InvalidRequest> check(String role, int message) {
    return known.contains(role)
        ? Optional.empty()
        : Optional.of(refusal(Members.cut(role), message));
  }

  abstract InvalidRequest refusal(String role, int message);

  InvalidRequest notOneOf(String role, int message) {
    return InvalidRequest.because(
        "'%s' is not one of [%s] - 'messages.%d.role'".formatted(role, quoted(), message));
  }

  String quoted() {
    return known.stream().map(role -> "'" + role + "'").collect(Collectors.joining(", "));
  }
}
