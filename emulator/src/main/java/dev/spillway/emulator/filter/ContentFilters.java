package dev.spillway.emulator.filter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content filters by name: those that are configured, and those that are always there. */
public final class ContentFilters {

  private final TreeMap<String, ContentFilter> byName = new TreeMap<>();

  /**
   * @param configured by name; one with the name of a built-in policy takes its place
   */
  public ContentFilters(Map<String, FilterPolicy> configured) {
    FilterPolicy.BUILT_IN.forEach((name, policy) -> byName.put(name, new ContentFilter(policy)));
    configured.forEach((name, policy) -> byName.put(name, new ContentFilter(policy)));
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * The filter of a call.
   *
   * @param ofDeployment the one its deployment names; null for the default
   * @param ofCaller the one the caller asks for instead; null for none. How streams are filtered
   *     remains the deployment's business
   * @return empty when there is none of that name
   */
  public Optional<ContentFilter> find(@Nullable String ofDeployment, @Nullable String ofCaller) {
    Optional<ContentFilter> deployed =
        Optional.ofNullable(
            byName.get(ofDeployment == null ? FilterPolicy.DEFAULT_NAME : ofDeployment));
    return ofCaller == null
        ? deployed
        : deployed.flatMap(filter ->
            Optional.ofNullable(byName.get(ofCaller)).map(asked -> asked.streamingAs(filter)));
  }
}
