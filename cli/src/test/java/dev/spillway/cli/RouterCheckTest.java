package dev.spillway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.router.RouterConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code router --check} and {@code --explain} print, and what they end with. */
class RouterCheckTest {

  private static final String GOOD =
      """
      backends:
        a: {url: "http://a", api-version: 2024-10-21, api-key: secret}
        b: {url: "http://b", api-version: 2024-10-21, api-key: secret}
      pools:
        gpt: [{backend: a}, {backend: b}]
      routes:
        - {deployment: gpt, pool: gpt}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Path file = Path.of("router.yaml");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("router.yaml"), GOOD);
  }

  @Test
  void aGoodFileEndsWithZero() throws Exception {
    assertThat(check(false)).isZero();
    assertThat(text()).isEqualTo(file + ": nothing to complain about\n");
  }

  @Test
  void warningsEndWithOne() throws Exception {
    Files.writeString(file, GOOD.replace(", {backend: b}", ""));

    assertThat(check(false)).isEqualTo(1);
    assertThat(text())
        .startsWith("router.yaml:3: warning: the backend 'b' is in no pool")
        .contains("router.yaml:5: warning: the pool 'gpt' cannot fail over")
        .endsWith(": 2 findings\n");
  }

  @Test
  void errorsEndWithTwo() throws Exception {
    Files.writeString(file, GOOD.replace("pool: gpt", "pool: gtp"));

    assertThat(check(true)).isEqualTo(2);
    assertThat(text()).contains("\"errors\" : 1", "\"line\" : 7");
  }

  @Test
  void aRequestIsExplainedByItsBodyAndItsPath() throws Exception {
    Path body = Files.writeString(folder.resolve("body.json"), "{\"messages\": []}");
    RouterConfig config = RouterConfig.read(file, name -> null);
    String path = "/openai/deployments/gpt/chat/completions";

    assertThat(new RouterExplain(body, path, null, false).run(config, out())).isZero();
    assertThat(text())
        .contains("first         asks a\n")
        .contains("POST http://b/openai/deployments/b/chat/completions?api-version=2024-10-21")
        .doesNotContain("secret");
    assertThatThrownBy(() -> new RouterExplain(body, null, null, false).run(config, out()))
        .hasMessage(
            body
                + ": has an unknown member 'messages'; there are method, path, headers, caller, body"
                + "; a file that is a request's body alone needs --path");
  }

  private int check(boolean json) throws InterruptedException {
    return new RouterCheck(file, true, false, json).run(out());
  }

  private PrintStream out() {
    return new PrintStream(printed, true, UTF_8);
  }

  private String text() {
    return printed.toString(UTF_8).replace("\r\n", "\n");
  }
}
