package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Bytes;
import dev.spillway.emulator.RawHttp.End;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each fault does to the bytes on the wire, and what the journal says of it. */
class FaultTest {

  private static final String PLAIN = EmulatorFixture.body(34, ",\"max_tokens\":4");
  private static final String STREAM =
      EmulatorFixture.body(34, ",\"max_tokens\":4,\"stream\":true");

  /** The filter's chunk, role, four tokens or three and a stop. */
  private static final int CHUNKS = 5;

  /** Faults after which a connection cannot be used again. */
  private static final Pattern ENDING = Pattern.compile("reset|close|truncate|wrong-length");

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  /** So that no first call is silent while the vocabulary is read. */
  @BeforeEach
  void readTheVocabulary() {
    assertThat(emulator.chat("mini", "2024-10-21", PLAIN).statusLine()).endsWith("200 OK");
    emulator.control().clearJournal();
  }

  private Bytes struck(String fault, String body) {
    emulator.control().inject(FaultSpec.parse(fault).named("the fault"));
    return ENDING.matcher(fault).lookingAt()
        ? emulator.bytesToTheEnd("mini", body)
        : emulator.bytes("mini", body);
  }

  private AbstractObjectAssert<?, JournalEntry> assertThatJournal() {
    return assertThat(emulator.control().journal(JournalQuery.all()).getLast());
  }

  private static int events(Bytes stream) {
    return stream.text().split("data: \\{", -1).length - 1;
  }

  @ParameterizedTest
  @CsvSource({
    "reset at before, RST, 0, 0",
    "close at before, FIN, 0, 0",
    "hang at before, OPEN, 0, 0",
    "reset at headers, RST, 0, 13",
    "close at headers, FIN, 0, 13",
    "hang at headers, OPEN, 0, 13",
  })
  void aConnectionEndsWithoutAByte(String fault, End end, int status, long charged) {
    for (String body : new String[] {PLAIN, STREAM}) {
      emulator.control().clearJournal();
      Bytes answer = struck(fault, body);

      assertThat(answer).isEqualTo(new Bytes("", end));
      assertThatJournal()
          .satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(status);
            assertThat(entry.end()).isEqualTo(JournalEntry.FAILED);
            assertThat(entry.reason()).isEqualTo("the fault");
            assertThat(entry.chargedTokens()).isEqualTo(charged == 0 ? null : charged);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"reset, RST", "close, FIN", "hang, OPEN"})
  void aBodyThatIsNotStreamedIsCutAfterItsHeadersAfterSoManyBytesOrAtItsEnd(String what, End end) {
    Bytes whole = emulator.bytes("mini", PLAIN);
    int length = whole.body().length();

    Bytes none = struck(what + " at body", PLAIN);
    Bytes some = struck(what + " at byte 100", PLAIN);
    Bytes all = struck(what + " at end", PLAIN);

    assertThat(whole.end()).isEqualTo(End.OPEN);
    assertThat(none.header("Content-Length")).isEqualTo("" + length);
    assertThat(none.body()).isEmpty();
    assertThat(some.body()).hasSize(100);
    assertThat(all.body()).hasSize(length);
    assertThat(new End[] {none.end(), some.end(), all.end()}).containsOnly(end);
    assertThatJournal()
        .satisfies(entry -> {
          assertThat(entry.status()).isEqualTo(200);
          assertThat(entry.end()).isEqualTo(JournalEntry.FAILED);
          assertThat(entry.completionTokens()).isEqualTo(4);
        });
  }

