package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.it.Docker.Container;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image as docs/containers.md promises it, in real containers. */
final class ImageIT {

  private static final String ANY = "127.0.0.1::";
  private static final String EMULATOR = ANY + "8080";
  private static final String ROUTER = ANY + "8081";
  private static final long MEGABYTE = 1_000_000;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void build() {
    Docker.buildImage();
  }

  @Test
  void everyCommandIsInIt() {
    assertThat(Docker.run("run", "--rm", Docker.IMAGE, "--version")).startsWith("spillway ");
    assertThat(Docker.run("run", "--rm", Docker.IMAGE, "demo")).endsWith("promises kept.");
  }

  @Test
  void itIsSmallAndRunsAsNobodyInParticular() {
    String layers = Docker.run("history", "--human=false", "--format={{.Size}}", Docker.IMAGE);
    long copied =
        layers
            .lines()
            .mapToLong(Long::parseLong)
            .filter(size -> size > 0)
            .findFirst()
            .orElseThrow();
    String user = Docker.run("inspect", "--format={{.Config.User}}", Docker.IMAGE);

    assertThat(copied).isBetween(100 * MEGABYTE, 220 * MEGABYTE);
    assertThat(user).isEqualTo("10001:10001");
  }

  @Test
  void aStartTakesWhatItLoadsFromTheCache() {
    String loaded =
        Docker.run(
            "run", "--rm", "--env=SPILLWAY_JAVA_OPTS=-Xlog:class+load", Docker.IMAGE, "--version");

    assertThat(loaded.lines().filter(line -> line.contains("shared objects file")).count())
        .isGreaterThan(1000);
  }

  @Test
  void theEmulatorAnswersAndIsSteeredByNobodyWithoutAnAdminKey() throws Exception {
    try (Container container = hardened("--publish", EMULATOR, Docker.IMAGE, "emulator")) {
      container.awaitHealth();
      URI emulator = container.at(8080);

      assertThat(chat(emulator, "micro", "emulator-key").statusCode()).isEqualTo(200);
      assertThat(chat(emulator, "micro", "another-key").statusCode()).isEqualTo(401);
      assertThat(get(emulator.resolve("/emulator/deployments"), "x-admin-key", "").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void theEnvironmentConfiguresTheEmulator() throws Exception {
    try (Container container =
        hardened(
            "--publish=" + EMULATOR,
            "--env=SPILLWAY_EMULATOR_DEPLOYMENTS=small=gpt-35-turbo:1k,big=gpt-4o:100k",
            "--env=SPILLWAY_EMULATOR_KEY=my-key",
            "--env=SPILLWAY_ADMIN_KEY=my-admin-key",
            Docker.IMAGE,
            "emulator")) {
      container.awaitHealth();
      URI emulator = container.at(8080);

      assertThat(chat(emulator, "big", "my-key").statusCode()).isEqualTo(200);
      assertThat(
              get(emulator.resolve("/emulator/deployments"), "x-admin-key", "my-admin-key").body())
          .contains("\"small\"", "\"big\"")
          .doesNotContain("\"micro\"");
    }
  }

  @Test
  void theRouterReadsItsMountedFileAndDrainsWhenItIsStopped() throws Exception {
    String files = Program.root().resolve("examples/compose") + ":/etc/spillway:ro";
    try (Container container =
        hardened("--publish=" + ROUTER, "--volume=" + files, Docker.IMAGE, "router")) {
      container.awaitHealth();

      assertThat(get(container.at(8081).resolve("/router/traces"), "api-key", "").statusCode())
          .isEqualTo(401);
      assertThat(container.stop()).isZero();
      assertThat(container.out()).contains("analysts").endsWith("spillway: stopped");
    }
  }

  @Test
  void withoutItsFileTheRouterEndsWithOneLine() {
    try (Program router = Docker.start("run", "--rm", Docker.IMAGE, "router")) {
      assertThat(router.awaitExit()).isEqualTo(2);
      assertThat(router.out())
          .isEqualTo("spillway: /etc/spillway/router.yaml: there is no such file\n");
    }
  }

  /** A container that may do as little as the page says. */
  private static Container hardened(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "--read-only";
    all[1] = "--cap-drop=ALL";
    all[2] = "--security-opt=no-new-privileges";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Container.run(all);
  }

  private HttpResponse<String> chat(URI emulator, String deployment, String key)
      throws IOException, InterruptedException {
    String path = "/openai/deployments/" + deployment + "/chat/completions?api-version=2024-10-21";
    return http.send(
        HttpRequest.newBuilder(emulator.resolve(path))
            .header("api-key", key)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(URI address, String header, String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (!key.isEmpty()) {
      request.header(header, key);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
