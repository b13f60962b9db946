package dev.spillway.emulator.controlplane;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.ClientVerdict;
import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.ControlJson;
import dev.spillway.control.ControlRoutes;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.RecordingsPatch;
import dev.spillway.control.ResourceControl;
import dev.spillway.control.stub.StubControl;
import dev.spillway.emulator.metrics.EmulatorMetrics;
import dev.spillway.emulator.metrics.EmulatorMetrics.Gauge;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.wire.ErrorEnvelope;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        guarded(ctx -> json(ctx, control.put(ControlBodies.principal(ctx)))));
    routes.delete(
        ControlRoutes.PRINCIPALS + "/{name}",
        guarded(ctx -> done(ctx, () -> control.deletePrincipal(name(ctx)))));

    addStubs(routes, control.stubs());
    addFaults(routes);

    routes.get(ControlRoutes.CLOCK, guarded(ctx -> json(ctx, control.clock())));
    routes.post(ControlRoutes.CLOCK + "/freeze", guarded(ctx -> json(ctx, control.freeze())));
    routes.post(
        ControlRoutes.CLOCK + "/advance",
        guarded(ctx -> json(ctx, control.advance(ControlArguments.by(ctx)))));
    routes.post(
        ControlRoutes.CLOCK + "/set",
        guarded(ctx -> json(ctx, control.setClock(ControlArguments.to(ctx)))));
    routes.post(
        ControlRoutes.CLOCK + "/scale",
        guarded(ctx -> json(ctx, control.scale(ControlArguments.speed(ctx)))));
    routes.post(ControlRoutes.CLOCK + "/resume", guarded(ctx -> json(ctx, control.resume())));

    routes.get(
        ControlRoutes.JOURNAL,
        guarded(ctx -> json(ctx, control.journal(ControlArguments.query(ctx)))));
    routes.get(ControlRoutes.VERDICT, guarded(ctx -> json(ctx, verdict(ctx))));
    routes.delete(ControlRoutes.JOURNAL, guarded(ctx -> done(ctx, control::clearJournal)));

    routes.get(ControlRoutes.RECORDINGS, guarded(ctx -> json(ctx, control.recordings())));
    routes.patch(
        ControlRoutes.RECORDINGS,
        guarded(ctx -> json(ctx, control.patch(ControlBodies.read(ctx, RecordingsPatch.class)))));

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
    routes.put(one, guarded(ctx -> json(ctx, of.apply(ctx).put(ControlBodies.spec(ctx)))));
    routes.patch(
        one,
        guarded(ctx ->
            json(
                ctx,
                of.apply(ctx).patch(name(ctx), ControlBodies.read(ctx, DeploymentPatch.class)))));
    routes.post(
        one + ControlRoutes.REDUCTION, guarded(ctx -> json(ctx, reduce(of.apply(ctx), ctx))));
    routes.delete(
        one + ControlRoutes.REDUCTION, guarded(ctx -> json(ctx, of.apply(ctx).restore(name(ctx)))));
    routes.delete(one, guarded(ctx -> done(ctx, () -> of.apply(ctx).delete(name(ctx)))));

    String errors = one + ControlRoutes.ERRORS;
    routes.get(errors, guarded(ctx -> json(ctx, of.apply(ctx).errors(name(ctx)))));
    routes.post(
        errors, guarded(ctx -> json(ctx, of.apply(ctx).fail(name(ctx), ControlBodies.error(ctx)))));
  }

  private void addStubs(RoutesConfig routes, StubControl stubs) {
    String one = ControlRoutes.STUBS + "/{name}";
    routes.get(ControlRoutes.STUBS, guarded(ctx -> json(ctx, stubs.all())));
    routes.post(ControlRoutes.STUBS, guarded(ctx -> json(ctx, stubs.put(ControlBodies.stub(ctx)))));
    routes.delete(ControlRoutes.STUBS, guarded(ctx -> done(ctx, stubs::clear)));
    routes.post(ControlRoutes.STUBS + "/reset", guarded(ctx -> done(ctx, stubs::resetCounts)));
    routes.get(one, guarded(ctx -> json(ctx, stubs.find(name(ctx)))));
    routes.put(one, guarded(ctx -> json(ctx, stubs.put(ControlBodies.stub(ctx)))));
    routes.delete(one, guarded(ctx -> done(ctx, () -> stubs.delete(name(ctx)))));
    routes.get(ControlRoutes.UNMATCHED, guarded(ctx -> json(ctx, stubs.unmatched())));
    routes.delete(ControlRoutes.UNMATCHED, guarded(ctx -> done(ctx, stubs::clearUnmatched)));
  }

  private void addFaults(RoutesConfig routes) {
    routes.get(ControlRoutes.FAULTS, guarded(ctx -> json(ctx, control.faults())));
    routes.post(
        ControlRoutes.FAULTS,
        guarded(ctx -> json(ctx, control.inject(ControlBodies.read(ctx, FaultSpec.class)))));
    routes.delete(ControlRoutes.FAULTS, guarded(ctx -> done(ctx, control::clearFaults)));
    routes.delete(
        ControlRoutes.FAULTS + "/{name}",
        guarded(ctx -> done(ctx, () -> control.deleteFault(name(ctx)))));
    routes.get(ControlRoutes.PRESETS, guarded(ctx -> json(ctx, control.presets())));
  }

  private void addAccess(RoutesConfig routes, String path, Function<Context, ResourceControl> of) {
    routes.get(path, guarded(ctx -> json(ctx, of.apply(ctx).access())));
    routes.patch(
        path,
        guarded(ctx -> json(ctx, of.apply(ctx).patch(ControlBodies.read(ctx, AccessPatch.class)))));
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

  private static DeploymentStatus reduce(ResourceControl resource, Context ctx) throws IOException {
    ReductionBody body = ControlBodies.read(ctx, ReductionBody.class);
    return resource.reduce(name(ctx), body.wholePercent(), body.lasting());
  }

  private ClientVerdict verdict(Context ctx) {
    return control.verdict(
        ControlArguments.query(ctx),
        ControlBodies.valid(() -> RulesQuery.read(ctx.queryParamMap())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
