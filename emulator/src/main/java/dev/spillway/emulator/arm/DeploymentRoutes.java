package dev.spillway.emulator.arm;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.ResourceControl;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Makes, changes, shows and removes deployments of an account, all by {@link ResourceControl}.
 *
 * <p>The resource manager's changes come one after the other, so that a deployment and what is
 * remembered of it agree.
 */
final class DeploymentRoutes {

  private final Directory directory;
  private final EmulatorControl control;
  private final Deployments deployments;
  private final Ledger ledger;
  private final ReentrantLock changes = new ReentrantLock();

  DeploymentRoutes(
      Directory directory, EmulatorControl control, Deployments deployments, Ledger ledger) {
    this.directory = directory;
    this.control = control;
    this.deployments = deployments;
    this.ledger = ledger;
  }

  List<ArmRoute> routes(String accounts) {
    String all = accounts + "/{account}/deployments";
    String one = all + "/{deployment}";
    return List.of(
        ArmRoute.of("GET", all, this::list),
        ArmRoute.of("GET", one, this::get),
        ArmRoute.of("PUT", one, request -> changing(() -> put(request))),
        ArmRoute.of("PATCH", one, request -> changing(() -> patch(request))),
        ArmRoute.of("DELETE", one, request -> changing(() -> delete(request))));
  }

  private ArmAnswer list(ArmRequest request) {
    Resource account = directory.account(request);
    return ArmAnswer.list(
        deployments.of(account.name()).stream().map(one -> view(account, one)).toList());
  }

  private ArmAnswer get(ArmRequest request) {
    Resource account = directory.account(request);
    return ArmAnswer.ok(view(account, existing(account, request)));
  }

  private ArmAnswer put(ArmRequest request) {
    Resource account = directory.account(request);
    Optional<Deployment> old = find(account, request);
    String name = old.map(Deployment::name).orElseGet(() -> request.param("deployment"));
    DeploymentBody body = DeploymentBody.whole(request.body(), name);
    DeploymentStatus made = steering(account).put(kept(old, body.spec(name)));
    DeploymentId id = new DeploymentId(account.name(), made.name());
    if (old.isPresent()) {
      ledger.changed(id, options -> asked(body, options, ledger.now()));
    } else {
      ledger.made(id, options -> asked(body, options, options.created()));
    }
    Deployment deployment = existing(account, request);
    return new ArmAnswer(old.isPresent() ? 200 : 201, view(account, deployment));
  }

  /** Azure knows nothing of the latency that a deployment was given, nor of what it says. */
  private static DeploymentSpec kept(Optional<Deployment> old, DeploymentSpec asked) {
    return asked
        .withLatency(old.map(one -> one.spec().latency()).orElse(null))
        .withGenerator(old.map(one -> one.spec().generator()).orElse(null));
  }

  /** What a whole body says, and for the rest as usual. */
  private static Options asked(DeploymentBody body, Options options, Instant now) {
    return new Options(
        Objects.requireNonNullElse(body.versionUpgradeOption(), Options.UPGRADE),
        Objects.requireNonNullElse(body.tags(), Map.of()),
        options.created(),
        now);
  }

  private ArmAnswer patch(ArmRequest request) {
    Resource account = directory.account(request);
    Deployment old = existing(account, request);
    DeploymentBody body = DeploymentBody.patch(request.body());
    resize(steering(account), old.spec(), body);
    ledger.changed(
        old.id(),
        options ->
            options.with(Objects.requireNonNullElse(body.tags(), options.tags()), ledger.now()));
    return ArmAnswer.ok(view(account, existing(account, request)));
  }

  /** A sku of another name makes another deployment of it; a capacity alone changes its limits. */
  private static void resize(ResourceControl resource, DeploymentSpec old, DeploymentBody body) {
    if (body.sku() != null && !body.sku().equals(old.sku())) {
      var unused = resource.put(body.changed(old));
    } else if (body.capacity() != null) {
      var unused = resource.patch(old.name(), DeploymentPatch.capacity(body.capacity()));
    }
  }

  private ArmAnswer delete(ArmRequest request) {
    Resource account = directory.account(request);
    Optional<Deployment> found = find(account, request);
    if (found.isEmpty()) {
      return new ArmAnswer(204, null);
    }
    steering(account).delete(found.get().name());
    return new ArmAnswer(200, null);
  }

  private ArmAnswer changing(Supplier<ArmAnswer> change) {
    changes.lock();
    try {
      return change.get();
    } finally {
      changes.unlock();
    }
  }

  private ResourceControl steering(Resource account) {
    return control.resource(account.name());
  }

  private Optional<Deployment> find(Resource account, ArmRequest request) {
    String name = request.param("deployment");
    return deployments.of(account.name()).stream()
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private Deployment existing(Resource account, ArmRequest request) {
    return find(account, request)
        .orElseThrow(() ->
            ArmRefusal.noResource(
                Directory.ACCOUNTS
                    + "/"
                    + account.name()
                    + "/deployments/"
                    + request.param("deployment"),
                account.group().name()));
  }

  private DeploymentView view(Resource account, Deployment deployment) {
    return DeploymentView.of(
        Directory.id(account),
        deployment,
        steering(account).deployment(deployment.name()),
        ledger.options(deployment.id()));
  }
}
