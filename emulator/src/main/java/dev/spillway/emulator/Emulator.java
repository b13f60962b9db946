package dev.spillway.emulator;

import dev.spillway.control.EmulatorControl;
import dev.spillway.emulator.arm.ArmApi;
import dev.spillway.emulator.arm.ArmCallers;
import dev.spillway.emulator.controlplane.ControlApi;
import dev.spillway.emulator.controlplane.ControlApi.Access;
import dev.spillway.emulator.controlplane.InProcessControl;
import dev.spillway.emulator.controlplane.InProcessControl.Configured;
import dev.spillway.emulator.controlplane.InProcessStubs;
import dev.spillway.emulator.dataplane.DataPlane;
import dev.spillway.emulator.dataplane.Misfortunes;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.generation.Dictation;
import dev.spillway.emulator.generation.ModelAnswers;
import dev.spillway.emulator.generation.Prose;
import dev.spillway.emulator.http.Connectors;
import dev.spillway.emulator.http.Door;
import dev.spillway.emulator.http.EmulatorServer;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.identityplane.IdentityPlane;
import dev.spillway.emulator.inference.Authors;
import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.inference.Inference;
import dev.spillway.emulator.inference.PromptCache;
import dev.spillway.emulator.journal.Journal;
import dev.spillway.emulator.latency.Latencies;
import dev.spillway.emulator.latency.LatencyPresets;
import dev.spillway.emulator.latency.Slowdown;
import dev.spillway.emulator.metrics.EmulatorMetrics;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.LimitStore;
import dev.spillway.emulator.ratelimit.MemoryStore;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.recording.RecordingDesk;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.stored.ResponseStore;
import dev.spillway.emulator.stub.Stubs;
import dev.spillway.emulator.stub.UnmatchedRequests;
import dev.spillway.emulator.tls.Authority;
import dev.spillway.emulator.tokenizer.Tokenizers;
import dev.spillway.emulator.upstream.Upstream;
import dev.spillway.emulator.upstream.UpstreamConfig;
import dev.spillway.time.VirtualClock;
import dev.spillway.yaml.RedisAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Azure OpenAI deployments in this process.
 *
 * <p>{@link #start} listens and returns at once; vocabularies go on loading in the background, and
 * the first call that needs one waits for it.
 */
public final class Emulator implements AutoCloseable {

  private static final Duration REDIS_PATIENCE = Duration.ofSeconds(1);

  private volatile EmulatorConfig config;
  private final Doors doors;
  private final EmulatorServer server;
  private final LimitStore store;
  private final @Nullable Upstream upstream;
  private final InProcessControl control;
  private final RateLimiters limiters;
  private final Faults faults;
  private final DataPlane dataPlane;
  private final DoorKeeper doorKeeper;

  private Emulator(
      EmulatorConfig config,
      Doors doors,
      EmulatorServer server,
      LimitStore store,
      @Nullable Upstream upstream,
      InProcessControl control,
      RateLimiters limiters,
      Faults faults,
      DataPlane dataPlane,
      DoorKeeper doorKeeper) {
    this.config = config;
    this.doors = doors;
    this.server = server;
    this.store = store;
    this.upstream = upstream;
    this.control = control;
    this.limiters = limiters;
    this.faults = faults;
    this.dataPlane = dataPlane;
    this.doorKeeper = doorKeeper;
  }

  public static Emulator start(EmulatorConfig config) {
    return start(config, VirtualClock.running());
  }

  /**
   * Starts on a clock that others may share.
   *
   * @throws dev.spillway.emulator.http.ListenException when an address cannot be used
   * @throws IllegalArgumentException when a resource has a latency that there is not
   * @throws dev.spillway.emulator.ratelimit.LimitStoreException when Redis does not answer
   * @throws dev.spillway.emulator.recording.RecordingFolder.Unusable when recordings cannot be kept
   * @throws dev.spillway.yaml.YamlException when a recording cannot be read
   */
  public static Emulator start(EmulatorConfig config, VirtualClock clock) {
    return start(config, clock, Connectors.SOCKETS);
  }

  /** Starts behind something else than sockets. */
  public static Emulator start(EmulatorConfig config, VirtualClock clock, Connectors connectors) {
    Tokenizers tokenizers = new Tokenizers();
    Prose prose = new Prose(tokenizers);
    Resources resources =
        new Resources(config.resources().stream().map(ResourceConfig::resource).toList());
    Entra entra = new Entra(config.entraOrDefaults(), clock);
    ModelCatalog catalog = config.models();
    Deployments deployments = new Deployments(catalog);
    Quotas quotas = new Quotas(config.quotas(), resources, deployments);
    LimitStore store = store(config, clock);
    RateLimiters limiters =
        new RateLimiters(store, config.wire().limits(), config.chargeBy(), config.abusePenalty());
    PromptCache prompts = new PromptCache(clock);
    Journal journal = new Journal(config.journalCalls(), config.journalBodies());
    EmulatorMetrics metrics = new EmulatorMetrics();
    CallLog log = new CallLog(journal, metrics, clock);
    CallSeeds seeds = new CallSeeds(config.seed());
    ResponseStore responses = new ResponseStore(clock);
    ContentFilters filters = new ContentFilters(config.contentFilters());
    LatencyPresets presets = LatencyPresets.bundled();
    resources.all().stream()
        .flatMap(one -> Stream.ofNullable(one.latency()))
        .forEach(presets::check);
    Faults faults = new Faults(clock, FaultCheck.ports(config.resources()), config.faults());
    Latencies latencies = new Latencies(presets, resources, slowdown(faults, resources), clock);
    Stubs stubs = new Stubs();
    UnmatchedRequests unmatched = new UnmatchedRequests(journal.keepsBodies());
    RecordingDesk desk = desk(config, resources, clock);
    Upstream upstream = upstream(config);
    InProcessControl control =
        new InProcessControl(
            configured(config),
            config.wire().name(),
            resources,
            entra,
            deployments,
            quotas,
            filters,
            presets,
            limiters,
            prompts,
            faults,
            new InProcessStubs(config.stubs(), stubs, unmatched),
            journal,
            seeds,
            desk,
            responses,
            clock);
    Authors authors =
        new Authors(
            new ModelAnswers(prose, tokenizers), new Dictation(tokenizers), stubs, unmatched);
    Inference inference =
        new Inference(
            deployments,
            limiters,
            tokenizers,
            prompts,
            authors,
            filters,
            config.wire().strictRules(),
            latencies,
            log,
            clock);
    DataPlane dataPlane =
        new DataPlane(
            resources,
            entra,
            config.wire(),
            config.apiVersions(),
            inference,
            catalog,
            seeds,
            log,
            desk,
            upstream,
            responses,
            new Misfortunes(faults, config.faultsByHeader()),
            clock,
            config.maxRequestBytes(),
            journal.keepsBodies());
    ControlApi controlPlane = new ControlApi(control, metrics, access(config));
    ArmApi resourceManager =
        new ArmApi(
            control,
            resources,
            deployments,
            quotas,
            catalog,
            seeds,
            clock,
            armCallers(config, entra));
    IdentityPlane identityPlane = new IdentityPlane(entra, seeds, clock);
    Doors doors = Doors.of(config);
    EmulatorServer server =
        listen(doors, connectors, store, controlPlane, resourceManager, identityPlane, dataPlane);
    DoorKeeper doorKeeper =
        DoorKeeper.of(
            doors.resources(),
            server,
            faults,
            name -> resources.find(name).map(Resource::region).orElse(null),
            clock);
    warmUp(deployments, prose); // once it listens, so that it listens sooner
    return new Emulator(
        config, doors, server, store, upstream, control, limiters, faults, dataPlane, doorKeeper);
  }

  /** Steers this emulator without going through HTTP. */
  public EmulatorControl control() {
    return control;
  }

  public int port() {
    return server.port(doors.main());
  }

  /** Where a program of this machine reaches it. */
  public URI uri() {
    return uri("http", doors.main());
  }

  /** Where it is reached with TLS, when that was asked for. */
  public Optional<URI> tlsUri() {
    return Optional.ofNullable(doors.tls()).map(door -> uri("https", door));
  }

  /** What clients are to trust, when TLS was asked for. */
  public Optional<X509Certificate> authority() {
    return Optional.ofNullable(doors.authority()).map(Authority::certificate);
  }

  /** The port of its own that a resource listens on, when it has one. */
  public Optional<URI> uri(String resource) {
    return doors.resources().stream()
        .filter(door -> resource.equals(door.resource()))
        .findFirst()
        .map(door -> uri("http", door));
  }

  private URI uri(String scheme, Door door) {
    return URI.create(scheme + "://" + door.address().reachableHost() + ":" + server.port(door));
  }

  /**
   * Follows a changed configuration from the next request on, or changes nothing.
   *
   * <p>Resources, their keys, their deployments and the stubs can change. A deployment that the new
   * configuration leaves alone keeps what it was steered to since the start.
   *
   * @throws IllegalArgumentException when something else is different, which needs a new start
   */
  public void reload(EmulatorConfig changed) {
    List<String> fixed = FixedKeys.different(changed, config);
    if (!fixed.isEmpty()) {
      throw new IllegalArgumentException(
          "a change of %s needs a new start".formatted(String.join(" and ", fixed)));
    }
    control.follow(configured(changed), changed.stubs());
    faults.follow(changed.faults());
    config = changed;
  }

  private static List<Configured> configured(EmulatorConfig config) {
    return config.resources().stream()
        .map(one -> new Configured(one.resource(), one.deployments()))
        .toList();
  }

  /** Calls admitted and not settled yet; 0 whenever no answer is under way. */
  public int unsettledPermits() {
    return limiters.unsettled();
  }

  /** What a person wants to know after the start: where, with which key, which deployments. */
  public String summary() {
    return new EmulatorSummary(this, config, control.resources()).text();
  }

  @Override
  public void close() {
    doorKeeper.close();
    dataPlane.close();
    server.close();
    store.close();
    if (upstream != null) {
      upstream.close();
    }
  }

  private static @Nullable RecordingDesk desk(
      EmulatorConfig config, Resources resources, VirtualClock clock) {
    RecordingsConfig recordings = config.recordings();
    return recordings == null
        ? null
        : new RecordingDesk(recordings, () -> Secrets.of(config, resources), clock);
  }

  private static @Nullable Upstream upstream(EmulatorConfig config) {
    RecordingsConfig recordings = config.recordings();
    UpstreamConfig upstream = recordings == null ? null : recordings.upstream();
    return upstream == null ? null : new Upstream(upstream);
  }

  private static Slowdown slowdown(Faults faults, Resources resources) {
    return (deployment, now) ->
        faults.slowdown(
            resources.find(deployment.resource()).map(Resource::region).orElse(null), deployment);
  }

  private static LimitStore store(EmulatorConfig config, VirtualClock clock) {
    RedisAddress redis = config.redis();
    return redis == null ? new MemoryStore(clock) : LimitStore.redis(redis, clock, REDIS_PATIENCE);
  }

  private static EmulatorServer listen(
      Doors doors,
      Connectors connectors,
      LimitStore store,
      ControlApi controlPlane,
      ArmApi resourceManager,
      IdentityPlane identityPlane,
      DataPlane dataPlane) {
    try {
      return EmulatorServer.start(
          doors.all(), connectors, controlPlane, resourceManager, identityPlane, dataPlane);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Access access(EmulatorConfig config) {
    String adminKey = config.adminKey();
    if (adminKey != null) {
      return new Access.WithKey(adminKey);
    }
    return config.isLoopbackOnly() ? new Access.Open() : new Access.Closed();
  }

  private static ArmCallers armCallers(EmulatorConfig config, Entra entra) {
    return switch (access(config)) {
      case Access.Open open ->
          switch (config.entraOrDefaults().mode()) {
            case TRUST -> ArmCallers.withAnyToken();
            case VALIDATED -> ArmCallers.withTokens(entra.check());
          };
      case Access.WithKey withKey -> ArmCallers.withKey(withKey.key());
      case Access.Closed closed -> ArmCallers.none();
    };
  }

  private static void warmUp(Deployments deployments, Prose prose) {
    Thread.ofVirtual()
        .name("load-vocabularies")
        .start(() ->
            deployments.all().stream()
                .map(deployment -> deployment.model().encoding())
                .distinct()
                .forEach(prose::prepare));
  }
}
