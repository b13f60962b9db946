package dev.spillway.emulator;

import static dev.spillway.control.stub.Conditions.call;
import static dev.spillway.control.stub.Conditions.deployment;
import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.RequestAsSent;
import dev.spillway.emulator.request.ToolCall;
import dev.spillway.emulator.stub.Asked;
import dev.spillway.emulator.stub.StubVerdict;
import dev.spillway.emulator.stub.Stubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What docs/stubs.md shows is what happens. */
class StubsDocTest {

  private static final Path DOC = Path.of("..", "docs", "stubs.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "dev", "spillway", "emulator", "StubsDocTest.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n(stubs:.*?)```\n\n```text\n(>.*?)```", Pattern.DOTALL);

  /** A file's stubs, and what is said with them. */
  record Example(String yaml, String talk) {}

  private static String doc() throws IOException {
    return Files.readString(DOC);
  }

  static List<Example> examples() throws IOException {
    return EXAMPLE.matcher(doc()).results().map(StubsDocTest::example).toList();
  }

  private static Example example(MatchResult found) {
    return new Example(found.group(1), found.group(2));
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(examples()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theDeploymentSaysWhatTheExampleSays(Example example) {
    Stubs stubs = new Stubs();
    EmulatorConfig.parse("stubs.yaml", example.yaml(), name -> null)
        .stubs()
        .forEach(stub -> {
          var unused = stubs.put(stub);
        });
    List<ChatMessage> messages = new ArrayList<>();
    for (String line : example.talk().lines().toList()) {
      if (line.startsWith("< ")) {
        assertThat(said(stubs, messages)).isEqualTo(line.substring(2));
        messages.add(answered(line.substring(2)));
      } else {
        messages.add(asked(line.substring(2)));
      }
    }
  }

  /** What the user says, or {@code f: ...} of the tool f. */
  private static ChatMessage asked(String line) {
    int colon = line.indexOf(": ");
    if (colon < 0) {
      return new ChatMessage("user", null, line);
    }
    ChatMessage text = new ChatMessage("tool", null, line.substring(colon + 2));
    return new ChatMessage("tool", null, text.content(), List.of(), line.substring(0, colon));
  }

  private static ChatMessage answered(String line) {
    int open = line.indexOf("({");
    if (open < 0) {
      return new ChatMessage("assistant", null, line);
    }
    String tool = line.substring(0, open);
    ToolCall call = new ToolCall(tool, tool, line.substring(open + 1, line.length() - 1));
    return new ChatMessage("assistant", null, List.of(), List.of(call), null);
  }

  private static String said(Stubs stubs, List<ChatMessage> messages) {
    Asked asked =
        new Asked(
            "local",
            "chat",
            "gpt-4o",
            "chat/completions",
            false,
            Conversation.of(List.copyOf(messages), null),
            RequestAsSent.NOTHING);
    return switch (stubs.ask(asked)) {
      case StubVerdict.Unmatched none -> none.toString();
      case StubVerdict.Answered answered -> {
        var words = answered.words(Instant.EPOCH, new CallSeed(1, 2).random("stub"));
        yield words.calls().stream()
            .map(one -> one.name() + "(" + one.arguments() + ")")
            .findFirst()
            .orElse(words.text());
      }
    };
  }

  @Test
  void theGeneratorsAndTheRefusalAreAsShown() throws IOException {
    String resources =
        Pattern.compile("```yaml\n(resources:.*?)```", Pattern.DOTALL)
            .matcher(doc())
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow();
    try (EmulatorFixture emulator =
        EmulatorFixture.ofYaml(
            "listen: 127.0.0.1:0\n"
                + "stubs: [{name: weather, when: {user: weather}, answer: Sunny}]\n"
                + resources.replace("local:", "local:\n    keys: [emulator-key-1]"))) {
      String wrong = EmulatorFixture.asking("the wether?", "");

      assertThat(emulator.chat("echo", "2024-10-21", wrong).body()).contains("\"the wether?\"");
      assertThat(emulator.chat("fixed", "2024-10-21", wrong).body()).contains("\"It depends.\"");
      assertThat(doc()).contains(refusal(emulator.chat("tests", "2024-10-21", wrong).body()));
    }
  }

  private static String refusal(String body) {
    return new JsonMapper().readTree(body).at("/error/message").asString();
  }

  @Test
  void theReadmesStubIsOne() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String yaml = readme.substring(readme.indexOf("\nstubs:\n"));

    assertThat(
            EmulatorConfig.parse(
                    "readme.yaml", yaml.substring(0, yaml.indexOf("```")), name -> null)
                .stubs())
        .hasSize(1);
  }

  @Test
  void everyCurlLineDoesWhatItShows() throws IOException {
    try (EmulatorFixture emulator = EmulatorFixture.start("2024")) {
      List<Curl> lines = curls(doc());
      assertThat(lines).hasSize(9);
      for (Curl line : lines) {
        assertThat(emulator.send(line.head(), line.body()).statusLine())
            .as(line.head())
            .containsPattern(" 20[04] ");
      }
      assertThat(emulator.control().stubs().all()).isEmpty();
    }
  }

  /** A line for curl, as it goes over the wire. */
  record Curl(String head, String body) {}

  private static List<Curl> curls(String doc) {
    return Pattern.compile(
            "curl (?:-X (\\w+) )?http://127.0.0.1:8080(\\S+)(?: \\\\\n +-d '(.*?)')?\n")
        .matcher(doc)
        .results()
        .map(found -> {
          String method = found.group(1) == null ? "GET" : found.group(1);
          String body = found.group(3) == null ? "" : found.group(3);
          return new Curl(method + " " + found.group(2) + " HTTP/1.1", body);
        })
        .toList();
  }

  @Test
  void theJavaIsTheJavaOfThisTest() throws IOException {
    String source = Files.readString(SOURCE);
    String java =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(doc())
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow();

    assertThat(Stream.of(java.split("\n\n")))
        .hasSize(3)
        .allSatisfy(part -> assertThat(squeezed(source)).contains(squeezed(part)));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void theJavaOfTheDocSetsTwoStubs() {
    try (EmulatorFixture emulator = EmulatorFixture.start("2024")) {
      put(emulator.control());

      assertThat(emulator.control().stubs().all())
          .extracting(StubStatus::stub)
          .extracting(StubSpec::name)
          .containsExactly("weather", "stub-1");
    }
  }

  @SuppressWarnings("CheckReturnValue") // as a reader would write it
  private static void put(EmulatorControl control) {
    control
        .stubs()
        .put(
            Stub.when(deployment("chat").and(user().matches("weather in (\\w+)")))
                .callsTool("get_weather", Map.of("city", "{{regex.1}}"))
                .then()
                .says("It is {{result}} in {{json.metadata.city}}.")
                .named("weather"));

    control
        .stubs()
        .put(
            Stub.when(user().contains("hello").and(call(1))).streams("Hel", "lo.").billed(100, 20));
  }
}
