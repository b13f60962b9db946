package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Setup;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads scenario files. The whole grammar is in docs/scenarios.md. */
public final class ScenarioReader {

  private final Function<String, @Nullable String> environment;
  private final UnaryOperator<Client> client;

  /**
   * A reader.
   *
   * @param environment what {@code ${NAME}} in a value stands for; null for a name that is not set
   * @param client what to make of the client that a setup describes
   */
  public ScenarioReader(
      Function<String, @Nullable String> environment, UnaryOperator<Client> client) {
    this.environment = environment;
    this.client = client;
  }

  /**
   * Reads a file.
   *
   * @throws dev.spillway.yaml.YamlException with file, line and what was expected
   */
  public Scenario read(Path file) {
    return read(file, file.toString());
  }

  /**
   * Reads a file that people know by another name.
   *
   * @throws dev.spillway.yaml.YamlException with file, line and what was expected
   */
  public Scenario read(Path file, String name) {
    return scenario(LocatedYaml.read(file, environment), file, name);
  }

  /**
   * Reads a text as if it stood in a file.
   *
   * @throws dev.spillway.yaml.YamlException with the file's name, line and what was expected
   */
  public Scenario parse(Path file, String text) {
    String name = String.valueOf(file.getFileName());
    return scenario(LocatedYaml.parse(name, text, environment), file, file.toString());
  }

  private Scenario scenario(YamlMap root, Path file, String shown) {
    String name = root.get("scenario").text();
    String why = root.find("why").map(YamlValue::text).orElse("");
    List<String> sources = root.find("source").map(ScenarioReader::texts).orElse(List.of());
    String group = root.find("group").map(YamlValue::text).orElseGet(() -> folder(file));
    Sections sections = sections(root, file);
    YamlValue emulator = sections.emulator(root);
    Map<String, DeploymentRef> deployments = deployments(emulator);
    String first = deployments.values().iterator().next().deployment();
    Client caller = client.apply(ClientKeys.read(sections.client(), first));
    Map<String, Traffic> traffic = new TrafficKeys(caller).read(root.get("traffic"));
    List<Event> events = new EventKeys(deployments).read(root);
    List<Expectation> expectations = new CheckKeys(deployments, traffic).read(root.get("expect"));
    root.end();
    return new Scenario(
        shown,
        name,
        why,
        sources,
        group,
        new Setup(emulator, sections.router().orElse(null)),
        List.copyOf(traffic.values()),
        events,
        expectations);
  }

  /** What a scenario stands on, of its own file and of its setup's. */
  private record Sections(
      Optional<YamlValue> emulatorIfAny, Optional<YamlValue> router, Optional<YamlValue> client) {

    YamlValue emulator(YamlMap root) {
      return emulatorIfAny.orElseThrow(
          () -> root.problem("has neither 'setup' nor 'emulator', so that nobody could answer"));
    }
  }

  private Sections sections(YamlMap root, Path file) {
    Sections own = own(root);
    Optional<YamlValue> setup = root.find("setup");
    if (setup.isEmpty()) {
      return own;
    }
    YamlMap base = LocatedYaml.read(file.resolveSibling(setup.get().text()), environment);
    Sections below = own(base);
    base.end();
    return new Sections(
        over(own.emulatorIfAny(), below.emulatorIfAny()),
        over(own.router(), below.router()),
        over(own.client(), below.client()));
  }

  private static Sections own(YamlMap root) {
    return new Sections(root.find("emulator"), root.find("router"), root.find("client"));
  }

  private static Optional<YamlValue> over(Optional<YamlValue> upper, Optional<YamlValue> lower) {
    return upper.isPresent() && lower.isPresent()
        ? Optional.of(upper.get().over(lower.get()))
        : upper.or(() -> lower);
  }

  /** Every deployment of the emulator, by how it is written. */
  private static Map<String, DeploymentRef> deployments(YamlValue emulator) {
    Map<String, DeploymentRef> all = new LinkedHashMap<>();
    YamlValue resources = emulator.map().get("resources");
    resources
        .map()
        .entries()
        .forEach((resource, value) ->
            value
                .map()
                .find("deployments")
                .map(YamlValue::map)
                .map(YamlMap::entries)
                .orElse(Map.of())
                .keySet()
                .forEach(name -> {
                  DeploymentRef ref = new DeploymentRef(resource, name);
                  all.put(ref.toString(), ref);
                }));
    if (all.isEmpty()) {
      throw resources.problem("has no deployment, so that nobody could answer");
    }
    return all;
  }

  private static String folder(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    Path name = parent == null ? null : parent.getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<String> texts(YamlValue value) {
    return value.isList()
        ? value.list().stream().map(YamlValue::text).toList()
        : List.of(value.text());
  }
}
