package dev.spillway.emulator.controlplane;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.ClockStatus;
import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FaultPreset;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.control.Health;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.control.RecordingsPatch;
import dev.spillway.control.RecordingsStatus;
import dev.spillway.control.ResourceControl;
import dev.spillway.control.ResourceStatus;
import dev.spillway.control.VerdictRules;
import dev.spillway.control.stub.StubControl;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.emulator.deployment.Allocation;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.inference.PromptCache;
import dev.spillway.emulator.journal.Journal;
import dev.spillway.emulator.latency.LatencyPresets;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.stored.ResponseStore;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steers the emulator from within its process; the HTTP routes call this too. */
public final class InProcessControl implements EmulatorControl {

  /** A resource of the configuration and the deployments it starts with. */
  public record Configured(Resource resource, List<DeploymentSpec> deployments) {}

  private final String wire;
  private final Resources resources;
  private final InProcessPrincipals principals;
  private final InProcessResource.Parts parts;
  private final InProcessStubs stubs;
  private final Journal journal;
  private final CallSeeds seeds;
  private final InProcessRecordings recordings;
  private final ResponseStore responses;
  private final InProcessClock clock;
  private volatile List<Configured> configured;

  /**
   * Steers these parts of an emulator, after it has given the resources their deployments.
   *
   * @param configured what {@link #reset()} goes back to
   * @param wire the name of the wire profile
   * @param resources those of {@code configured}
   * @param desk null where nothing is recorded or played
   */
  public InProcessControl(
      List<Configured> configured,
      String wire,
      Resources resources,
      Entra entra,
      Deployments deployments,
      Quotas quotas,
      ContentFilters filters,
      LatencyPresets latencies,
      RateLimiters limiters,
      PromptCache prompts,
      Faults faults,
      InProcessStubs stubs,
      Journal journal,
      CallSeeds seeds,
      @Nullable RecordingDesk desk,
      ResponseStore responses,
      VirtualClock clock) {
    this.configured = List.copyOf(configured);
    this.wire = wire;
    this.resources = resources;
    this.principals = new InProcessPrincipals(entra.roles(), resources);
    this.parts =
        new InProcessResource.Parts(
            resources, deployments, quotas, filters, latencies, limiters, prompts, faults);
    this.stubs = stubs;
    this.journal = journal;
    this.seeds = seeds;
    this.recordings = new InProcessRecordings(desk);
    this.responses = responses;
    this.clock = new InProcessClock(clock, limiters);
    deployAsConfigured();
  }

  /**
   * Follows a new configuration of the resources and stubs: what it changed takes effect on the
   * next request, and what it left alone stays as it is, even where it was steered since.
   *
   * @throws IllegalArgumentException when a quota has no room for all of that; then nothing changes
   */
  public void follow(List<Configured> now, List<StubSpec> stubsNow) {
    alone(() -> {
      Map<String, List<DeploymentSpec>> before =
          configured.stream()
              .collect(Collectors.toMap(one -> one.resource().name(), Configured::deployments));
      now.forEach(one -> before.putIfAbsent(one.resource().name(), List.of()));
      Map<String, List<DeploymentSpec>> after =
          now.stream()
              .collect(Collectors.toMap(one -> one.resource().name(), Configured::deployments));
      List<Resource> accounts = now.stream().map(this::followed).toList();
      allocate(accounts, before, after);
      resources.follow(accounts);
      before.forEach(
          (name, specs) -> inProcess(name).follow(specs, after.getOrDefault(name, List.of())));
      stubs.follow(stubsNow);
      configured = List.copyOf(now);
    });
  }

  /** What is configured as it was stays as it is, with keys that were made since. */
  private Resource followed(Configured now) {
    Resource account = now.resource();
    boolean same = configured.stream().anyMatch(one -> one.resource().equals(account));
    return same ? resources.find(account.name()).orElse(account) : keepingAccess(account);
  }

  /** With the access as it stands, where that is configured as it was. */
  private Resource keepingAccess(Resource account) {
    boolean same =
        configured.stream()
            .map(Configured::resource)
            .filter(before -> before.name().equals(account.name()))
            .anyMatch(before -> before.access().equals(account.access()));
    return same
        ? resources
            .find(account.name())
            .map(Resource::access)
            .map(account::withAccess)
            .orElse(account)
        : account;
  }

