package dev.spillway.emulator.controlplane;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spillway.control.AccessPatch;
import dev.spillway.control.ClientVerdict;
import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.ControlJson;
import dev.spillway.control.ControlRoutes;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.control.ResourceControl;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.metrics.EmulatorMetrics;
import dev.spillway.emulator.metrics.EmulatorMetrics.Gauge;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.yaml.Durations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** The control API over HTTP: parses, calls {@link EmulatorControl}, renders. */
public final class ControlApi {

  /** Who may use the control API. */
  public sealed interface Access {
    /** Anybody who reaches it, because it is on loopback only. */
    record Open() implements Access {}

    /** Whoever brings the admin key. */
    record WithKey(String key) implements Access {}

    /** Nobody, because it can be reached from elsewhere and no admin key was set. */
    record Closed() implements Access {}
  }

  private final EmulatorControl control;
  private final EmulatorMetrics metrics;
  private final Access access;

  public ControlApi(EmulatorControl control, EmulatorMetrics metrics, Access access) {
    this.control = control;
    this.metrics = metrics;
    this.access = access;
  }

  public void addTo(RoutesConfig routes) {
    routes.get(ControlRoutes.HEALTH, ctx -> json(ctx, control.health()));
    routes.get("/metrics", this::metrics);

    routes.get(ControlRoutes.RESOURCES, guarded(ctx -> json(ctx, control.resources())));
    addDeployments(routes, ControlRoutes.DEPLOYMENTS, ctx -> control);
    addDeployments(
        routes,
        ControlRoutes.RESOURCES + "/{resource}/deployments",
        ctx -> control.resource(ctx.pathParam("resource")));

    addAccess(routes, ControlRoutes.ACCESS, ctx -> control);
    addAccess(
        routes,
        ControlRoutes.RESOURCES + "/{resource}/access",
        ctx -> control.resource(ctx.pathParam("resource")));

    routes.get(ControlRoutes.PRINCIPALS, guarded(ctx -> json(ctx, control.principals())));
    routes.put(
        ControlRoutes.PRINCIPALS + "/{name}",
        guarded(ctx -> json(ctx, control.put(principal(ctx)))));
    routes.delete(
        ControlRoutes.PRINCIPALS + "/{name}",
        guarded(ctx -> done(ctx, () -> control.deletePrincipal(name(ctx)))));

    routes.get(ControlRoutes.CLOCK, guarded(ctx -> json(ctx, control.clock())));
    routes.post(ControlRoutes.CLOCK + "/freeze", guarded(ctx -> json(ctx, control.freeze())));
    routes.post(
        ControlRoutes.CLOCK + "/advance", guarded(ctx -> json(ctx, control.advance(by(ctx)))));
    routes.post(ControlRoutes.CLOCK + "/set", guarded(ctx -> json(ctx, control.setClock(to(ctx)))));
    routes.post(
        ControlRoutes.CLOCK + "/scale", guarded(ctx -> json(ctx, control.scale(speed(ctx)))));
    routes.post(ControlRoutes.CLOCK + "/resume", guarded(ctx -> json(ctx, control.resume())));

    routes.get(ControlRoutes.JOURNAL, guarded(ctx -> json(ctx, control.journal(query(ctx)))));
    routes.get(ControlRoutes.VERDICT, guarded(ctx -> json(ctx, verdict(ctx))));
    routes.delete(ControlRoutes.JOURNAL, guarded(ctx -> done(ctx, control::clearJournal)));
    routes.post(ControlRoutes.RESET, guarded(ctx -> done(ctx, control::reset)));

    for (HandlerType method : HandlerType.commonHttp()) {
      routes.addHttpHandler(method, ControlRoutes.PREFIX, guarded(ControlApi::noSuchRoute));
      routes.addHttpHandler(method, ControlRoutes.PREFIX + "/*", guarded(ControlApi::noSuchRoute));
    }
    routes.exception(ControlException.class, ControlApi::refuse);
    routes.exception(
        LimitStoreException.class,
        (gone, ctx) ->
            refuse(
                new ControlException(Reason.UNAVAILABLE, String.valueOf(gone.getMessage())), ctx));
  }

