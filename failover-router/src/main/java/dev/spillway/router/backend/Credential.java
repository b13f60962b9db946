package dev.spillway.router.backend;

import dev.spillway.router.auth.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the router shows a backend instead of what its caller showed the router. */
public sealed interface Credential {

  /** Nothing. */
  record None() implements Credential {}

  /** The resource's key. */
  record ApiKey(Secret key) implements Credential {}

  /**
   * A token of Entra's.
   *
   * @param kind how it is got
   * @param scope what it is for
   */
  record Token(Kind kind, String scope) implements Credential {}

  /**
   * How a token is got.
   *
   * <p>An {@code authority} is the Entra that is asked; null for Microsoft's, or for what {@code
   * AZURE_AUTHORITY_HOST} says.
   */
  sealed interface Kind {

    /**
     * The identity that Azure has given to the machine.
     *
     * @param clientId of a user-assigned one; null for the system-assigned one
     */
    record ManagedIdentity(@Nullable String clientId) implements Kind {
      @Override
      public String toString() {
        return named("managed-identity", clientId);
      }
    }

    /** An application with a secret. */
    record ClientSecret(String tenant, String clientId, Secret secret, @Nullable URI authority)
        implements Kind {
      @Override
      public String toString() {
        return named("client-secret", clientId);
      }
    }

    /** A pod of Kubernetes with a token of its cluster; what is null, the environment tells. */
    record WorkloadIdentity(
        @Nullable String tenant, @Nullable String clientId, @Nullable URI authority)
        implements Kind {
      @Override
      public String toString() {
        return named("workload-identity", clientId);
      }
    }

    /** The first of those, and of the developer's own sign-ins, that is there. */
    record Default(@Nullable String clientId, @Nullable URI authority) implements Kind {
      @Override
      public String toString() {
        return named("default credential", clientId);
      }
    }
  }

  private static String named(String kind, @Nullable String clientId) {
    return clientId == null ? kind : kind + " " + clientId;
  }

  Credential NONE = new None();
}
