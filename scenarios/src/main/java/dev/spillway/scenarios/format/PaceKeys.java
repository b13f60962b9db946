package dev.spillway.scenarios.format;

import dev.spillway.yaml.YamlException;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads when the calls of some traffic come. What fits together is looked at once all keys are
 * known, so that a key that is misspelt is what is complained of.
 */
final class PaceKeys {

  private static final Pattern RATE =
      Pattern.compile(
          "(\\d{1,6}(?:\\.\\d{1,3})?)/(s|m|h)(?: to (\\d{1,6}(?:\\.\\d{1,3})?)/(s|m|h))?");

  private final YamlValue traffic;
  private final Duration from;
  private final Optional<YamlValue> calls;
  private final Optional<YamlValue> every;
  private final Optional<YamlValue> atOnce;
  private final Optional<YamlValue> callers;
  private final Optional<YamlValue> pause;
  private final Optional<YamlValue> rate;
  private final Optional<YamlValue> lasting;

  PaceKeys(YamlValue traffic, YamlMap keys) {
    this.traffic = traffic;
    this.from = keys.find("from").map(YamlValue::duration).orElse(Duration.ZERO);
    this.calls = keys.find("calls");
    this.every = keys.find("every");
    this.atOnce = keys.find("at-once");
    this.callers = keys.find("callers");
    this.pause = keys.find("pause");
    this.rate = keys.find("rate");
    this.lasting = keys.find("for");
  }

  Pace read() {
    if (calls.isPresent() == rate.isPresent()) {
      throw traffic.problem("needs one of 'calls' and 'rate'");
    }
    if (rate.isPresent() != lasting.isPresent()) {
      throw traffic.problem("has 'rate' with 'for', and neither without the other");
    }
    if (rate.isPresent()) {
      every.or(() -> atOnce).or(() -> callers).or(() -> pause).ifPresent(this::refuse);
      return rate(rate.get(), lasting.orElseThrow().duration());
    }
    int number = calls.orElseThrow().integer(1, 1_000_000);
    if (callers.isPresent()) {
      every.or(() -> atOnce).ifPresent(this::refuse);
      Duration between = pause.map(YamlValue::duration).orElse(Duration.ZERO);
      return new Pace.Callers(from, number, callers.get().integer(1, 10_000), between);
    }
    pause.ifPresent(this::refuse);
    int together = atOnce.map(one -> one.integer(1, 10_000)).orElse(1);
    if (number > together && every.isEmpty()) {
      throw traffic.problem("does not say when its calls come: 'every', 'at-once' or 'callers'");
    }
    Duration between = every.map(YamlValue::duration).orElse(Duration.ZERO);
    return new Pace.Steady(from, number, together, between);
  }

  private void refuse(YamlValue key) throws YamlException {
    throw key.problem("has no use with " + (rate.isPresent() ? "'rate'" : "what else is said"));
  }

  private Pace rate(YamlValue value, Duration time) {
    Matcher form = value.parse("a rate such as 2/s, 30/m or 1/s to 10/s", PaceKeys::matched);
    double first = perSecond(form.group(1), form.group(2));
    double last = form.group(3) == null ? first : perSecond(form.group(3), form.group(4));
    if (first + last <= 0) {
      throw value.problem("never comes to a call");
    }
    return new Pace.Rate(from, time, first, last);
  }

  private static Matcher matched(String text) {
    Matcher form = RATE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    return form;
  }

  private static double perSecond(String number, String unit) {
    int seconds =
        switch (unit) {
          case "s" -> 1;
          case "m" -> 60;
          default -> 3600;
        };
    return Double.parseDouble(number) / seconds;
  }
}
