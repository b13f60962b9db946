package dev.spillway.emulator.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers between bounds, of a size that suits their names. */
final class Numbers {

  /** A number without bounds, and without a name that says more, is at most that. */
  private static final int USUAL = 100;

  private Numbers() {}

  static JsonNode integer(String name, JsonNode schema, RandomGenerator random) {
    return node(number(name, schema, BigDecimal.ONE, random), true);
  }

  static JsonNode number(String name, JsonNode schema, RandomGenerator random) {
    return node(number(name, schema, null, random), false);
  }

  private static JsonNode node(BigDecimal number, boolean whole) {
    BigDecimal plain = number.stripTrailingZeros();
    if (whole && plain.scale() <= 0 && plain.precision() - plain.scale() < 19) {
      return JsonNodeFactory.instance.numberNode(plain.longValueExact());
    }
    return JsonNodeFactory.instance.numberNode(
        plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain);
  }

  private static BigDecimal number(
      String name, JsonNode schema, @Nullable BigDecimal whole, RandomGenerator random) {
    BigDecimal step = step(schema, whole);
    BigDecimal low = low(schema, step);
    BigDecimal high = high(schema, step);
    Range usual = Range.of(name);
    if (low == null && high == null) {
      low = BigDecimal.valueOf(usual.low());
      high = BigDecimal.valueOf(usual.high());
    } else if (low == null) {
      low = java.util.Objects.requireNonNull(high).subtract(BigDecimal.valueOf(USUAL));
    } else if (high == null) {
      high = low.max(BigDecimal.valueOf(usual.low())).add(BigDecimal.valueOf(USUAL));
    }
    return between(low, high, step, random);
  }

  /** The multiple of the step at or above the low bound, and then some steps more. */
  private static BigDecimal between(
      BigDecimal low, BigDecimal high, BigDecimal step, RandomGenerator random) {
    BigDecimal first = low.divide(step, 0, RoundingMode.CEILING);
    BigDecimal last = high.divide(step, 0, RoundingMode.FLOOR);
    BigDecimal count = last.subtract(first).add(BigDecimal.ONE);
    if (count.signum() <= 0) {
      return low; // nothing fits both bounds and the step
    }
    long more = random.nextLong(count.min(BigDecimal.valueOf(1_000_000)).longValue());
    return first.add(BigDecimal.valueOf(more)).multiply(step);
  }

  private static BigDecimal step(JsonNode schema, @Nullable BigDecimal whole) {
    JsonNode of = schema.path("multipleOf");
    if (of.isNumber() && of.decimalValue().signum() > 0) {
      BigDecimal step = of.decimalValue();
      return whole == null ? step : smallestWhole(step);
    }
    return whole == null ? new BigDecimal(narrow(schema) ? "0.0001" : "0.1") : whole;
  }

  /** The smallest multiple that is whole, looked for up to a thousand. */
  private static BigDecimal smallestWhole(BigDecimal step) {
    BigDecimal sum = step;
    for (int i = 0; i < 1_000 && sum.stripTrailingZeros().scale() > 0; i++) {
      sum = sum.add(step);
    }
    return sum;
  }

  private static boolean narrow(JsonNode schema) {
    BigDecimal low = bound(schema, "minimum", "exclusiveMinimum", true);
    BigDecimal high = bound(schema, "maximum", "exclusiveMaximum", false);
    return low != null && high != null && high.subtract(low).compareTo(BigDecimal.ONE) <= 0;
  }

  private static @Nullable BigDecimal low(JsonNode schema, BigDecimal step) {
    BigDecimal bound = bound(schema, "minimum", "exclusiveMinimum", true);
    JsonNode open = schema.path("exclusiveMinimum");
    boolean excluded =
        bound != null && open.isNumber() && open.decimalValue().compareTo(bound) >= 0;
    return bound != null && excluded ? next(bound, step, 1) : bound;
  }

  private static @Nullable BigDecimal high(JsonNode schema, BigDecimal step) {
    BigDecimal bound = bound(schema, "maximum", "exclusiveMaximum", false);
    JsonNode open = schema.path("exclusiveMaximum");
    boolean excluded =
        bound != null && open.isNumber() && open.decimalValue().compareTo(bound) <= 0;
    return bound != null && excluded ? next(bound, step, -1) : bound;
  }

  /** The nearest multiple of the step that is not the bound itself. */
  private static BigDecimal next(BigDecimal bound, BigDecimal step, int direction) {
    RoundingMode inwards = direction > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING;
    BigDecimal steps = bound.divide(step, 0, inwards);
    return steps.add(BigDecimal.valueOf(direction)).multiply(step);
  }

  private static @Nullable BigDecimal bound(
      JsonNode schema, String closed, String open, boolean highest) {
    JsonNode one = schema.path(closed);
    JsonNode other = schema.path(open);
    if (!one.isNumber()) {
      return other.isNumber() ? other.decimalValue() : null;
    }
    if (!other.isNumber()) {
      return one.decimalValue();
    }
    return highest
        ? one.decimalValue().max(other.decimalValue())
        : one.decimalValue().min(other.decimalValue());
  }

  /** What numbers of a name are usually like. */
  private record Range(int low, int high) {

    static Range of(String name) {
      return switch (Naming.lastWord(name)) {
        case "age", "years" -> new Range(18, 80);
        case "year" -> new Range(1990, 2026);
        case "month" -> new Range(1, 12);
        case "day" -> new Range(1, 28);
        case "hour", "hours" -> new Range(0, 23);
        case "minute", "minutes", "second", "seconds" -> new Range(0, 59);
        case "latitude", "lat" -> new Range(-80, 80);
        case "longitude", "lon", "lng" -> new Range(-170, 170);
        case "temperature" -> new Range(-10, 35);
        case "quantity", "count", "limit", "number", "rating" -> new Range(1, 10);
        case "price", "amount", "cost", "total" -> new Range(5, 500);
        default -> new Range(1, USUAL);
      };
    }
  }
}
