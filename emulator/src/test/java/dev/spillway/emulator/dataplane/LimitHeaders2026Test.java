package dev.spillway.emulator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitHeaders2026Test {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static List<String> headers(String model, LimitReading tokens, LimitReading requests) {
    Deployment deployment =
        new Deployments(ModelCatalog.bundled())
            .put("local", DeploymentSpec.standard("any", model, Limit.of(1)));
    HeaderList headers = new HeaderList();
    LimitHeaders2026.add(
        headers, deployment, new LimitReadings.Windows(tokens, requests, null, false));
    List<String> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(name + ": " + value));
    return lines;
  }

  private static LimitReading reading(long limit, long remaining) {
    return new LimitReading(Limit.of(limit), remaining, MINUTE, Duration.ofMillis(500));
  }

  private static LimitReading unlimited() {
    return new LimitReading(Limit.UNLIMITED, 0, MINUTE, Duration.ZERO);
  }

  @Test
  void anImageModelTellsRequestsAndWhatIsLeftOfThemAndNothingElse() {
    assertThat(headers("gpt-image-2", unlimited(), reading(6, 4)))
        .containsExactly("x-ratelimit-limit-requests: 6", "x-ratelimit-remaining-requests: 4");
  }

  @Test
  void aChatModelTellsThePeriodAndTheResetToo() {
    assertThat(headers("gpt-4.1-mini", unlimited(), reading(120, 119)))
        .containsExactly(
            "x-ratelimit-abusepenalty-active: False",
            "x-ratelimit-limit-requests: 120",
            "x-ratelimit-remaining-requests: 119",
            "x-ratelimit-renewalperiod-requests: 60",
            "x-ratelimit-reset-requests: 500");
  }

  @Test
  void whatIsUnlimitedIsNotToldAtAll() {
    assertThat(headers("gpt-image-2", unlimited(), unlimited())).isEmpty();
  }
}