  private void addDeployments(
      RoutesConfig routes, String all, Function<Context, ResourceControl> of) {
    String one = all + "/{name}";
    routes.get(all, guarded(ctx -> json(ctx, of.apply(ctx).deployments())));
    routes.get(one, guarded(ctx -> json(ctx, of.apply(ctx).deployment(name(ctx)))));
    routes.put(one, guarded(ctx -> json(ctx, of.apply(ctx).put(spec(ctx)))));
    routes.patch(one, guarded(ctx -> json(ctx, of.apply(ctx).patch(name(ctx), patch(ctx)))));
    routes.post(
        one + ControlRoutes.REDUCTION, guarded(ctx -> json(ctx, reduce(of.apply(ctx), ctx))));
    routes.delete(
        one + ControlRoutes.REDUCTION, guarded(ctx -> json(ctx, of.apply(ctx).restore(name(ctx)))));
    routes.delete(one, guarded(ctx -> done(ctx, () -> of.apply(ctx).delete(name(ctx)))));

    String errors = one + ControlRoutes.ERRORS;
    routes.get(errors, guarded(ctx -> json(ctx, of.apply(ctx).errors(name(ctx)))));
    routes.post(errors, guarded(ctx -> json(ctx, of.apply(ctx).fail(name(ctx), error(ctx)))));
  }

  private void addAccess(RoutesConfig routes, String path, Function<Context, ResourceControl> of) {
    routes.get(path, guarded(ctx -> json(ctx, of.apply(ctx).access())));
    routes.patch(
        path, guarded(ctx -> json(ctx, of.apply(ctx).patch(read(ctx, AccessPatch.class)))));
  }

  private Handler guarded(Handler handler) {
    return ctx -> {
      switch (access) {
        case Access.Open open -> {}
        case Access.WithKey withKey -> checkKey(withKey.key(), ctx.header(ControlRoutes.ADMIN_KEY));
        case Access.Closed closed ->
            throw new ControlException(
                Reason.UNAUTHORIZED,
                "the control API is closed, because the emulator listens on more than loopback"
                    + " and has no admin-key");
      }
      handler.handle(ctx);
    };
  }

  private static void checkKey(String key, @Nullable String given) {
    if (given == null || !MessageDigest.isEqual(utf8(key), utf8(given))) {
      throw new ControlException(
          Reason.UNAUTHORIZED,
          "the control API needs the admin key in the header " + ControlRoutes.ADMIN_KEY);
    }
  }

  private static void noSuchRoute(Context ctx) {
    throw new ControlException(
        Reason.NOT_FOUND, "the control API has no " + ctx.req().getMethod() + " " + ctx.path());
  }

  private static void refuse(ControlException refusal, Context ctx) {
    ErrorEnvelope error =
        new ErrorEnvelope(refusal.reason().code(), String.valueOf(refusal.getMessage()));
    ctx.status(refusal.reason().status())
        .contentType("application/json")
        .result(error.toCompactJson() + "\n");
  }

