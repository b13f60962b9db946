package dev.spillway.router.config;

import dev.spillway.router.plan.StreamHold;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.Optional;

/** {@code stream:} and {@code stream-window:} of a route. */
final class StreamKeys {

  private static final Duration WINDOW = Duration.ofSeconds(2);

  /** What happens to a stream that breaks off. */
  private enum Mode {
    /** The caller is told. */
    ERROR,
    /** Nothing, since the caller has seen none of it. */
    BUFFER,
    /** Nothing for a while, and then the caller is told. */
    BUFFER_UNTIL
  }

  private StreamKeys() {}

  static StreamHold read(YamlMap route) {
    Mode mode = route.find("stream").map(value -> value.oneOf(Mode.class)).orElse(Mode.ERROR);
    Optional<YamlValue> window = route.find("stream-window");
    if (mode != Mode.BUFFER_UNTIL && window.isPresent()) {
      throw window.get().problem("belongs to 'stream: buffer-until'");
    }
    return switch (mode) {
      case ERROR -> StreamHold.DEFAULT;
      case BUFFER -> new StreamHold.UntilItsEnd();
      case BUFFER_UNTIL -> new StreamHold.ForAWhile(window.map(YamlValue::duration).orElse(WINDOW));
    };
  }
}