  /** Asks the quotas about all deployments that there will be. */
  private void allocate(
      List<Resource> accounts,
      Map<String, List<DeploymentSpec>> before,
      Map<String, List<DeploymentSpec>> after) {
    Map<DeploymentId, Deployment> planned = new LinkedHashMap<>();
    parts.deployments().all().forEach(one -> planned.put(one.id(), one));
    before.forEach((name, specs) ->
        specs.forEach(spec -> {
          if (!after.getOrDefault(name, List.of()).contains(spec)) {
            planned.remove(new DeploymentId(name, spec.name()));
          }
        }));
    after.forEach((name, specs) ->
        specs.stream()
            .filter(spec -> !before.getOrDefault(name, List.of()).contains(spec))
            .map(spec -> parts.deployments().planned(name, spec))
            .forEach(one -> planned.put(one.id(), one)));
    switch (parts.quotas().checkAll(accounts, List.copyOf(planned.values()))) {
      case Allocation.Granted granted -> {}
      case Allocation.Exceeded exceeded -> throw new IllegalArgumentException(exceeded.sentence());
    }
  }

  private void deployAsConfigured() {
    configured.forEach(one -> one.deployments().forEach(inProcess(one.resource().name())::put));
  }

  private void alone(Runnable change) {
    parts.changes().lock();
    try {
      change.run();
    } finally {
      parts.changes().unlock();
    }
  }

  private InProcessResource inProcess(String resource) {
    return new InProcessResource(resource, parts);
  }

  private InProcessResource steering(String resource) {
    return resources
        .find(resource)
        .map(found -> inProcess(found.name()))
        .orElseThrow(() -> ControlException.noResource(resource));
  }

  @Override
  public ResourceControl firstResource() {
    return inProcess(resources.first().name());
  }

  @Override
  public List<ResourceStatus> resources() {
    return resources.all().stream().map(this::status).toList();
  }

  private ResourceStatus status(Resource resource) {
    return new ResourceStatus(
        resource.name(),
        resource.region(),
        resource.kind(),
        resource.prefix(),
        inProcess(resource.name()).deployments());
  }

  @Override
  public ResourceControl resource(String name) {
    return steering(name);
  }

  @Override
  public StubControl stubs() {
    return stubs;
  }

  @Override
  public List<PrincipalSpec> principals() {
    return principals.all();
  }

  @Override
  public PrincipalSpec put(PrincipalSpec principal) {
    return principals.put(principal);
  }

  @Override
  public void deletePrincipal(String id) {
    principals.delete(id);
  }

  @Override
  public List<FaultStatus> faults() {
    return parts.faults().all();
  }

  @Override
  public FaultStatus inject(FaultSpec fault) {
    String resource = fault.match().resource();
    if (resource != null && resources.find(resource).isEmpty()) {
      throw ControlException.noResource(resource);
    }
    return ControlBodies.valid(() -> parts.faults().set(fault));
  }

  @Override
  public void deleteFault(String name) {
    if (!parts.faults().remove(name)) {
      throw ControlException.noFault(name);
    }
  }

  @Override
  public void clearFaults() {
    parts.faults().clear();
  }

  @Override
  public List<FaultPreset> presets() {
    return parts.faults().presets();
  }

  @Override
  public ClockStatus clock() {
    return clock.status();
  }

  @Override
  public ClockStatus freeze() {
    return clock.freeze();
  }

  @Override
  public ClockStatus advance(Duration duration) {
    return clock.advance(duration);
  }

  @Override
  public ClockStatus setClock(Instant moment) {
    return clock.set(moment);
  }

  @Override
  public ClockStatus scale(double speed) {
    return clock.scale(speed);
  }

  @Override
  public ClockStatus resume() {
    return clock.resume();
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return journal.find(query);
  }

  @Override
  public ClientVerdict verdict(JournalQuery query, VerdictRules rules) {
    return ClientVerdict.of(journal.find(query), rules);
  }

  @Override
  public void clearJournal() {
    journal.clear();
  }

  @Override
  public RecordingsStatus recordings() {
    return recordings.status();
  }

  @Override
  public RecordingsStatus patch(RecordingsPatch patch) {
    return recordings.patch(patch);
  }

  @Override
  public void reset() {
    alone(() -> {
      resources.follow(configured.stream().map(Configured::resource).toList());
      resources.all().forEach(resource -> inProcess(resource.name()).deleteAll());
      deployAsConfigured();
      principals.reset();
      stubs.reset();
      parts.faults().reset();
    });
    journal.clear();
    recordings.reset();
    seeds.reset();
    responses.clear();
    clock.reset();
  }

  @Override
  public Health health() {
    return new Health("ok", wire, parts.deployments().all().size());
  }
}