  private void metrics(Context ctx) {
    Levels levels = Levels.of(control.resources());
    metrics.show(Gauge.LIMIT, levels.limits());
    metrics.show(Gauge.REMAINING, levels.remaining());
    metrics.show(Gauge.UTILIZATION, levels.utilization());
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  private static void json(Context ctx, Object value) {
    String json = ControlJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    ctx.contentType("application/json").result(json + "\n");
  }

  private static void done(Context ctx, Runnable change) {
    change.run();
    ctx.status(204);
  }

  private static String name(Context ctx) {
    return ctx.pathParam("name");
  }

  /** A whole deployment; the name comes from the path. */
  private static DeploymentSpec spec(Context ctx) throws IOException {
    DeploymentBody body = read(ctx, DeploymentBody.class);
    if (body.name() != null && !body.name().equals(name(ctx))) {
      throw ControlException.invalid(
          "the body names the deployment '" + body.name() + "', the path '" + name(ctx) + "'");
    }
    return valid(() -> body.named(name(ctx)));
  }

  private static DeploymentPatch patch(Context ctx) throws IOException {
    return read(ctx, DeploymentPatch.class);
  }

  private static ErrorSwitch error(Context ctx) throws IOException {
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

  private static DeploymentStatus reduce(ResourceControl resource, Context ctx) throws IOException {
    ReductionBody body = read(ctx, ReductionBody.class);
    return resource.reduce(name(ctx), body.wholePercent(), body.lasting());
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
      @JsonAlias("raiPolicyName") @Nullable String contentFilter) {

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
          contentFilter);
    }
  }

  /** A principal as people write it; the id comes from the path. */
  private static PrincipalSpec principal(Context ctx) throws IOException {
    PrincipalBody body = read(ctx, PrincipalBody.class);
    if (body.id() != null && !body.id().equals(name(ctx))) {
      throw ControlException.invalid(
          "the body names the principal '" + body.id() + "', the path '" + name(ctx) + "'");
    }
    return new PrincipalSpec(
        name(ctx),
        body.oid(),
        Objects.requireNonNullElse(body.roles(), List.of()),
        Objects.requireNonNullElse(body.resources(), List.of()));
  }

  private record PrincipalBody(
      @Nullable String id,
      @Nullable String oid,
      @Nullable List<String> roles,
      @Nullable List<String> resources) {}

  private static Instant to(Context ctx) throws IOException {
    return moment("to", argument(ctx, "to"));
  }

  private static @Nullable Instant moment(Context ctx, String parameter) {
    String text = ctx.queryParam(parameter);
    return text == null ? null : moment(parameter, text);
  }

  private static Instant moment(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ControlException.invalid(
          "'" + parameter + "' must be a moment such as 2026-01-31T12:00:00Z, not '" + text + "'");
    }
  }

  private static double speed(Context ctx) throws IOException {
    String speed = argument(ctx, "speed");
    try {
      return Double.parseDouble(speed);
    } catch (NumberFormatException e) {
      throw ControlException.invalid("'speed' must be a number such as 60, not '" + speed + "'");
    }
  }

  /** An argument of the query, or else of the body. */
  private static String argument(Context ctx, String name) throws IOException {
    String asked = ctx.queryParam(name);
    return asked != null ? asked : read(ctx, JsonNode.class).path(name).asString("");
  }

  private static Duration by(Context ctx) throws IOException {
    String by = argument(ctx, "by");
    try {
      return Durations.parse(by);
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(
          "'by' must be a duration such as 250ms, 10s or 2m, not '" + by + "'");
    }
  }

  private ClientVerdict verdict(Context ctx) {
    return control.verdict(query(ctx), valid(() -> RulesQuery.read(ctx.queryParamMap())));
  }

  private static JournalQuery query(Context ctx) {
    return new JournalQuery(
        ctx.queryParam("resource"),
        ctx.queryParam("deployment"),
        ctx.queryParam("caller"),
        number(ctx, "status"),
        ctx.queryParam("reason"),
        ctx.queryParam("body"),
        moment(ctx, "since"),
        moment(ctx, "until"),
        number(ctx, "limit"));
  }

  private static @Nullable Integer number(Context ctx, String parameter) {
    String text = ctx.queryParam(parameter);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw ControlException.invalid(
          "'" + parameter + "' must be a whole number, not '" + text + "'");
    }
  }

  private static <T> T read(Context ctx, Class<T> type) throws IOException {
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

  private static <T> T valid(Supplier<T> value) {
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

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
