package dev.spillway.emulator;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.emulator.dataplane.WireProfile;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.deployment.QuotaPool;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.identity.EntraConfig;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.emulator.stub.Stubs;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator starts.
 *
 * @param listen where; port 0 for any that is free
 * @param wire whose bodies and headers to speak
 * @param apiVersions which api-versions the dated routes serve
 * @param seed what answers and identifiers are derived from
 * @param chargeBy which estimate the token limit is charged with
 * @param models those it knows
 * @param resources the Azure resources that are imitated, at least one; the first is meant where
 *     none is named
 * @param quotas what the resources' deployments may have together; they do not have more
 * @param entra where callers' tokens come from; null for the defaults, without a word at the start
 * @param tls whether it listens with TLS, too; null when not
 * @param contentFilters the policies that deployments can name, beside those that are always there
 * @param adminKey what the control API asks for; null for nothing
 * @param maxRequestBytes the largest body that is read
 * @param journalCalls how many calls the journal keeps
 * @param journalBodies whether it keeps the requests' bodies, and with them the prompts
 * @param redis where the limits are kept that several emulators share; null for in this process
 * @param abusePenalty whether callers suffer for not waiting after a 429
 * @param stubs what deployments answer to some requests, beside those that are set while it runs
 * @param recordings what is recorded or played; null for nothing
 * @param faults what goes wrong from the start on, and when
 * @param faultsByHeader whether a request may ask for faults itself
 */
