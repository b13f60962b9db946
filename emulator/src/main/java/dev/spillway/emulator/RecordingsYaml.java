package dev.spillway.emulator;

import dev.spillway.emulator.recording.JsonPath;
import dev.spillway.emulator.recording.Matching;
import dev.spillway.emulator.recording.RecordingMode;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.recording.Repeat;
import dev.spillway.emulator.recording.Speed;
import dev.spillway.emulator.recording.Unmatched;
import dev.spillway.emulator.upstream.UpstreamConfig;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code recordings} of an {@code emulator.yaml}. */
final class RecordingsYaml {

  private static final String EXAMPLE =
      "recordings: {upstream: {endpoint: 'https://contoso.openai.azure.com'}}";

  private RecordingsYaml() {}

  static RecordingsConfig recordings(YamlValue value) {
    YamlMap keys = value.map();
    Optional<YamlValue> mode = keys.find("mode");
    Optional<YamlValue> unmatched = keys.find("unmatched");
    @Nullable UpstreamConfig upstream =
        keys.find("upstream").map(RecordingsYaml::upstream).orElse(null);
    RecordingMode chosen =
        mode.map(one -> one.oneOf(RecordingMode.class)).orElse(RecordingMode.REPLAY);
    Unmatched otherwise = unmatched.map(one -> one.oneOf(Unmatched.class)).orElse(Unmatched.REFUSE);
    if (upstream == null && chosen == RecordingMode.RECORD) {
      throw mode.orElse(value).problem("needs an upstream: " + EXAMPLE);
    }
    if (upstream == null && otherwise == Unmatched.RECORD) {
      throw unmatched.orElse(value).problem("needs an upstream: " + EXAMPLE);
    }
    RecordingsConfig config =
        new RecordingsConfig(
            keys.find("folder").map(YamlValue::text).map(Path::of).orElse(RecordingsConfig.FOLDER),
            chosen,
            upstream,
            keys.find("speed").map(RecordingsYaml::speed).orElse(new Speed.Automatic()),
            otherwise,
            keys.find("match").map(one -> one.oneOf(Matching.class)).orElse(Matching.STRICT),
            keys.find("repeat").map(one -> one.oneOf(Repeat.class)).orElse(Repeat.LAST),
            keys.find("redact")
                .map(all -> all.list().stream().map(RecordingsYaml::path).toList())
                .orElse(RecordingsConfig.NAMES));
    keys.end();
    return config;
  }

  private static Speed speed(YamlValue value) {
    return value.parse("recorded, instant, or a factor such as x10", Speed::parse);
  }

  private static JsonPath path(YamlValue value) {
    return value.parse(
        "a place in JSON such as $.user, $.messages[*].name or $..organization", JsonPath::parse);
  }

  private static UpstreamConfig upstream(YamlValue value) {
    YamlMap keys = value.map();
    Map<String, String> deployments = new LinkedHashMap<>();
    keys.find("deployments")
        .ifPresent(all ->
            all.map().entries().forEach((name, there) -> deployments.put(name, there.text())));
    UpstreamConfig upstream =
        new UpstreamConfig(
            keys.get("endpoint").url(),
            keys.find("kind")
                .map(one -> one.oneOf(UpstreamConfig.Kind.class))
                .orElse(UpstreamConfig.Kind.AZURE),
            keys.find("api-key").map(RecordingsYaml::key).orElse(null),
            keys.find("api-version").map(YamlValue::text).orElse(null),
            deployments);
    keys.end();
    return upstream;
  }

  private static String key(YamlValue value) {
    String key = value.text();
    if (key.isBlank()) {
      throw value.expected("a key that is not empty");
    }
    return key;
  }
}
