package dev.spillway.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Durations in JSON as people write them: {@code 20ms}, {@code 0.05ms}, {@code 1.5s}, {@code 2m}.
 */
final class DurationText {

  private DurationText() {}

  static final class Writer extends StdSerializer<Duration> {

    Writer() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
      json.writeString(text(value));
    }
  }

  static final class Reader extends StdDeserializer<Duration> {

    Reader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context) {
      String text = String.valueOf(json.getValueAsString());
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw context.instantiationException(Duration.class, e);
      }
    }
  }

  static String text(Duration value) {
    BigDecimal millis = BigDecimal.valueOf(value.toNanos() / 1_000, 3).stripTrailingZeros();
    return millis.setScale(Math.max(0, millis.scale()), RoundingMode.UNNECESSARY).toPlainString()
        + "ms";
  }

  static Duration parse(String text) {
    return TimeText.find(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a time is written like 20ms, 0.05ms, 1.5s or 2m, not '" + text + "'"));
  }
}
