package dev.spillway.router.backend;

import dev.spillway.router.auth.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of one resource.
 *
 * @param url where its resource answers, without a slash at the end
 * @param deployment its name there
 * @param apiVersion sent instead of the caller's; null keeps the caller's
 * @param apiKey sent instead of the caller's; null for a resource that asks for none
 * @param quotaGroup backends of one group rest together; its own name when it shares with nobody
 */
public record Backend(
    String name,
    URI url,
    String deployment,
    @Nullable String apiVersion,
    @Nullable Secret apiKey,
    String quotaGroup) {

  /** The same in another quota group. */
  public Backend in(String group) {
    return new Backend(name, url, deployment, apiVersion, apiKey, group);
  }
}
