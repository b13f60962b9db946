package dev.spillway.rehearsal;

import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two resources with a port and a key of their own, and a router before them. */
final class Fixture {

  private static final String SETUP =
      """
      emulator:
        listen: 127.0.0.1:18800
        wire: "2024"
        resources:
          primary:
            listen: 127.0.0.1:18801
            keys: [primary-key]
            deployments: {gpt: {model: gpt-35-turbo, capacity: 40}}
          secondary:
            listen: 127.0.0.1:18802
            keys: [secondary-key]
            deployments: {gpt: {model: gpt-35-turbo, capacity: 40}}
      router:
        listen: 127.0.0.1:18080
        clients:
          - {name: caller, key: caller-key}
        backends:
          primary: {url: "http://127.0.0.1:18801", deployment: gpt, api-key: primary-key}
          secondary: {url: "http://127.0.0.1:18802", deployment: gpt, api-key: secondary-key}
        pools:
          gpt:
            - {backend: primary, priority: 1}
            - {backend: secondary, priority: 2}
        routes:
          - {deployment: gpt, pool: gpt}
      """;

  private Fixture() {}

  static Stage stage(long seed) throws StageException {
    return new RehearsalStages(name -> null).set(setup(), seed);
  }

  static Setup setup() {
    return setup("", "");
  }

  /** The same with other words in the place of some. */
  static Setup setup(String words, String others) {
    YamlMap root = LocatedYaml.parse("setup.yaml", SETUP.replace(words, others), name -> null);
    return new Setup(root.get("emulator"), root.get("router"));
  }

  static HttpCall call(String prompt, boolean stream) {
    return call(prompt, stream, null);
  }

  static HttpCall call(String prompt, boolean stream, @Nullable Duration leavesAfter) {
    return new HttpCall(
        "POST",
        "/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
        List.of(
            new Header("api-key", "caller-key"), new Header("Content-Type", "application/json")),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":20,\"stream\":%b}"
            .formatted(prompt, stream),
        leavesAfter);
  }
}
