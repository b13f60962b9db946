package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to change of an {@link AccessStatus}; what is null stays. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessPatch(
    @Nullable Boolean localAuth, @Nullable List<String> firewall, @Nullable Boolean blocked) {

  public static AccessPatch localAuth(boolean taken) {
    return new AccessPatch(taken, null, null);
  }

  /** Addresses and ranges such as {@code 203.0.113.7} or {@code 10.0.0.0/8}. */
  public static AccessPatch firewall(String... allowed) {
    return new AccessPatch(null, List.of(allowed), null);
  }

  public static AccessPatch blocked(boolean nobody) {
    return new AccessPatch(null, null, nobody);
  }
}
