package dev.spillway.emulator.controlplane;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spillway.control.ControlException;
import dev.spillway.control.ControlJson;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.control.ServiceError;
import dev.spillway.control.stub.StubSpec;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Reads the bodies that people send to the control API; what they leave out has its default. */
final class ControlBodies {

  private ControlBodies() {}

  /** A whole deployment; the name comes from the path. */
  static DeploymentSpec spec(Context ctx) throws IOException {
    DeploymentBody body = read(ctx, DeploymentBody.class);
    if (body.name() != null && !body.name().equals(ctx.pathParam("name"))) {
      throw ControlException.invalid(
          "the body names the deployment '"
              + body.name()
              + "', the path '"
              + ctx.pathParam("name")
              + "'");
    }
    return valid(() -> body.named(ctx.pathParam("name")));
  }

  static ErrorSwitch error(Context ctx) throws IOException {
    return valid(read(ctx, ErrorBody.class)::read);
  }

  /** An error switch as people write it: once when nothing is said. */
  private record ErrorBody(
      @Nullable String error,
      @Nullable Integer times,
      @JsonProperty("after-chunks") @JsonAlias("afterChunks") @Nullable Integer afterChunks) {

    ErrorSwitch read() {
      if (error == null) {
        throw new IllegalArgumentException("'error' is missing");
      }
      return new ErrorSwitch(ServiceError.of(error), times == null ? 1 : times, afterChunks);
    }
  }

  /** A deployment as people write it: only the model must be there. */
  private record DeploymentBody(
      @Nullable String name,
      @Nullable String model,
      @Nullable String version,
      @Nullable String sku,
      @Nullable Limit capacity,
      @Nullable Limit tpm,
      @Nullable Limit rpm,
      @JsonAlias("spilloverDeploymentName") @Nullable String spillover,
      @JsonAlias("raiPolicyName") @Nullable String contentFilter,
      @Nullable LatencySpec latency,
      @Nullable GeneratorSpec generator) {

    DeploymentSpec named(String pathName) {
      if (model == null) {
        throw new IllegalArgumentException("'model' is missing");
      }
      return new DeploymentSpec(
          pathName,
          model,
          version,
          sku == null ? DeploymentSpec.STANDARD : sku,
          capacity == null ? Limit.of(1) : capacity,
          tpm,
          rpm,
          spillover,
          contentFilter,
          latency,
          generator);
    }
  }

  /** A stub; where the path names it, the body need not. */
  static StubSpec stub(Context ctx) throws IOException {
    StubSpec body = read(ctx, StubSpec.class);
    String name = ctx.pathParamMap().get("name");
    if (name == null) {
      return body;
    }
    if (body.name() != null && !body.name().equals(name)) {
      throw ControlException.invalid(
          "the body names the stub '" + body.name() + "', the path '" + name + "'");
    }
    return valid(() -> body.named(name));
  }

  /** A principal as people write it; the id comes from the path. */
  static PrincipalSpec principal(Context ctx) throws IOException {
    PrincipalBody body = read(ctx, PrincipalBody.class);
    if (body.id() != null && !body.id().equals(ctx.pathParam("name"))) {
      throw ControlException.invalid(
          "the body names the principal '"
              + body.id()
              + "', the path '"
              + ctx.pathParam("name")
              + "'");
    }
    return new PrincipalSpec(
        ctx.pathParam("name"),
        body.oid(),
        Objects.requireNonNullElse(body.roles(), List.of()),
        Objects.requireNonNullElse(body.resources(), List.of()));
  }

  private record PrincipalBody(
      @Nullable String id,
      @Nullable String oid,
      @Nullable List<String> roles,
      @Nullable List<String> resources) {}

  /**
   * Reads a body.
   *
   * @throws ControlException when it is not such an object
   */
  static <T> T read(Context ctx, Class<T> type) throws IOException {
    byte[] body = ctx.req().getInputStream().readAllBytes();
    try {
      T value = ControlJson.mapper().readValue(body, type);
      if (value == null) {
        throw ControlException.invalid("the body cannot be used: it is not a JSON object");
      }
      return value;
    } catch (JacksonException e) {
      throw ControlException.invalid("the body cannot be used: " + problem(e));
    }
  }

  /** What cannot be is refused with its own words. */
  static <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static String problem(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "unknown key '%s'; expected one of %s"
              .formatted(unknown.getPropertyName(), sorted(unknown.getKnownPropertyIds()));
      case ValueInstantiationException refused when refused.getCause() != null ->
          String.valueOf(refused.getCause().getMessage());
      case DatabindException misfit when !misfit.getPath().isEmpty() ->
          "the value of '"
              + misfit.getPath().getLast().getPropertyName()
              + "' is of the wrong kind";
      default -> "it is not a JSON object";
    };
  }

  private static String sorted(Collection<Object> names) {
    return names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }
}
