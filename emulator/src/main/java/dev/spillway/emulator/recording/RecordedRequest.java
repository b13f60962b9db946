package dev.spillway.emulator.recording;

import dev.spillway.wire.AzureRoute;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was asked.
 *
 * @param path asked of the resource, still escaped: without the resource's prefix
 * @param query its parameters, without the api-version
 */
public record RecordedRequest(
    String method,
    String path,
    @Nullable String apiVersion,
    SortedMap<String, String> query,
    RecordedBody body) {

  public RecordedRequest {
    query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
  }

  public RecordedRequest(
      String method, String path, @Nullable String apiVersion, RecordedBody body) {
    this(method, path, apiVersion, new TreeMap<>(Map.of()), body);
  }

  /** What the path asks for: {@code chat/completions}. */
  public String operation() {
    return AzureRoute.parse(path).map(AzureRoute::rest).orElse(path);
  }

  /** The deployment that the path names, or on v1 the body's {@code model}. */
  public Optional<String> deployment() {
    return switch (AzureRoute.parse(path).orElse(null)) {
      case AzureRoute.Dated dated -> Optional.of(dated.deployment());
      case AzureRoute.V1 v1 -> model();
      case AzureRoute.Resource resource -> model();
      case null -> Optional.empty();
    };
  }

  /** Whether the answer shall come piece by piece. */
  public boolean stream() {
    return body instanceof RecordedBody.Json json && json.value().path("stream").asBoolean(false);
  }

  private Optional<String> model() {
    return switch (body) {
      case RecordedBody.Json json -> json.value().path("model").stringValueOpt();
      case RecordedBody.Form form -> form.field("model");
      case RecordedBody.Empty empty -> Optional.empty();
      case RecordedBody.Text text -> Optional.empty();
      case RecordedBody.Binary binary -> Optional.empty();
    };
  }

  /** The member of a JSON body. */
  Optional<JsonNode> member(String name) {
    return body instanceof RecordedBody.Json json
        ? Optional.ofNullable(json.value().get(name))
        : Optional.empty();
  }

  RecordedRequest withBody(RecordedBody other) {
    return new RecordedRequest(method, path, apiVersion, query, other);
  }
}
