package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.model.Capability;
import dev.spillway.emulator.model.Lifecycle;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.AzureRoute;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET models} and {@code GET models/{id}}: the models that can be deployed in the region,
 * which are not the deployments there are.
 */
final class ModelList implements ResourceOperation {

  private static final String ALL = "models";
  private static final String ONE = ALL + "/";

  private final WireProfile wire;
  private final ApiVersions apiVersions;
  private final ModelCatalog catalog;
  private final Replies replies;

  ModelList(WireProfile wire, ApiVersions apiVersions, ModelCatalog catalog, Replies replies) {
    this.wire = wire;
    this.apiVersions = apiVersions;
    this.catalog = catalog;
    this.replies = replies;
  }

  @Override
  public boolean takes(String method, AzureRoute route) {
    boolean asked = route.rest().equals(ALL) || route.rest().startsWith(ONE);
    return switch (route) {
      case AzureRoute.Resource resource -> asked && method.equals("GET");
      case AzureRoute.V1 v1 -> asked && method.equals("GET");
      case AzureRoute.Dated dated -> false;
    };
  }

  @Override
  public void answer(Arrival arrival, AzureRoute route) throws IOException {
    Optional<ApiVersion> version = ApiVersion.parse(arrival.origin().apiVersion());
    boolean named = arrival.origin().apiVersion() != null;
    boolean onV1 = route instanceof AzureRoute.V1;
    if (onV1 && version.filter(ApiVersion::isDated).isPresent()) {
      replies.badRequest(arrival, "API version not supported");
    } else if (onV1 ? named && version.isEmpty() : !isServed(version)) {
      replies.notFound(arrival);
    } else {
      list(arrival, route.rest(), onV1);
    }
  }

  private boolean isServed(Optional<ApiVersion> version) {
    return version.filter(ApiVersion::isDated).filter(apiVersions::know).isPresent();
  }

  private void list(Arrival arrival, String rest, boolean onV1) throws IOException {
    if (rest.equals(ALL)) {
      send(arrival, all(onV1));
      return;
    }
    Optional<ModelProfile> model = id(rest.substring(ONE.length())).flatMap(catalog::listed);
    if (model.isPresent()) {
      send(arrival, ChatJson.object(json -> members(json, model.get(), onV1)));
    } else {
      replies.notFound(arrival);
    }
  }

  private static Optional<String> id(String escaped) {
    try {
      return Optional.of(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void send(Arrival arrival, byte[] body) throws IOException {
    replies.answer(arrival, Reply.json(200, wire.gateway(arrival.exchange()), body));
  }

  private byte[] all(boolean onV1) {
    return ChatJson.object(json -> {
      json.writeArrayPropertyStart("data");
      for (ModelProfile model : catalog.all()) {
        json.writeStartObject();
        members(json, model, onV1);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringProperty("object", "list");
    });
  }

  /** On v1 with the two members that OpenAI's own clients need. */
  private static void members(JsonGenerator json, ModelProfile model, boolean onV1) {
    Lifecycle lifecycle = model.lifecycle();
    json.writeStringProperty("id", model.id());
    json.writeStringProperty("object", "model");
    if (onV1) {
      json.writeNumberProperty("created", epoch(lifecycle.released()));
      json.writeStringProperty("owned_by", "system");
    }
    json.writeStringProperty("status", "succeeded");
    json.writeStringProperty("lifecycle_status", status(lifecycle.status()));
    json.writeNumberProperty("created_at", epoch(lifecycle.released()));
    json.writeNumberProperty("updated_at", epoch(lifecycle.released()));
    json.writeObjectPropertyStart("deprecation");
    json.writeNumberProperty("inference", epoch(lifecycle.retires()));
    json.writeEndObject();
    json.writeObjectPropertyStart("capabilities");
    json.writeBooleanProperty("fine_tune", false);
    json.writeBooleanProperty("inference", true);
    json.writeBooleanProperty("completion", model.has(Capability.COMPLETION));
    json.writeBooleanProperty("chat_completion", model.has(Capability.CHAT));
    json.writeBooleanProperty("embeddings", model.has(Capability.EMBEDDINGS));
    json.writeEndObject();
  }

  private static String status(Lifecycle.Status status) {
    return switch (status) {
      case PREVIEW -> "preview";
      case GENERALLY_AVAILABLE -> "generally-available";
      case DEPRECATED -> "deprecated";
    };
  }

  private static long epoch(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
