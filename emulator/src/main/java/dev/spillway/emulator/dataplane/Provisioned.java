package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What provisioned deployments and their spillover send, the same in every year. */
final class Provisioned {

  static final String FULL =
      "Requests have exceeded the throughput limit on your Provisioned-Managed deployment. If you"
          + " continue to exceed your limit, consider increasing the number of provisioned"
          + " throughput units deployed.";

  private Provisioned() {}

  /**
   * The 429 of a deployment that is in use beyond 100 %.
   *
   * @param gateway the headers of the year's gateway
   * @param code the gateway's word for a 429 in that year
   */
  static Reply full(HeaderList gateway, String code, Admission.Full full) {
    HeaderList headers =
        gateway
            .add(HeaderNames.RETRY_AFTER, RetryAfter.seconds(full.retryAfter()))
            .add(HeaderNames.RETRY_AFTER_MS, RetryAfter.millis(full.retryAfter()));
    utilization(headers, full.readings());
    return Reply.json(429, headers, new ErrorEnvelope(code, FULL).toJson());
  }

  static HeaderList utilization(HeaderList headers, LimitReadings.Bucket readings) {
    return headers.add(
        HeaderNames.DEPLOYMENT_UTILIZATION,
        String.format(Locale.ROOT, "%.1f%%", readings.utilization()));
  }

  /** Says whether an answer comes from another deployment than was asked, and from which. */
  static HeaderList spilled(HeaderList headers, Answer answer) {
    return spilled(headers, answer.spilledFrom(), answer.deployment());
  }

  static HeaderList spilled(HeaderList headers, @Nullable String from, Deployment deployment) {
    if (from != null) {
      headers
          .put(HeaderNames.IS_SPILLED_OVER, "true")
          .put(HeaderNames.SPILLOVER_FROM_DEPLOYMENT, from)
          .put(HeaderNames.DEPLOYMENT_NAME, deployment.name());
    }
    return headers;
  }

  /** Says on a provisioned deployment's refusal with which status the spillover failed. */
  static Reply spilloverFailed(Reply original, int status) {
    original.headers().add(HeaderNames.SPILLOVER_ERROR, status);
    return original;
  }
}
