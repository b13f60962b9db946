package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** What the pages show and no other test runs can at least be read as what it is. */
final class DocsSyntaxIT {

  private static final Pattern BLOCK =
      Pattern.compile("^```([a-z]*)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern COMMAND =
      Pattern.compile("(?:\\$ )?(?:\\./spillway|spillway|docker run .*? spillway) ([a-z]+)\\b(.*)");
  private static final Pattern BEGINS_LIKE_A_COMMAND =
      Pattern.compile(
          "(\\./|[A-Z_]+=|curl |docker |kubectl |image/|benchmarks/|scenarios/|spillway )");
  private static final Pattern FLAG = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");

  /** A block of a page, by where it begins. */
  private record Block(String place, String language, String text) {}

  @Test
  void dataIsOfItsFormat() {
    assertThat(blocks("yaml")).hasSizeGreaterThan(20).allSatisfy(DocsSyntaxIT::readYaml);
    assertThat(blocks("json")).isNotEmpty().allSatisfy(DocsSyntaxIT::readJson);
    assertThat(blocks("xml")).isNotEmpty().allSatisfy(DocsSyntaxIT::readXml);
  }

  @Test
  void commandsAreWhatAShellTakes() {
    assertThat(blocks("").filter(DocsSyntaxIT::isOfCommands))
        .hasSizeGreaterThan(20)
        .allSatisfy(block -> assertTakenBy(block, "bash", "-n", "-c", block.text()));
  }

  /** The words of Python's clients are not run here. */
  @Test
  void pythonIsPython() {
    Missing.unlessThereIs(
        "python3", "python3 is not installed, so that nobody can read the snippets for it");
    assertThat(blocks("python"))
        .isNotEmpty()
        .allSatisfy(block ->
            assertTakenBy(
                block, "python3", "-c", "import ast, sys; ast.parse(sys.argv[1])", block.text()));
  }

  @Test
  void subcommandsHaveTheFlagsThatAreShown() {
    Map<String, String> help = new TreeMap<>();
    List<String> wrong =
        Stream.of("", "console", "bash", "text")
            .flatMap(DocsSyntaxIT::blocks)
            .flatMap(block -> block.text().lines().map(String::strip))
            .map(COMMAND::matcher)
            .filter(Matcher::matches)
            .flatMap(command ->
                FLAG.matcher(command.group(2).replaceAll("( -- | \\| | #).*", ""))
                    .results()
                    .filter(flag ->
                        !help.computeIfAbsent(command.group(1), DocsSyntaxIT::help)
                            .contains(flag.group()))
                    .map(flag -> command.group()))
            .toList();

    assertThat(help).containsKeys("check", "emulator", "router", "verdict");
    assertThat(wrong).isEmpty();
  }

  private static String help(String subcommand) {
    try (Program help = Program.spillway(Program.root(), Map.of(), subcommand, "--help")) {
      assertThat(help.awaitExit()).as(subcommand).isZero();
      return help.out();
    }
  }

  private static boolean isOfCommands(Block block) {
    return block
        .text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .filter(line -> BEGINS_LIKE_A_COMMAND.matcher(line).lookingAt())
        .isPresent();
  }

  private static void assertTakenBy(Block block, String... command) {
    try (Program program = Program.start(Program.root(), Map.of(), List.of(command))) {
      assertThat(program.awaitExit()).as(block.place() + ": " + program.err()).isZero();
    }
  }

  private static void readYaml(Block block) {
    Iterable<Object> documents =
        new Load(LoadSettings.builder().setLabel(block.place()).build())
            .loadAllFromString(block.text());
    assertThatCode(() -> documents.forEach(any -> {})).as(block.place()).doesNotThrowAnyException();
  }

  private static void readJson(Block block) {
    assertThat(new JsonMapper().readTree(block.text())).as(block.place()).isNotNull();
  }

  /** Elements one after the other, as they are put into a file. */
  private static void readXml(Block block) throws Exception {
    String whole = "<all>" + block.text() + "</all>";
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(whole)))
                .getDocumentElement()
                .hasChildNodes())
        .as(block.place())
        .isTrue();
  }

  private static Stream<Block> blocks(String language) {
    return pages().stream()
        .flatMap(DocsSyntaxIT::blocksOf)
        .filter(block -> block.language().equals(language));
  }

  private static List<Path> pages() {
    Path root = Program.root();
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
              Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Block> blocksOf(Path page) {
    try {
      String text = Files.readString(page);
      return BLOCK
          .matcher(text)
          .results()
          .map(found ->
              new Block(
                  page.getFileName() + ":" + (1 + text.substring(0, found.start()).lines().count()),
                  found.group(1),
                  found.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
