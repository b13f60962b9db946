package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifest for Kubernetes: its parts find each other, and its files and probes are real. */
final class KubernetesIT {

  private static final String MANIFEST = "examples/kubernetes/spillway.yaml";

  private final List<JsonNode> objects = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    JsonMapper json = new JsonMapper();
    Load yaml = new Load(LoadSettings.builder().build());
    for (Object one : yaml.loadAllFromString(Files.readString(Program.root().resolve(MANIFEST)))) {
      objects.add(json.valueToTree(one));
    }
  }

  @Test
  void everyObjectIsOfAKindThatThereIsAndHasAName() {
    assertThat(objects)
        .extracting(one -> one.at("/apiVersion").asString() + " " + one.at("/kind").asString())
        .containsExactlyInAnyOrder(
            "v1 Secret",
            "v1 ConfigMap",
            "apps/v1 Deployment",
            "v1 Service",
            "apps/v1 Deployment",
            "v1 Service");
    assertThat(objects).allMatch(one -> !one.at("/metadata/name").asString().isEmpty());
  }

  @Test
  void servicesFindTheirPodsAndPodsWhatTheyMount() {
    for (JsonNode service : ofKind("Service")) {
      JsonNode deployment = named("Deployment", service.at("/metadata/name").asString());
      JsonNode container = deployment.at("/spec/template/spec/containers/0");

      assertThat(deployment.at("/spec/template/metadata/labels"))
          .isEqualTo(deployment.at("/spec/selector/matchLabels"))
          .isEqualTo(service.at("/spec/selector"));
      assertThat(container.at("/ports/0/containerPort"))
          .isEqualTo(service.at("/spec/ports/0/targetPort"))
          .isEqualTo(container.at("/readinessProbe/httpGet/port"));
      assertThat(named("Secret", container.at("/envFrom/0/secretRef/name").asString())).isNotNull();
      String config = deployment.at("/spec/template/spec/volumes/0/configMap/name").asString();
      assertThat(named("ConfigMap", config)).isNotNull();
    }
  }

  @Test
  void bothProgramsStartFromItsFilesAndAnswerItsProbes() throws Exception {
    Map<String, String> environment = new HashMap<>();
    named("Secret", "spillway")
        .at("/stringData")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString()));
    JsonNode files = named("ConfigMap", "spillway").at("/data");
    EmulatorConfig emulatorConfig =
        EmulatorConfig.parse(
            "emulator.yaml", files.get("emulator.yaml").asString(), environment::get);
    RouterConfig routerConfig =
        RouterConfig.parse("router.yaml", files.get("router.yaml").asString(), environment::get);

    try (Emulator emulator =
            Emulator.start(emulatorConfig.toBuilder().listen("127.0.0.1:0").build());
        FailoverRouter router =
            FailoverRouter.start(routerConfig.withListen("127.0.0.1:0"), TimeSource.system());
        HttpClient http = HttpClient.newHttpClient()) {
      for (JsonNode deployment : ofKind("Deployment")) {
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        boolean isRouter = container.at("/args/0").asString().equals("router");
        for (String probe : List.of("readinessProbe", "livenessProbe")) {
          if (container.has(probe)) {
            String path = container.get(probe).at("/httpGet/path").asString();
            HttpRequest request =
                HttpRequest.newBuilder((isRouter ? router.uri() : emulator.uri()).resolve(path))
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                .as(path)
                .isEqualTo(200);
          }
        }
      }
    }
  }

  private List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(one -> one.at("/kind").asString().equals(kind)).toList();
  }

  private JsonNode named(String kind, String name) {
    return ofKind(kind).stream()
        .filter(one -> one.at("/metadata/name").asString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " '" + name + "'"));
  }
}
