package dev.spillway.emulator.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says.
 *
 * @param oid the object id of its principal
 * @param clientId the application, as {@code appid} or {@code azp}
 */
public record Claims(
    @Nullable String issuer,
    List<String> audiences,
    @Nullable Instant expires,
    @Nullable String oid,
    @Nullable String clientId,
    @Nullable String subject) {

  private static final int MOST_SHOWN = 64;

  public Claims {
    audiences = List.copyOf(audiences);
  }

  /** Who that is, for people: the client id, or else the object id, or else the subject. */
  public String shown() {
    String name = clientId != null ? clientId : oid != null ? oid : subject;
    if (name == null || name.isBlank()) {
      return "token";
    }
    return name.length() <= MOST_SHOWN ? name : name.substring(0, MOST_SHOWN);
  }

  /** The object id as an error names it. */
  public String principal() {
    return oid != null ? oid : shown();
  }
}