  @ParameterizedTest
  @CsvSource({"reset, RST", "close, FIN", "hang, OPEN"})
  void aStreamIsCutAtItsHeadAtAChunkOrAtItsEnd(String what, End end) {
    Bytes none = struck(what + " at body", STREAM);
    Bytes two = struck(what + " at chunk 3", STREAM);
    Bytes all = struck(what + " at end", STREAM);
    Bytes beyond = struck(what + " at chunk 100", STREAM);

    assertThat(none.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(none.body()).isEmpty();
    assertThat(events(two)).isEqualTo(1 + 2);
    assertThat(events(all)).isEqualTo(1 + CHUNKS);
    assertThat(beyond.body()).hasSameSizeAs(all.body()).doesNotContain("[DONE]");
    assertThat(new End[] {none.end(), two.end(), all.end(), beyond.end()}).containsOnly(end);
  }

  @Test
  void aStreamIsBilledUpToItsCut() {
    Bytes unused = struck("close at chunk 3", STREAM);

    assertThatJournal()
        .satisfies(entry -> {
          assertThat(entry.end()).isEqualTo(JournalEntry.FAILED);
          assertThat(entry.reason()).isEqualTo("the fault");
          assertThat(entry.completionTokens()).isEqualTo(1);
          assertThat(entry.chargedTokens()).isEqualTo(13);
        });
  }

  @ParameterizedTest
  @CsvSource({"at body, 2", "at byte 7, 0"})
  void aTruncatedBodyIsShorterThanItsLength(String at, int half) {
    Bytes answer = struck("truncate " + at, PLAIN);

    int told = Integer.parseInt(answer.header("Content-Length"));
    assertThat(answer.body()).hasSize(half == 0 ? 7 : told / half);
    assertThat(answer.end()).isEqualTo(End.FIN);
  }

  @Test
  void aTruncatedChunkIsShorterThanItsSize() {
    Bytes answer = struck("truncate at chunk 2", STREAM);

    List<String> lines = lines(answer);
    assertThat(answer.end()).isEqualTo(End.FIN);
    assertThat(lines.getLast())
        .startsWith("data: {")
        .hasSize(size(lines.get(lines.size() - 2)) / 2);
  }

  /** What the transfer coding puts between line ends: sizes, and chunks. */
  private static List<String> lines(Bytes stream) {
    return List.of(stream.body().split("\r\n", -1));
  }

  private static int size(String line) {
    return Integer.parseInt(line, 16);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, -10})
  void aWrongLengthIsThatOfAnotherBody(int by) {
    int length = emulator.bytes("mini", PLAIN).body().length();

    Bytes answer = struck("wrong-length " + by + " at headers", PLAIN);

    assertThat(answer.header("Content-Length")).isEqualTo("" + (length + by));
    assertThat(answer.body()).hasSize(length);
    assertThat(answer.end()).isEqualTo(End.FIN);
    assertThatJournal()
        .returns(200, JournalEntry::status)
        .returns("the fault", JournalEntry::reason);
  }

  @Test
  void aChunkOfAWrongLengthIsWholeAndTheLast() {
    Bytes answer = struck("wrong-length +3 at chunk 2", STREAM);

    List<String> lines = lines(answer);
    assertThat(lines.get(lines.size() - 2))
        .hasSize(size(lines.get(lines.size() - 3)) - 3)
        .endsWith("\n\n");
    assertThat(answer.end()).isEqualTo(End.FIN);
  }

  @Test
  void malformedJsonIsHalfOfABodyInSoundHttp() {
    int length = emulator.bytes("mini", PLAIN).body().length();

    Bytes answer = struck("malformed-json", PLAIN);

    assertThat(answer.header("Content-Length")).isEqualTo("" + length / 2);
    assertThat(answer.body()).startsWith("{").hasSize(length / 2);
    assertThat(answer.end()).isEqualTo(End.OPEN);
    assertThatJournal().returns(JournalEntry.FAILED, JournalEntry::end);
  }

  @Test
  void malformedJsonIsOneChunkOfAStreamThatGoesOn() {
    Bytes answer = struck("malformed-json at chunk 2", STREAM);

    assertThat(events(answer)).isEqualTo(1 + CHUNKS);
    assertThat(answer.body().lines().filter(line -> line.startsWith("data: {")))
        .filteredOn(line -> !line.endsWith("}"))
        .hasSize(1);
    assertThat(answer.body()).contains("data: [DONE]");
    assertThatJournal()
        .returns(JournalEntry.FAILED, JournalEntry::end)
        .returns(4, JournalEntry::completionTokens);
  }

  @Test
  void aMalformedEventIsJsonWithoutItsField() {
    Bytes answer = struck("malformed-sse at chunk 2", STREAM);

    assertThat(answer.body().lines().filter(line -> line.startsWith("{"))).hasSize(1);
    assertThat(events(answer)).isEqualTo(1 + CHUNKS - 1);
    assertThat(answer.body()).contains("data: [DONE]");
  }

