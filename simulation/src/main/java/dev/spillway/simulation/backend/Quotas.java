package dev.spillway.simulation.backend;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.ratelimit.MemoryStore;
import dev.spillway.emulator.ratelimit.RateLimiters;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.Parameters;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.World.RequestSpec;
import dev.spillway.simulation.world.Year;
import dev.spillway.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The limits of a world's deployments: the emulator's own arithmetic, charged as it charges. */
public final class Quotas {

  private static final double FULL = 100;

  private final RateLimiters limiters;
  private final Map<String, Deployment> byName = new HashMap<>();

  public Quotas(World world, TimeSource time) {
    LimitTable table = table(world.year());
    this.limiters = new RateLimiters(new MemoryStore(time), table, ChargeBy.DOCUMENTED, false);
    world.deployments().forEach(this::follow);
  }

  private static LimitTable table(Year year) {
    return switch (year) {
      case OF_2023, OF_2024 -> LimitTable.UNTIL_2024;
      case OF_2025 -> LimitTable.IN_2025;
      case OF_2026 -> LimitTable.SINCE_2026;
    };
  }

  /** Makes a deployment, or changes it and keeps what it has charged. */
  public void follow(DeploymentSpec spec) {
    Deployment deployment =
        new Deployment("resource", spec, ModelCatalog.bundled().find(spec.model()));
    limiters.follow(deployment);
    byName.put(spec.name(), deployment);
  }

  Admission admit(String deployment, RequestSpec request) {
    int promptTokens = Math.ceilDiv(request.promptCharacters(), 4);
    return limiters.admit(of(deployment), chat(request), () -> promptTokens);
  }

  /** Whether it would be let in now. */
  public boolean hasRoom(String deployment, RequestSpec request) {
    return switch (limiters.read(of(deployment))) {
      case LimitReadings.Bucket bucket -> bucket.utilization() <= FULL;
      case LimitReadings.Windows windows ->
          has(windows.tokens(), Math.ceilDiv(request.promptCharacters(), 4) + request.maxTokens())
              && has(windows.requests(), 1);
    };
  }

  private static boolean has(LimitReading reading, long amount) {
    return reading.limit().isUnlimited() || reading.remaining() >= amount;
  }

  /** Charges a body that nobody can read. */
  Admission admitUnreadable(String deployment) {
    return limiters.admitUnreadable(of(deployment));
  }

  /** Calls that were let in and are not settled. */
  public int unsettled() {
    return limiters.unsettled();
  }

  private Deployment of(String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  private static ChatRequest chat(RequestSpec request) {
    ChatMessage prompt = new ChatMessage("user", null, "p".repeat(request.promptCharacters()));
    return new ChatRequest(
        null,
        Conversation.of(List.of(prompt), request.maxTokens()),
        1,
        1,
        request.stream(),
        false,
        false,
        Parameters.NONE);
  }
}
