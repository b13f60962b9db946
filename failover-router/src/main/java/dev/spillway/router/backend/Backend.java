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
 * @param apiKey sent instead of the caller's; null where none is asked for
 * @param headers sent instead of the caller's of the same names
 * @param quotaGroup backends of one group rest together; its own name when it shares with nobody
 */
public record Backend(
    String name,
    URI url,
    Api api,
    @Nullable Secret apiKey,
    Map<String, Secret> headers,
    String quotaGroup) {

  /** The same in another quota group. */
  public Backend in(String group) {
    return new Backend(name, url, api, apiKey, headers, group);
  }

  /** What the model is called there. */
  public String model() {
    return api.model();
  }
}
