package dev.spillway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.FaultKind;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultPlace.Phase;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a fault does to a connection, the router takes it for the same in memory. */
@Timeout(120)
class FaultContractTest {

  private static Contestants contestants;

  /** What strikes, whom, and whether the connection has been used before. */
  record Case(List<FaultSpec> faults, boolean stream, boolean kept, boolean impatient) {

    /** As a call asks for it. */
    String words() {
      return String.join(
          "; ", faults.stream().map(one -> one.what().text() + " at " + one.at().text()).toList());
    }

    /** Whether it is set beforehand, as no call can ask for it. */
    boolean isState() {
      return faults.getFirst().what().kind().isState();
    }

    @Override
    public String toString() {
      return words() + (stream ? ", stream" : ", whole") + (kept ? ", kept" : ", fresh");
    }
  }

  @BeforeAll
  static void start() {
    contestants = new Contestants(cases().toList());
  }

  @AfterAll
  static void stop() {
    contestants.close();
  }

  static Stream<Case> cases() {
    return Arrays.stream(FaultKind.values())
        .flatMap(kind -> words(kind).flatMap(words -> at(kind, words)));
  }

  private static Stream<String> words(FaultKind kind) {
    return switch (kind) {
      case STATUS -> Stream.of("status 503", "status 429", "status 401", "status 400");
      case ERROR -> Stream.of("error server-error", "error engine-overloaded");
      case PRESET -> Stream.of("retry-after-24h", "no-wait-at-all");
      case HTML -> Stream.of("html 502", "html 200");
      case DELAY -> Stream.of("delay 20ms", "delay 1h");
      case STALL -> Stream.of("stall 20ms", "stall 1h");
      case HANG -> Stream.of("hang", "hang 20ms");
      case RESET -> Stream.of("reset");
      case CLOSE -> Stream.of("close");
      case TRUNCATE -> Stream.of("truncate");
      case WRONG_LENGTH -> Stream.of("wrong-length +10", "wrong-length -10");
      case MALFORMED_JSON -> Stream.of("malformed-json");
      case MALFORMED_SSE -> Stream.of("malformed-sse");
      case ERROR_EVENT -> Stream.of("error-event server-error");
      case MISSING_DONE -> Stream.of("missing-done");
      case DRIP -> Stream.of("drip 50 every 1ms");
      case REFUSED -> Stream.of("refused");
      case SLOW_FIRST_TOKEN -> Stream.of("slow-first-token 5");
    };
  }

  private static Stream<Case> at(FaultKind kind, String words) {
    if (kind.isState()) {
      FaultMatch here = FaultMatch.ANY.withResource("contoso");
      return each(List.of(FaultSpec.parse(words, here, FaultSchedule.ALWAYS)), words);
    }
    return kind.places().stream()
        .flatMap(FaultContractTest::named)
        .flatMap(
            place -> each(afterAPause(FaultSpec.of("strikes", words).at(place), place), words));
  }

  private static Stream<String> named(Phase phase) {
    return switch (phase) {
      case BYTE -> Stream.of("byte 20");
      case CHUNK -> Stream.of("chunk 1", "chunk 3");
      case BEFORE, HEADERS, BODY, END -> Stream.of(phase.label());
    };
  }

  /**
   * So that nobody overtakes what has been sent: a client that is told of a cut forgets the rest.
   */
  private static List<FaultSpec> afterAPause(FaultSpec fault, String place) {
    return place.startsWith("chunk") || place.equals("end")
        ? List.of(FaultSpec.of("pause", "stall 30ms").at(place), fault)
        : List.of(fault);
  }

  private static Stream<Case> each(List<FaultSpec> faults, String words) {
    boolean impatient = words.equals("hang") || words.endsWith(" 1h");
    List<Case> cases = new ArrayList<>();
    for (boolean stream : new boolean[] {false, true}) {
      if (faults.stream().allMatch(fault -> fault.suits(stream))) {
        cases.add(new Case(faults, stream, false, impatient));
        if (strikesBeforeTheHead(faults.getLast())) {
          cases.add(new Case(faults, stream, true, impatient));
        }
      }
    }
    return cases.stream();
  }

  /** Only then it matters whether the connection has been used before. */
  private static boolean strikesBeforeTheHead(FaultSpec fault) {
    return fault.at().phase() == Phase.BEFORE || fault.at().phase() == Phase.HEADERS;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void routerTakesItForTheSame(Case of) throws Exception {
    assertThat(contestants.inMemory(of)).isEqualTo(contestants.overLoopback(of));
  }

  @Test
  void everyKindIsPlayed() {
    EnumSet<FaultKind> played = EnumSet.noneOf(FaultKind.class);
    cases().flatMap(of -> of.faults().stream()).forEach(fault -> played.add(fault.what().kind()));
    assertThat(played).isEqualTo(EnumSet.allOf(FaultKind.class));
  }
}
