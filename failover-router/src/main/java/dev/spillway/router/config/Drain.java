package dev.spillway.router.config;

import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;

/**
 * How a router that is asked to stop comes to its end.
 *
 * @param delay how long it goes on as ever, but for saying that it is not ready
 * @param timeout how long it waits for what is under way after that
 */
public record Drain(Duration delay, Duration timeout) {

  public static final Drain DEFAULT = new Drain(Duration.ZERO, Duration.ofSeconds(30));

  /** {@code drain-delay} and {@code drain-timeout} among the keys of the file's root. */
  public static Drain read(YamlMap root) {
    return new Drain(
        root.find("drain-delay").map(YamlValue::duration).orElse(DEFAULT.delay),
        root.find("drain-timeout").map(YamlValue::duration).orElse(DEFAULT.timeout));
  }
}
