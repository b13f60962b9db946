package dev.spillway.cli.demo;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.rehearsal.RehearsalStages;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.run.Kit;
import dev.spillway.scenarios.run.Runner;
import dev.spillway.time.TimeSource;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A deployment throttles as Azure OpenAI does, and the router makes the throttling disappear. */
public final class SeedStory implements AutoCloseable {

  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(10);
  private static final int BURST = 32;
  private static final String SCENARIO = "kit/use-cases/seed-story.yaml";
  private static final long SEED = 42;
  private static final String THROTTLED_BY_TOKENS =
      "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version "
          + Stage.API_VERSION
          + " have exceeded token rate limit";

  private final Stage stage = new Stage();
  private final Caller caller = new Caller();
  private final Screen screen;

  private SeedStory(Screen screen) {
    this.screen = screen;
  }

  /**
   * Both programs, started and waiting for {@link #play()}.
   *
   * @param coloured whether the terminal shows colours
   */
  public static SeedStory on(PrintStream out, boolean coloured) {
    return new SeedStory(new Screen(out, coloured));
  }

  /** Tells the story; true when every promise was kept. */
  public boolean play() {
    introduce();
    straightToMicro();
    lowered();
    throughTheRouter();
    aMinuteLater();
    burst();
    asAScenario();
    screen.verdict();
    return screen.allKept();
  }

  private void introduce() {
    screen.line("Two programs run in this process, on one clock that stands still between calls:");
    screen.line("");
    screen.line(
        "   emulator  "
            + stage.emulator()
            + "   imitates Azure OpenAI; its key is "
            + Stage.AZURE_KEY);
    screen.line(
        "   router    " + stage.router() + "   fails over; a caller's key is " + Stage.CALLER_KEY);
  }

  private void straightToMicro() {
    screen.heading("1. Straight to the deployment 'micro': gpt-35-turbo, 40,000 tokens a minute");
    screen.line("   POST " + straight());
    screen.tableHead();
    List<CallResult> results = calls(2, straight(), Stage.AZURE_KEY, "micro");
    screen.promise("micro answers", results.stream().allMatch(CallResult::isOk));
  }

  private void lowered() {
    screen.heading("2. While it runs, 'micro' is lowered to 1,000 tokens a minute");
    screen.line("   PATCH " + stage.emulator() + "/emulator/deployments/micro  {\"capacity\": 1}");
    stage.control().patch("micro", DeploymentPatch.capacity(1));
    screen.tableHead();
    List<CallResult> results = calls(2, straight(), Stage.AZURE_KEY, "micro");
    CallResult last = results.getLast();
    screen.line("");
    screen.line("   The last answer, word for word (Retry-After: " + last.retryAfter() + "):");
    screen.line("   " + last.body());
    screen.line("");
    screen.promise("what the minute had already charged still counts", results.getFirst().isOk());
    screen.promise(
        "then micro answers 429 with Azure's own text",
        last.status() == 429 && last.body().contains(THROTTLED_BY_TOKENS));
    screen.promise("and says how long to wait", !last.retryAfter().isEmpty());
  }

  private void throughTheRouter() {
    screen.heading("3. The same calls through the router: micro first, 35turbo second");
    screen.line("   POST " + throughRouter() + "  without api-version, with the caller's own key");
    screen.tableHead();
    List<CallResult> results = calls(2, throughRouter(), Stage.CALLER_KEY, null);
    CallResult swapped = results.getFirst();
    screen.line("");
    screen.line("   x-router-trace of the first:  " + swapped.trace());
    screen.line("   and of the second:            " + results.getLast().trace());
    screen.line("");
    screen.promise("no call fails", results.stream().allMatch(CallResult::isOk));
    screen.promise(
        "the first was throttled by micro and finished by 35turbo in the same call",
        swapped.trace().startsWith("micro=429(") && swapped.servedBy().equals("35turbo"));
    screen.promise("micro rests as long as it asked", attempts("micro", 429) == 2);
    screen.promise(
        "the router added api-version and Azure's key, and kept the caller's key to itself",
        reachedAzureProperly());
  }

  private void aMinuteLater() {
    screen.heading("4. The clock moves on by 60 seconds: micro has its quota back");
    stage.move(Duration.ofSeconds(60));
    screen.tableHead();
    List<CallResult> results = calls(1, throughRouter(), Stage.CALLER_KEY, null);
    screen.line("");
    screen.line("   x-router-trace: " + results.getFirst().trace());
    screen.line("");
    screen.promise("the primary serves again", results.getFirst().servedBy().equals("micro"));
  }