  @Test
  void aStreamMayMissItsDone() {
    Bytes answer =
        struck(
            "missing-done", STREAM.replace("}]", "}],\"stream_options\":{\"include_usage\":true}"));

    assertThat(answer.body())
        .doesNotContain("[DONE]")
        .contains("\"usage\":{")
        .endsWith("0\r\n\r\n");
    assertThat(answer.end()).isEqualTo(End.OPEN);
    assertThatJournal()
        .returns(JournalEntry.FAILED, JournalEntry::end)
        .returns(4, JournalEntry::completionTokens);
  }

  @ParameterizedTest
  @CsvSource({"body, 0", "chunk 1, 1", "chunk 3, 3", "end, 6"})
  void aStreamMayEndInAnError(String at, int before) {
    Bytes answer = struck("error-event server-error at " + at, STREAM);

    assertThat(events(answer)).isEqualTo(before + 1);
    assertThat(answer.body())
        .contains("data: {\"error\":{\"message\":\"The server had an error processing")
        .endsWith("0\r\n\r\n")
        .doesNotContain("[DONE]");
  }

  @ParameterizedTest
  @CsvSource({"before, 0", "headers, 13"})
  void anotherStatusTakesTheAnswersPlace(String at, long charged) {
    for (String body : new String[] {PLAIN, STREAM}) {
      emulator.control().clearJournal();
      Bytes answer = struck("status 503 at " + at, body);

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
      assertThat(answer.body())
          .isEqualTo("{\"error\":{\"code\":\"503\",\"message\": \"Service Unavailable\"}}");
      assertThat(answer.header("x-ms-region")).isEqualTo("East US");
      assertThat(answer.end()).isEqualTo(End.OPEN);
      assertThatJournal()
          .satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(503);
            assertThat(entry.end()).isEqualTo(JournalEntry.COMPLETE);
            assertThat(entry.reason()).isEqualTo("the fault");
            assertThat(entry.chargedTokens()).isEqualTo(charged == 0 ? null : charged);
          });
    }
  }

  @Test
  void aStatusMayHaveABodyAndHeadersOfItsOwn() {
    emulator.send(
        "POST /emulator/faults HTTP/1.1",
        """
        {"name":"teapot","what":{"status":418,"body":"short and stout",
         "headers":{"Content-Type":"text/plain","Retry-After":"7"}}}\
        """);

    Bytes answer = emulator.bytes("mini", PLAIN);

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 418");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.body()).isEqualTo("short and stout");
    assertThatJournal().returns(7_000L, JournalEntry::retryAfterMillis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "headers"})
  void aProxysPageHasNothingOfAzures(String at) {
    Bytes answer = struck("html 502 at " + at, PLAIN);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    assertThat(answer.header("apim-request-id")).isEmpty();
    assertThat(answer.body()).startsWith("<!DOCTYPE html>").contains("<h1>502 Bad Gateway</h1>");
  }

  @Test
  void anErrorOfTheServiceAfterTheModelHasWorkedIsChargedAndBilled() {
    Bytes answer = struck("error server-error at headers", PLAIN);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 500 Server Error");
    assertThat(answer.body()).contains("\"type\": \"server_error\"");
    assertThatJournal()
        .returns(500, JournalEntry::status)
        .returns(13L, JournalEntry::chargedTokens)
        .returns(4, JournalEntry::completionTokens);
  }

  @Test
  void faultsStrikeWhateverIsAsked() {
    emulator.control().inject(FaultSpec.parse("html 503"));

    assertThat(emulator.post("/openai/v1/files", "{}").statusLine()).startsWith("HTTP/1.1 503");
    assertThat(emulator.send("GET /openai/models HTTP/1.1", "").statusLine())
        .startsWith("HTTP/1.1 503");
    assertThat(emulator.send("GET /emulator/health HTTP/1.1", "").statusLine()).endsWith("200 OK");
  }

  @Test
  void answersThatAreErrorsAreStruckToo() {
    Bytes answer = struck("truncate", "{\"messages\":[]}");

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 400");
    assertThat(answer.body().length())
        .isEqualTo(Integer.parseInt(answer.header("Content-Length")) / 2);
    assertThatJournal()
        .returns(400, JournalEntry::status)
        .returns(JournalEntry.FAILED, JournalEntry::end);
  }

  @Test
  void theNextConnectionIsSound() {
    Bytes unused = struck("reset at chunk 2", STREAM);
    emulator.control().clearFaults();

    assertThat(emulator.bytes("mini", STREAM).body()).contains("[DONE]");
  }
}
