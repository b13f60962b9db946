package dev.spillway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.PartException;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RehearsalTest {

  private static final String TOKEN = "credential: managed-identity";

  private final List<String> seen = new ArrayList<>();

  @Test
  void callIsServedByTheEmulatorThroughTheRouter() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.play(List.of(caller(stage, "caller", Duration.ZERO, Fixture.call("Hello", false))));

      assertThat(seen).singleElement().asString().contains(" 200 ", "\"usage\"");
      assertThat(journal(stage)).extracting(JournalEntry::resource).containsExactly("primary");
      assertThat(stage.traces()).hasSize(1);
    }
  }

  @Test
  void streamComesInTheTimeOfTheStage() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.emulator().inject(FaultSpec.of("slow", "stall 10s").at("chunk 3"));
      stage.play(List.of(caller(stage, "caller", Duration.ZERO, Fixture.call("Hello", true))));

      assertThat(seen).singleElement().asString().contains(" 200 ", "data: [DONE]", "after PT10");
    }
  }

  @Test
  void throttledCallIsFinishedOnTheSecondDeployment() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.emulator().inject(FaultSpec.of("full", "milliseconds").onResource("primary"));
      stage.play(List.of(caller(stage, "caller", Duration.ZERO, Fixture.call("Hello", false))));

      assertThat(seen).singleElement().asString().contains(" 200 ");
      assertThat(journal(stage))
          .extracting(JournalEntry::resource)
          .containsExactlyInAnyOrder("primary", "secondary");
    }
  }

  @Test
  void closedDoorRefusesAndCutsAndIsOpenedAgain() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage
          .emulator()
          .inject(
              FaultSpec.parse(
                  "refused",
                  FaultMatch.ANY.withResource("primary"),
                  FaultSchedule.ALWAYS.withWindow(Duration.ofSeconds(10), Duration.ofSeconds(40))));
      stage.play(
          List.of(
              caller(stage, "before", Duration.ofSeconds(1), Fixture.call("before", false)),
              caller(stage, "while", Duration.ofSeconds(20), Fixture.call("while", false)),
              caller(stage, "after", Duration.ofSeconds(80), Fixture.call("after", false))));

      assertThat(journal(stage))
          .extracting(JournalEntry::resource)
          .containsExactlyInAnyOrder("primary", "secondary", "primary");
      assertThat(stage.traces().get(1)).contains("unreachable");
    }
  }

  @Test
  void callerWhoLosesPatienceLeavesAndEverybodyNotices() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.emulator().inject(FaultSpec.of("hangs", "hang"));
      HttpCall call = Fixture.call("Hello", false, Duration.ofSeconds(5));
      stage.play(
          List.of(
              new Part(
                  "caller",
                  () ->
                      assertThatThrownBy(() -> stage.send(call))
                          .isInstanceOf(CallerLeftException.class))));

      assertThat(Duration.ofNanos(stage.time().nanoTime())).isEqualTo(Duration.ofSeconds(5));
      assertThat(stage.traces()).singleElement().asString().contains("caller-left");
    }
  }

  @Test
  void cutStreamIsNeverTakenForAWholeOne() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.emulator().inject(FaultSpec.of("cut", "reset").at("chunk 4"));
      stage.play(List.of(caller(stage, "caller", Duration.ZERO, Fixture.call("Hello", true))));

      assertThat(seen).singleElement().asString().contains("stream_interrupted", "EOFException");
    }
  }

  @Test
  void oneSeedGivesOneRunAndAnotherAnother() throws Exception {
    List<String> first = story(7);

    assertThat(story(7)).isEqualTo(first);
    assertThat(story(8)).isNotEqualTo(first);
  }

  /** Forty callers at the same moments, who meet faults. */
  private List<String> story(long seed) throws Exception {
    seen.clear();
    try (Stage stage = Fixture.stage(seed)) {
      stage.emulator().inject(FaultSpec.of("flaky", "status 503").withProbability(0.3));
      stage.emulator().inject(FaultSpec.of("cuts", "reset").at("chunk 3").withProbability(0.2));
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        parts.add(
            caller(
                stage,
                "caller " + i,
                Duration.ofSeconds(i / 8),
                Fixture.call("Hello " + i, i % 2 == 0)));
      }
      stage.play(parts);
      List<String> story = new ArrayList<>(seen);
      journal(stage).forEach(entry -> story.add(entry.toString()));
      story.addAll(stage.traces());
      return story;
    }
  }

  @Test
  void anHourIsPlayedWithoutWaitingForIt() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < 360; i++) {
        parts.add(
            caller(
                stage,
                "caller " + i,
                Duration.ofSeconds(10L * i),
                Fixture.call("Hello " + i, i % 2 == 0)));
      }
      stage.play(parts);

      assertThat(seen).hasSize(360).allMatch(one -> one.contains(" 200 "));
      assertThat(Duration.ofNanos(stage.time().nanoTime())).isEqualTo(Duration.ofSeconds(3590));
    }
  }

  @Test
  void partThatFailsEndsTheOthers() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      Part fails =
          new Part(
              "fails",
              () -> {
                throw new IllegalStateException("no");
              });
      Part waits = new Part("waits", () -> stage.time().sleep(Duration.ofDays(1)));

      assertThatThrownBy(() -> stage.play(List.of(waits, fails)))
          .isInstanceOf(PartException.class)
          .hasMessageContaining("'fails' failed");
      assertThat(stage.time().nanoTime()).isZero();
    }
  }

  @Test
  void whoHangsWhenAllIsOverIsLetGo() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      stage.emulator().inject(FaultSpec.of("hangs", "hang").at("end"));
      var unused = stage.emulator().freeze();
      stage.play(List.of(caller(stage, "caller", Duration.ZERO, Fixture.call("Hello", false))));

      assertThat(seen).singleElement().asString().contains(" 200 ");
    }
  }

  @Test
  void partsThatCannotGoOnAreNamed() throws Exception {
    try (Stage stage = Fixture.stage(1)) {
      Part waits = new Part("waits", () -> stage.time().gate("never").pass());

      assertThatThrownBy(() -> stage.play(List.of(waits)))
          .isInstanceOf(PartException.class)
          .hasMessage("seed 1: nobody can go on: 'waits' waits for 'never'");
    }
  }

  @Test
  void whatCannotBeRehearsedIsSaidInOneLine() {
    RehearsalStages stages = new RehearsalStages(name -> null);

    assertThatThrownBy(() -> stages.set(Fixture.setup("api-key: primary-key", TOKEN), 1))
        .isInstanceOf(StageException.class)
        .hasMessage(
            "the token of Entra that the backend 'primary' wants cannot be rehearsed, but played in"
                + " real time");
    assertThatThrownBy(() -> stages.set(Fixture.setup("18080", "18801"), 1))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("127.0.0.1:18801 is already in use");
  }

  private Part caller(Stage stage, String name, Duration at, HttpCall call) {
    return new Part(
        name,
        () -> {
          stage.time().sleep(at);
          long before = stage.time().nanoTime();
          StringBuilder got = new StringBuilder(name);
          try (Reply reply = stage.send(call)) {
            got.append(' ').append(reply.status()).append(' ').append(reply.headers());
            read(reply, got);
          } catch (IOException e) {
            got.append(e);
          }
          seen.add(got + " after " + Duration.ofNanos(stage.time().nanoTime() - before));
        });
  }

  private static void read(Reply reply, StringBuilder into) throws IOException {
    byte[] buffer = new byte[1024];
    for (int read = reply.body().read(buffer); read >= 0; read = reply.body().read(buffer)) {
      into.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
    }
  }

  private static List<JournalEntry> journal(Stage stage) {
    return stage.emulator().journal(JournalQuery.all());
  }
}