  private void burst() {
    screen.heading("5. " + BURST + " callers at once, far over micro's quota");
    stage.limitTokensOnly("micro");
    stage.limitTokensOnly("35turbo");
    stage.move(Duration.ofSeconds(60));
    List<CallResult> results = allAtOnce();
    long ok = results.stream().filter(CallResult::isOk).count();
    long micro = results.stream().filter(result -> result.servedBy().equals("micro")).count();
    screen.line("");
    screen.line("   status 200: %d   other: %d".formatted(ok, BURST - ok));
    screen.line("   served by micro: %d   by 35turbo: %d".formatted(micro, ok - micro));
    screen.line(
        "   429s that the emulator sent: %d, all caught".formatted(attempts("micro", 429) - 2));
    screen.line("");
    screen.promise("nobody sees a 429 while 35turbo has room", ok == BURST);
    screen.promise("micro gives what it has, and not a call more", micro == 3);
  }

  private void asAScenario() {
    screen.heading("6. The same story as a scenario, whose time is its own: three minutes at once");
    screen.line("   spillway check --only seed-story");
    screen.line("");
    Scenario story = Kit.one(new ScenarioReader(name -> null, client -> client), SCENARIO);
    switch (played(story)) {
      case ScenarioResult.Played played ->
          played.verdicts().forEach(verdict -> screen.promise(words(verdict), verdict.passes()));
      case ScenarioResult.Unplayed unplayed -> screen.promise(unplayed.why(), false);
    }
  }

  private static String words(ExpectationVerdict verdict) {
    String calls = verdict.selection().isEmpty() ? "" : " (" + verdict.selection() + ")";
    return verdict.name() + calls + ": " + verdict.seen();
  }

  private static ScenarioResult played(Scenario story) {
    try {
      return new Runner(new RehearsalStages(name -> null), SEED, TimeSource.system()).run(story);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI straight() {
    return stage
        .emulator()
        .resolve("/openai/deployments/micro/chat/completions?api-version=" + Stage.API_VERSION);
  }

  private URI throughRouter() {
    return stage.router().resolve("/completions");
  }

  /**
   * Calls one after the other, with the clock moved between them.
   *
   * @param servedBy what to show for it; null for what the router says
   */
  private List<CallResult> calls(int count, URI address, String key, @Nullable String servedBy) {
    List<CallResult> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CallResult result = caller.call(address, key);
      screen.row(stage, result, servedBy == null ? result.servedBy() : servedBy);
      results.add(result);
      stage.move(BETWEEN_CALLS);
    }
    return results;
  }

  private List<CallResult> allAtOnce() {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CallResult>> calls = new ArrayList<>();
      for (int i = 0; i < BURST; i++) {
        calls.add(callers.submit(() -> caller.call(throughRouter(), Stage.CALLER_KEY)));
      }
      List<CallResult> results = new ArrayList<>();
      for (Future<CallResult> call : calls) {
        results.add(call.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private long attempts(String deployment, int status) {
    return stage.control().journal(JournalQuery.ofDeployment(deployment).withStatus(status)).size();
  }

  private boolean reachedAzureProperly() {
    List<JournalEntry> served =
        stage.control().journal(JournalQuery.ofDeployment("35turbo").withStatus(200));
    return !served.isEmpty()
        && served.stream()
            .allMatch(call ->
                Stage.API_VERSION.equals(call.apiVersion()) && "key1".equals(call.caller()));
  }

  /** Lets the clock run and says how to go on by hand. */
  public void keep() {
    stage.letTheClockRun();
    screen.heading("Both go on running, and the clock runs with them. Try:");
    String body =
        "-H 'Content-Type: application/json' -d '{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"max_tokens\":300}'";
    screen.line(
        "   curl -i " + throughRouter() + " -H 'api-key: " + Stage.CALLER_KEY + "' " + body);
    screen.line("   curl -i '" + straight() + "' -H 'api-key: " + Stage.AZURE_KEY + "' " + body);
    screen.line("   curl " + stage.emulator() + "/emulator/deployments");
    screen.line("   curl " + stage.emulator() + "/emulator/journal");
    screen.line("   curl " + stage.router() + "/router/traces");
  }

  @Override
  public void close() {
    caller.close();
    stage.close();
  }
}
