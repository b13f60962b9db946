package dev.spillway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The run that the image's cache of loaded classes is made from: both programs are started by their
 * commands, and a call that the first deployment refuses goes through both, whole and as a stream.
 * What is loaded here need not be loaded at the start of a container.
 */
final class TrainingRun {

  private static final String EMULATOR_YAML =
      """
      wire: "2024"
      resources:
        contoso:
          keys: [azure-key]
          deployments:
            micro:   {model: gpt-35-turbo, tpm: 1}
            35turbo: {model: gpt-35-turbo, capacity: 40}
      """;

  private static final String ROUTER_YAML =
      """
      look-ahead: false
      clients:
        - {name: training, key: caller-key}
      backends:
        micro:   {url: "http://EMULATOR", deployment: micro,   api-version: 2024-10-21, api-key: azure-key}
        35turbo: {url: "http://EMULATOR", deployment: 35turbo, api-version: 2024-10-21, api-key: azure-key}
      pools:
        gpt:
          - {backend: micro,   priority: 1}
          - {backend: 35turbo, priority: 2}
      routes:
        - {deployment: gpt, pool: gpt}
      """;

  private final String emulator = freeAddress();
  private final String router = freeAddress();
  private final Path folder = Files.createTempDirectory("spillway-training");

  private TrainingRun() throws IOException {}

  public static void main(String[] none) throws IOException {
    System.exit(new TrainingRun().run() ? 0 : Main.FAILED);
  }

  private boolean run() throws IOException {
    start("emulator", file("emulator.yaml", EMULATOR_YAML), "--listen", emulator);
    start(
        "router",
        file("router.yaml", ROUTER_YAML.replace("EMULATOR", emulator)),
        "--listen",
        router);
    return Main.commandLine()
                .execute("health", "--wait", "30s", "http://" + emulator, "http://" + router)
            == 0
        && isServed("false")
        && isServed("true");
  }

  private static void start(String... command) {
    Thread unused = Thread.ofPlatform().daemon().start(() -> Main.commandLine().execute(command));
  }

  private boolean isServed(String stream) throws IOException {
    URI address =
        URI.create(
            "http://" + router + "/openai/deployments/gpt/chat/completions?api-version=2024-10-21");
    HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
    call.setRequestProperty("api-key", "caller-key");
    call.setRequestProperty("Content-Type", "application/json");
    call.setDoOutput(true);
    try (OutputStream body = call.getOutputStream()) {
      body.write(
          """
          {"messages": [{"role": "user", "content": "Hello"}], "stream": %s}
          """
              .formatted(stream)
              .getBytes(StandardCharsets.UTF_8));
    }
    boolean served = call.getResponseCode() == HttpURLConnection.HTTP_OK;
    try (InputStream answer = served ? call.getInputStream() : call.getErrorStream()) {
      answer.transferTo(System.out);
    }
    return served;
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
