package dev.spillway.emulator;

import dev.spillway.control.stub.StubAnswer;
import dev.spillway.control.stub.StubCall;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.stub.Stubs;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the {@code stubs} of an {@code emulator.yaml}; one without a name is called by its place.
 */
final class StubYaml {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_TOKENS = 100_000_000;

  private StubYaml() {}

  static List<StubSpec> stubs(YamlValue value) {
    List<StubSpec> stubs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue one : value.list()) {
      StubSpec stub = stub(one, "stub-" + (stubs.size() + 1));
      if (!names.add(String.valueOf(stub.name()))) {
        throw one.problem("is called '" + stub.name() + "', as another stub is");
      }
      stubs.add(stub);
    }
    return stubs;
  }

  private static StubSpec stub(YamlValue value, String usualName) {
    YamlMap keys = value.map();
    String name = keys.find("name").map(YamlValue::text).orElse(usualName);
    Integer priority = keys.find("priority").map(YamlValue::integer).orElse(null);
    YamlValue when = keys.find("when").orElse(null);
    StubAnswer answer = answer(keys.get("answer"));
    List<StubAnswer> then =
        keys.find("then")
            .map(YamlValue::list)
            .map(all -> all.stream().map(StubYaml::answer).toList())
            .orElse(List.of());
    keys.end();
    return usable(
        value,
        () -> {
          StubSpec stub =
              new StubSpec(
                  name,
                  priority,
                  when == null ? null : ConditionYaml.condition(when),
                  answer,
                  then);
          Stubs.check(stub);
          return stub;
        });
  }

  private static StubAnswer answer(YamlValue value) {
    if (!value.isMap()) {
      return StubAnswer.says(value.text());
    }
    YamlMap keys = value.map();
    @Nullable String text = keys.find("text").map(YamlValue::text).orElse(null);
    @Nullable List<String> chunks = keys.find("chunks").map(ConditionYaml::names).orElse(null);
    @Nullable String refusal = keys.find("refusal").map(YamlValue::text).orElse(null);
    List<StubCall> calls =
        keys.find("calls")
            .map(YamlValue::list)
            .map(all -> all.stream().map(StubYaml::call).toList())
            .orElse(List.of());
    @Nullable String reason = keys.find("finish-reason").map(YamlValue::text).orElse(null);
    @Nullable StubUsage usage = keys.find("usage").map(StubYaml::usage).orElse(null);
    keys.end();
    return usable(value, () -> new StubAnswer(text, chunks, refusal, calls, reason, usage));
  }

  private static StubCall call(YamlValue value) {
    YamlMap keys = value.map();
    String name = keys.get("name").text();
    Object arguments = keys.find("arguments").map(YamlValue::plain).orElse(null);
    keys.end();
    return usable(value, () -> new StubCall(name, tree(arguments)));
  }

  /** As if it had come as JSON, numbers included. */
  private static JsonNode tree(@Nullable Object arguments) {
    return JSON.readTree(JSON.writeValueAsString(arguments));
  }

  private static StubUsage usage(YamlValue value) {
    YamlMap keys = value.map();
    Integer prompt = keys.find("prompt").map(StubYaml::tokens).orElse(null);
    Integer completion = keys.find("completion").map(StubYaml::tokens).orElse(null);
    Integer reasoning = keys.find("reasoning").map(StubYaml::tokens).orElse(null);
    keys.end();
    return usable(value, () -> new StubUsage(prompt, completion, reasoning));
  }

  private static int tokens(YamlValue value) {
    return value.integer(0, MOST_TOKENS);
  }

  static <T> T usable(YamlValue value, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }
}