public record EmulatorConfig(
    ListenAddress listen,
    WireProfile wire,
    ApiVersions apiVersions,
    long seed,
    ChargeBy chargeBy,
    ModelCatalog models,
    List<ResourceConfig> resources,
    List<QuotaPool> quotas,
    @Nullable EntraConfig entra,
    @Nullable Tls tls,
    Map<String, FilterPolicy> contentFilters,
    @Nullable String adminKey,
    int maxRequestBytes,
    int journalCalls,
    boolean journalBodies,
    @Nullable RedisAddress redis,
    boolean abusePenalty,
    List<StubSpec> stubs,
    @Nullable RecordingsConfig recordings,
    List<FaultSpec> faults,
    boolean faultsByHeader) {

  public EmulatorConfig {
    stubs = Stubs.named(stubs);
    resources = List.copyOf(resources);
    contentFilters = Map.copyOf(contentFilters);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("an emulator has at least one resource");
    }
    if (abusePenalty) {
      checkAbusePenalty(wire, redis);
    }
    quotas = List.copyOf(quotas);
    faults = List.copyOf(faults);
    FaultCheck.problem(faults, resources)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
    Allocations.problem(resources, quotas, models)
        .ifPresent(exceeded -> {
          throw new IllegalArgumentException(exceeded.sentence());
        });
  }

  static void checkAbusePenalty(WireProfile wire, @Nullable RedisAddress redis) {
    if (!wire.hasAbusePenalty()) {
      throw new IllegalArgumentException(
          "abuse-penalty: the service had none in " + wire.name() + ", but has one in 2026");
    }
    if (redis != null) {
      throw new IllegalArgumentException(
          "abuse-penalty and redis exclude each other, because the penalty is not shared");
    }
  }

  /** What starts when nothing is said at all. */
  public static EmulatorConfig defaults() {
    return new EmulatorConfig(
        ListenAddress.parse("127.0.0.1:8080"),
        WireProfiles.LATEST,
        ApiVersions.ACCEPT,
        42,
        ChargeBy.DOCUMENTED,
        ModelCatalog.bundled(),
        List.of(
            new ResourceConfig(
                new Resource("local", "eastus", "OpenAI", List.of("emulator-key"), List.of()),
                null,
                List.of(
                    DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(40)),
                    DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40))))),
        List.of(),
        null,
        null,
        Map.of(),
        null,
        32 * 1024 * 1024,
        10_000,
        true,
        null,
        false,
        List.of(),
        null,
        List.of(),
        false);
  }

  /**
   * Reads an {@code emulator.yaml}.
   *
   * @param environment what {@code ${NAME}} in a value stands for; null for a name that is not set
   * @throws dev.spillway.yaml.YamlException with file and line, when it cannot be used
   */
  public static EmulatorConfig read(Path file, Function<String, @Nullable String> environment) {
    return EmulatorYaml.read(file, environment);
  }

  /** Reads the text of an {@code emulator.yaml}, as {@link #read} does. */
  public static EmulatorConfig parse(
      String name, String yaml, Function<String, @Nullable String> environment) {
    return EmulatorYaml.parse(name, yaml, environment);
  }

  /** Reads a part of another file that is written as an {@code emulator.yaml}. */
  public static EmulatorConfig read(YamlValue section) {
    return EmulatorYaml.config(section.map());
  }

  /** Whether only programs of the same machine reach it, by whichever of its ports. */
  public boolean isLoopbackOnly() {
    return listen.isLoopback()
        && (tls == null || tls.listen().isLoopback())
        && resources.stream()
            .map(ResourceConfig::listen)
            .allMatch(own -> own == null || own.isLoopback());
  }

  /** The resource that is meant where none is named. */
  public Resource firstResource() {
    return resources.getFirst().resource();
  }

  EntraConfig entraOrDefaults() {
    return entra == null ? EntraConfig.defaults() : entra;
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes a configuration; what is not named stays. */
  public static final class Builder {

    private final EmulatorConfig from;
    private ListenAddress listen;
    private WireProfile wire;
    private ApiVersions apiVersions;
    private long seed;
    private ChargeBy chargeBy;
    private final List<ResourceConfig> resources;
    private final List<QuotaPool> quotas;
    private @Nullable EntraConfig entra;
    private @Nullable Tls tls;
    private final Map<String, FilterPolicy> contentFilters;
    private @Nullable String adminKey;
    private @Nullable RedisAddress redis;
    private boolean abusePenalty;
    private final List<StubSpec> stubs;
    private @Nullable RecordingsConfig recordings;
    private final List<FaultSpec> faults;
    private boolean faultsByHeader;

    private Builder(EmulatorConfig from) {
      this.from = from;
      this.listen = from.listen;
      this.wire = from.wire;
      this.apiVersions = from.apiVersions;
      this.seed = from.seed;
      this.chargeBy = from.chargeBy;
      this.resources = new ArrayList<>(from.resources);
      this.quotas = new ArrayList<>(from.quotas);
      this.entra = from.entra;
      this.tls = from.tls;
      this.contentFilters = new HashMap<>(from.contentFilters);
      this.adminKey = from.adminKey;
      this.redis = from.redis;
      this.abusePenalty = from.abusePenalty;
      this.stubs = new ArrayList<>(from.stubs);
      this.recordings = from.recordings;
      this.faults = new ArrayList<>(from.faults);
      this.faultsByHeader = from.faultsByHeader;
    }

    public Builder listen(String address) {
      listen = ListenAddress.parse(address);
      return this;
    }

    /** On loopback, at ports that are free, wherever it and its resources were to listen. */
    public Builder freePorts() {
      ListenAddress any = ListenAddress.parse("127.0.0.1:0");
      listen = any;
      resources.replaceAll(one -> one.listen() == null ? one : one.withListen(any));
      return tls == null ? this : tls(any);
    }

    public Builder wire(WireProfile profile) {
      wire = profile;
      return this;
    }

    public Builder apiVersions(ApiVersions policy) {
      apiVersions = policy;
      return this;
    }

    public Builder seed(long number) {
      seed = number;
      return this;
    }

    public Builder chargeBy(ChargeBy rule) {
      chargeBy = rule;
      return this;
    }

    /** The keys of the first resource. */
    public Builder keys(List<String> keys) {
      return changeFirst(first -> first.with(first.resource().withKeys(keys)));
    }

    /** The region of the first resource. */
    public Builder region(String region) {
      return changeFirst(first -> first.with(first.resource().withRegion(region)));
    }

    /** The first resource without any deployment. */
    public Builder noDeployments() {
      return changeFirst(first -> first.withDeployments(List.of()));
    }

    /**
     * The first resource with this deployment instead of one of the same name, or beside the
     * others.
     */
    public Builder deployment(DeploymentSpec spec) {
      return changeFirst(first -> first.with(spec));
    }

    /** All resources with a latency for their deployments that have none themselves. */
    public Builder latency(@Nullable LatencySpec latency) {
      resources.replaceAll(one -> one.with(one.resource().withLatency(latency)));
      return this;
    }

    private Builder changeFirst(UnaryOperator<ResourceConfig> change) {
      resources.set(0, change.apply(resources.getFirst()));
      return this;
    }

    /** With this resource instead of one of the same name, or after the others. */
    public Builder resource(ResourceConfig resource) {
      resources.removeIf(other -> other.resource().name().equals(resource.resource().name()));
      resources.add(resource);
      return this;
    }

    /** With this quota, too. */
    public Builder quota(QuotaPool pool) {
      quotas.add(pool);
      return this;
    }

    public Builder entra(@Nullable EntraConfig how) {
      entra = how;
      return this;
    }

    /** With TLS at this address, and otherwise as configured. */
    public Builder tls(ListenAddress address) {
      return tls(
          tls == null
              ? new Tls(address, Tls.FOLDER, List.of())
              : new Tls(address, tls.folder(), tls.hosts()));
    }

    public Builder tls(@Nullable Tls how) {
      tls = how;
      return this;
    }

    /** With a content filter that deployments can name. */
    public Builder contentFilter(String name, FilterPolicy policy) {
      contentFilters.put(name, policy);
      return this;
    }

    public Builder adminKey(@Nullable String key) {
      adminKey = key;
      return this;
    }

    /** Shares the limits with every emulator that is given the same Redis. */
    public Builder redis(String address) {
      redis = RedisAddress.parse(address);
      return this;
    }

    /** Whether callers suffer for not waiting after a 429. */
    public Builder abusePenalty(boolean exists) {
      abusePenalty = exists;
      return this;
    }

    /** With this stub, too. */
    public Builder stub(StubSpec stub) {
      stubs.add(stub);
      return this;
    }

    /** Records what another endpoint answers, or plays what was recorded. */
    public Builder recordings(@Nullable RecordingsConfig how) {
      recordings = how;
      return this;
    }

    /** With this fault, too. */
    public Builder fault(FaultSpec fault) {
      faults.add(fault);
      return this;
    }

    /** Whether a request may ask for faults itself. */
    public Builder faultsByHeader(boolean allowed) {
      faultsByHeader = allowed;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException when its deployments have more than its quotas
     */
    public EmulatorConfig build() {
      return new EmulatorConfig(
          listen,
          wire,
          apiVersions,
          seed,
          chargeBy,
          from.models,
          resources,
          quotas,
          entra,
          tls,
          contentFilters,
          adminKey,
          from.maxRequestBytes,
          from.journalCalls,
          from.journalBodies,
          redis,
          abusePenalty,
          stubs,
          recordings,
          faults,
          faultsByHeader);
    }
  }
}
