package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.identity.Claims;
import dev.spillway.emulator.identity.DataAction;
import org.jspecify.annotations.Nullable;

/** Whether a request may come in. */
sealed interface Knock {

  /** Who knocks, where that is known: the name of a key, or a principal. */
  default @Nullable String caller() {
    return null;
  }

  /**
   * It may.
   *
   * @param caller the name of the key it came with, or the principal of its token
   */
  record Admitted(String caller) implements Knock {}

  /** It may not. */
  sealed interface Refused extends Knock {
    /** For the journal: a few words. */
    String reason();
  }

  /** Its key is none of the resource's, or there is none. */
  record Unauthorized() implements Refused {
    @Override
    public String reason() {
      return "unauthorized";
    }
  }

  /**
   * Its token is no good.
   *
   * @param audience what a token must be for
   */
  record BadToken(String reason, String audience) implements Refused {}

  /**
   * Its token is good, but none of its principal's roles allows this.
   *
   * @param operation as the service calls it: {@code POST /openai/v1/responses}
   */
  record LacksRole(Claims claims, DataAction action, String operation) implements Refused {
    @Override
    public String caller() {
      return claims.shown();
    }

    @Override
    public String reason() {
      return "no role";
    }
  }

  /** Its principal got the role a moment ago. */
  record RolePropagating(Claims claims) implements Refused {
    @Override
    public String caller() {
      return claims.shown();
    }

    @Override
    public String reason() {
      return "role propagating";
    }
  }

  /** It came with a key, which the resource does not take. */
  record KeysDisabled() implements Refused {
    @Override
    public String reason() {
      return "keys disabled";
    }
  }

  /** It comes from an address that may not call. */
  record Firewalled() implements Refused {
    @Override
    public String reason() {
      return "firewall";
    }
  }

  /** The resource is blocked for everybody. */
  record Blocked(String caller) implements Refused {
    @Override
    public String reason() {
      return "blocked";
    }
  }

  /** It names a resource that does not exist. */
  record NoResource() implements Refused {
    @Override
    public String reason() {
      return "no such resource";
    }
  }
}
