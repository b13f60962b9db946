package dev.spillway.rehearsal;

import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.rehearsal.FaultContractTest.Case;
import dev.spillway.rehearsal.backend.MemoryUpstream;
import dev.spillway.rehearsal.net.MemoryNetwork;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.auth.Caller;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.JettyUpstream;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.Simulation;
import dev.spillway.time.TimeSource;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The same emulator twice: over loopback, and in memory. Each is asked the same by its upstream.
 */
final class Contestants implements AutoCloseable {

  private static final int AT_A_TIME = 20;
  private static final int MAX_BUFFERED = 1_000_000;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final String EMULATOR =
      """
      listen: 127.0.0.1:0
      wire: "2024"
      faults-by-header: true
      resources:
        contoso:
          listen: 127.0.0.1:0
          keys: [emulator-key]
          deployments: {gpt: {model: gpt-35-turbo, capacity: unlimited}}
      """;

  private static final EmulatorConfig CONFIG =
      EmulatorConfig.parse("emulator.yaml", EMULATOR, name -> null);

  private final VirtualClock clock = VirtualClock.running();
  private final Emulator real = Emulator.start(CONFIG, clock);

  private final Simulation simulation = new Simulation(1);
  private final VirtualClock simulated = VirtualClock.over(simulation.time());
  private final MemoryNetwork network = new MemoryNetwork(simulation, simulated);
  private final Emulator rehearsed = Emulator.start(CONFIG, simulated, network::connector);

  private final Map<Case, String> outcomes = new ConcurrentHashMap<>();

  /** Plays all cases over loopback, many at a time. */
  Contestants(List<Case> cases) {
    try (ExecutorService some = Executors.newFixedThreadPool(AT_A_TIME)) {
      cases.stream()
          .filter(of -> !of.isState())
          .forEach(of -> some.execute(() -> outcomes.put(of, playOverLoopback(of))));
    }
  }

  String overLoopback(Case of) {
    return outcomes.computeIfAbsent(of, this::playOverLoopback);
  }

  private String playOverLoopback(Case of) {
    try (Upstream upstream =
        new JettyUpstream(Outbound.DEFAULT, LONG, Tokens.NONE, MAX_BUFFERED, TimeSource.system())) {
      return asked(upstream, real, of);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String inMemory(Case of) {
    StringBuilder outcome = new StringBuilder();
    var unused =
        simulation.spawn(
            of.toString(),
            () ->
                outcome.append(
                    asked(new MemoryUpstream(network, MAX_BUFFERED, simulated), rehearsed, of)));
    simulation.run();
    return outcome.toString();
  }

  private static String asked(Upstream upstream, Emulator emulator, Case of)
      throws InterruptedException {
    Backend backend = backend(emulator.uri("contoso").orElseThrow());
    if (of.kept()) {
      String unused = text(upstream.send(backend, call(of, List.of()), limits(LONG)));
    }
    List<Header> faults = List.of();
    if (of.isState()) {
      of.faults().forEach(emulator.control()::inject);
    } else {
      faults = List.of(new Header("x-emulator-fault", of.words()));
    }
    AttemptLimits limits = of.impatient() ? limits(SHORT) : limits(LONG);
    AttemptResult result = upstream.send(backend, call(of, faults), limits);
    if (of.isState() && result instanceof AttemptResult.Stale) {
      // The kept connection was closed at this moment; the router asks the same backend once more.
      result = upstream.send(backend, call(of, faults), limits);
    }
    String outcome = text(result);
    if (of.isState()) {
      emulator.control().clearFaults();
    }
    return outcome;
  }

  private static AttemptLimits limits(Duration each) {
    return new AttemptLimits(each, each, each, each.multipliedBy(2));
  }

  private static Backend backend(URI uri) {
    String yaml =
        """
        backends:
          contoso: {url: "%s", deployment: gpt, api-version: 2024-10-21, api-key: emulator-key}
        pools:
          gpt: [{backend: contoso}]
        routes:
          - {deployment: gpt, pool: gpt}
        """
            .formatted(uri);
    RouterConfig config = RouterConfig.parse("router.yaml", yaml, name -> null);
    return Objects.requireNonNull(config.backends().get("contoso"));
  }

  /** Its words make it a request like no other, which gets the same answer from both. */
  private static CallPlan call(Case of, List<Header> faults) {
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":9,\"stream\":%b}"
            .formatted(of, of.stream());
    List<Header> headers = new ArrayList<>(faults);
    headers.add(new Header("Content-Type", "application/json"));
    return new ChatCall(
            new RequestId(0, "#0"),
            Caller.of("caller"),
            "gpt",
            headers,
            body.getBytes(StandardCharsets.UTF_8),
            null,
            null,
            new Terms(StreamHold.DEFAULT, LONG, 1, LONG, RetryAmbiguous.ONCE))
        .plan();
  }

  /** All that the router can go by. */
  private static String text(AttemptResult result) {
    String what = result.getClass().getSimpleName() + " " + result.execution();
    if (result instanceof AttemptResult.WithAnswer it) {
      List<String> headers = it.answer().headers().stream().map(Header::name).sorted().toList();
      what += " " + it.answer().status() + " " + headers + " " + body(it.answer().body());
    }
    return what + " " + result.heard().usage() + " " + result.heard().characters();
  }

  private static String body(AnswerBody body) {
    return switch (body) {
      case AnswerBody.Whole whole -> masked(whole.bytes());
      case AnswerBody.Arriving arriving -> {
        StringBuilder all = new StringBuilder();
        try (InputStream stream = arriving.stream()) {
          byte[] buffer = new byte[1024];
          for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            all.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
          }
        } catch (IOException e) {
          all.append("broken off");
        }
        yield masked(all.toString().getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  /** The two clocks are not the same. */
  private static String masked(byte[] text) {
    return new String(text, StandardCharsets.UTF_8)
        .replaceAll("\"created\":\\s*\\d+", "\"created\":0");
  }

  @Override
  public void close() {
    real.close();
    network.close();
    rehearsed.close();
    simulation.close();
  }
}
