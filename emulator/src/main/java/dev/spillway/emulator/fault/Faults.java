package dev.spillway.emulator.fault;

import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.FaultAction;
import dev.spillway.control.FaultKind;
import dev.spillway.control.FaultPreset;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.wire.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is to go wrong: the faults that are set, in their order. Safe for any number of threads.
 */
public final class Faults {

  private static final Comparator<FaultRule> BY_PLACE =
      Comparator.comparing((FaultRule rule) -> rule.spec().at().phase())
          .thenComparingInt(rule -> rule.spec().at().number());

  private static final Presets PRESETS = Presets.bundled();

  private final InstantSource time;
  private final Set<String> ports;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<FaultRule> rules = List.of();
  private volatile List<FaultRule> byPlace = List.of();
  private volatile List<FaultSpec> configured;

  /**
   * Sets those of the configuration.
   *
   * @param ports the names of the resources that have a port of their own
   */
  public Faults(InstantSource time, Set<String> ports, List<FaultSpec> configured) {
    this.time = time;
    this.ports = Set.copyOf(ports);
    this.configured = List.copyOf(configured);
    reset();
  }

  /**
   * Why a fault cannot be, in a sentence.
   *
   * @param ports the names of the resources that have a port of their own
   */
  public static Optional<String> problem(FaultSpec fault, Set<String> ports) {
    String operation = fault.match().operation();
    if (operation != null && Operation.byPath(operation).isEmpty()) {
      return Optional.of(
          "there is no operation '%s'; there is %s"
              .formatted(
                  operation,
                  Arrays.stream(Operation.values())
                      .map(Operation::path)
                      .collect(Collectors.joining(", "))));
    }
    return switch (fault.what()) {
      case FaultAction.Preset named when PRESETS.find(named.name()).isEmpty() ->
          Optional.of(
              "there is no fault and no preset '%s'; there is %s"
                  .formatted(named.name(), names().collect(Collectors.joining(", "))));
      case FaultAction.Refused refused when !ports.contains(fault.match().resource()) ->
          Optional.of(
              "'refused' is of a resource with a port of its own, which '%s' is not"
                  .formatted(fault.match().resource()));
      default -> Optional.empty();
    };
  }

  private static Stream<String> names() {
    return Stream.concat(
        Arrays.stream(FaultKind.values()).map(FaultKind::label),
        PRESETS.all().stream().map(FaultPreset::name));
  }

  /** As they were set. */
  public List<FaultStatus> all() {
    return rules.stream().map(FaultRule::status).toList();
  }

  /** The 429s that can be asked for by name. */
  public List<FaultPreset> presets() {
    return PRESETS.all();
  }

  /**
   * Sets one in the place of that of its name, or as the last.
   *
   * @throws IllegalArgumentException when it cannot be
   */
  public FaultStatus set(FaultSpec fault) {
    check(fault);
    return set(rule(fault, fault.name())).status();
  }

  /** Takes one away; false when there is none of that name. */
  public synchronized boolean remove(String name) {
    boolean known = rules.stream().anyMatch(rule -> rule.spec().name().equals(name));
    change(rules.stream().filter(rule -> !rule.spec().name().equals(name)).toList());
    return known;
  }

  /** Takes all away. */
  public synchronized void clear() {
    change(List.of());
  }

  /** Sets those of the configuration and no others; their times begin now. */
  public synchronized void reset() {
    change(configured.stream().map(fault -> rule(fault, fault.name())).toList());
  }

  /** Follows a new configuration; what it leaves alone goes on. */
  public synchronized void follow(List<FaultSpec> now) {
    configured.stream()
        .filter(fault -> !now.contains(fault))
        .forEach(fault -> {
          boolean unused = remove(fault.name());
        });
    now.stream()
        .filter(fault -> !configured.contains(fault))
        .forEach(fault -> {
          FaultStatus unused = set(fault);
        });
    configured = List.copyOf(now);
  }

  /** Tells whenever faults are set or taken away. */
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * What goes wrong with a call.
   *
   * @param own the faults that it asks for itself, one behind the other with {@code ;}
   */
  public FaultPlan of(Facts facts, @Nullable String own) {
    try {
      return new FaultPlan(this, facts, own == null ? List.of() : own(own), null);
    } catch (IllegalArgumentException e) {
      return new FaultPlan(this, facts, List.of(), e.getMessage());
    }
  }

