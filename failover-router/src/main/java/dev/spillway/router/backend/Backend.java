package dev.spillway.router.backend;

import dev.spillway.router.auth.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One model at one place: a deployment of an Azure resource, or what another endpoint calls so.
 *
 * @param url where it answers, without a slash at the end
 * @param api how it is spoken to
 * @param credential shown instead of the caller's
 * @param headers sent instead of the caller's of the same names
 * @param quotaGroup backends of one group rest together; its own name when it shares with nobody
 * @param limits what it is known to take; the same for all of one group
 * @param contextWindow how many tokens a prompt and its answer may have together; null where nobody
 *     says
 */
public record Backend(
    String name,
    URI url,
    Api api,
    Credential credential,
    Map<String, Secret> headers,
    String quotaGroup,
    DeploymentLimits limits,
    @Nullable Long contextWindow) {

  /** One of whose context window nobody says anything. */
  public Backend(
      String name,
      URI url,
      Api api,
      Credential credential,
      Map<String, Secret> headers,
      String quotaGroup,
      DeploymentLimits limits) {
    this(name, url, api, credential, headers, quotaGroup, limits, null);
  }

  /** One whose limits are to be learned. */
  public Backend(
      String name,
      URI url,
      Api api,
      Credential credential,
      Map<String, Secret> headers,
      String quotaGroup) {
    this(name, url, api, credential, headers, quotaGroup, DeploymentLimits.UNKNOWN);
  }

  /** The same in another quota group. */
  public Backend in(String group) {
    return new Backend(name, url, api, credential, headers, group, limits, contextWindow);
  }

  /** The same with other limits. */
  public Backend with(DeploymentLimits others) {
    return new Backend(name, url, api, credential, headers, quotaGroup, others, contextWindow);
  }

  /** What the model is called there. */
  public String model() {
    return api.model();
  }
}
