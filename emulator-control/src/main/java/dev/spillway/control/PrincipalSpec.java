package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom Entra knows, and what they may do.
 *
 * @param id the client id of an application or identity, an object id, or {@code system-assigned}
 * @param oid the object id that its tokens hold; null for one that follows from its id
 * @param roles by Azure's names, such as {@code Cognitive Services OpenAI User}
 * @param resources where these roles are assigned; empty for everywhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrincipalSpec(
    String id, @Nullable String oid, List<String> roles, List<String> resources) {

  public PrincipalSpec {
    roles = List.copyOf(roles);
    resources = List.copyOf(resources);
  }

  /** One with this role on every resource. */
  public static PrincipalSpec of(String id, String... roles) {
    return new PrincipalSpec(id, null, List.of(roles), List.of());
  }
}