  private List<FaultRule> own(String words) {
    return Pattern.compile(";")
        .splitAsStream(words)
        .filter(part -> !part.isBlank())
        .map(part -> ofACall(FaultSpec.parse(part)))
        .map(fault -> rule(fault, fault.name()))
        .toList();
  }

  private FaultSpec ofACall(FaultSpec fault) {
    if (fault.what().kind().isState()) {
      throw new IllegalArgumentException(
          "'" + fault.what().kind().label() + "' strikes no single calls");
    }
    check(fault);
    return fault;
  }

  private void check(FaultSpec fault) {
    problem(fault, ports)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }

  /** How many times as late the first token of a deployment comes now. */
  public double slowdown(@Nullable String region, DeploymentId deployment) {
    double times = 1;
    for (FaultRule rule : rules) {
      if (rule.spec().what() instanceof FaultAction.SlowFirstToken slow
          && rule.isItsTime(now())
          && rule.isOf(deployment.resource(), region, deployment.name())) {
        times *= slow.times();
      }
    }
    return times;
  }

  /** Whether nobody is to listen at the resource's own port now. */
  public boolean refuses(String resource, String region) {
    return rules.stream()
        .filter(rule -> rule.spec().what() instanceof FaultAction.Refused)
        .anyMatch(rule -> rule.isItsTime(now()) && rule.isOf(resource, region, null));
  }

  /** How long after that a port is to be closed or opened again, if that is ever. */
  public Optional<Duration> nextRefusal(Instant now) {
    return rules.stream()
        .filter(rule -> rule.spec().what() instanceof FaultAction.Refused)
        .flatMap(FaultRule::edges)
        .filter(edge -> edge.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(edge -> Duration.between(now, edge));
  }

  /** Takes the place of the one that was set for the same phase. */
  public void set(DeploymentId deployment, ErrorSwitch error) {
    FaultSpec fault = ErrorSwitches.fault(deployment, error);
    if (error.times() == 0) {
      boolean unused = remove(fault.name());
    } else {
      FaultRule unused = set(rule(fault, error.error().label()));
    }
  }

  /** Those that still have calls to end. */
  public List<ErrorSwitch> of(DeploymentId deployment) {
    return ErrorSwitches.names(deployment).stream()
        .flatMap(name -> rules.stream().filter(rule -> rule.spec().name().equals(name)))
        .filter(rule -> rule.left() > 0)
        .map(rule -> ErrorSwitches.of(rule.spec(), rule.left()))
        .toList();
  }

  /** Takes away what only the errors of this deployment were about. */
  public synchronized void forget(DeploymentId deployment) {
    List<String> names = ErrorSwitches.names(deployment);
    change(rules.stream().filter(rule -> !names.contains(rule.spec().name())).toList());
  }

  Instant now() {
    return time.instant();
  }

  /** By their places, and those of a call itself before the others. */
  List<FaultRule> inOrder(List<FaultRule> own) {
    return own.isEmpty()
        ? byPlace
        : Stream.concat(own.stream(), byPlace.stream()).sorted(BY_PLACE).toList();
  }

  private FaultRule rule(FaultSpec fault, String reason) {
    Preset preset =
        fault.what() instanceof FaultAction.Preset named
            ? PRESETS.find(named.name()).orElseThrow()
            : null;
    return new FaultRule(fault, reason, preset, now());
  }

  private synchronized FaultRule set(FaultRule rule) {
    List<FaultRule> changed = new ArrayList<>(rules);
    int place = changed.stream().map(one -> one.spec().name()).toList().indexOf(rule.spec().name());
    if (place < 0) {
      changed.add(rule);
    } else {
      changed.set(place, rule);
    }
    change(changed);
    return rule;
  }

  private synchronized void change(List<FaultRule> changed) {
    rules = List.copyOf(changed);
    byPlace = rules.stream().sorted(BY_PLACE).toList();
    listeners.forEach(Runnable::run);
  }
}
