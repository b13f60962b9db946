package dev.spillway.emulator;

import dev.spillway.yaml.ListenAddress;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a configuration that cannot follow a change while the emulator runs: all but the
 * stubs, the faults and the resources, and of these the ports.
 */
final class FixedKeys {

  private static final Set<String> FOLLOW = Set.of("resources", "stubs", "faults");

  /** The keys that are not called as the record's parts are. */
  private static final Map<String, String> KEYS =
      Map.of(
          "charge-by", "charge",
          "journal-calls", "journal.calls",
          "journal-bodies", "journal.bodies");

  private FixedKeys() {}

  /** Those that two configurations differ in. */
  static List<String> different(EmulatorConfig one, EmulatorConfig other) {
    List<String> different = new ArrayList<>();
    for (RecordComponent part : EmulatorConfig.class.getRecordComponents()) {
      if (!FOLLOW.contains(part.getName())
          && !Objects.equals(value(one, part), value(other, part))) {
        different.add(key(part.getName()));
      }
    }
    if (!ports(one).equals(ports(other))) {
      different.add("resources.*.listen");
    }
    return different;
  }

  private static String key(String part) {
    String key = part.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return KEYS.getOrDefault(key, key);
  }

  private static @Nullable Object value(EmulatorConfig config, RecordComponent part) {
    try {
      return part.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, ListenAddress> ports(EmulatorConfig config) {
    Map<String, ListenAddress> ports = new HashMap<>();
    for (ResourceConfig resource : config.resources()) {
      ListenAddress own = resource.listen();
      if (own != null) {
        ports.put(resource.resource().name(), own);
      }
    }
    return ports;
  }
}
