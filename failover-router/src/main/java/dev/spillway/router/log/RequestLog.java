package dev.spillway.router.log;

import dev.spillway.router.trace.Refused;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.SpanContext;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.trace.Witness;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each request, when it is over, as keys and values: whoever embeds the router gets
 * them as such from its own logger. Holds no key, no header, no prompt and no answer.
 */
public final class RequestLog implements Witness {

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private volatile boolean on;

  public RequestLog(boolean on) {
    this.on = on;
  }

  public void turn(boolean switchedOn) {
    on = switchedOn;
  }

  @Override
  public void answered(RequestTrace trace) {
    // it is told of at its end
  }

  @Override
  public void finished(RequestTrace trace) {
    if (!on || !LOG.isInfoEnabled()) {
      return;
    }
    RequestTrace.Asked asked = trace.asked();
    RequestTrace.Outcome outcome = trace.outcome();
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("id", trace.id().text())
            .addKeyValue("caller", asked.caller())
            .addKeyValue("name", asked.name())
            .addKeyValue("operation", asked.operation())
            .addKeyValue("pool", asked.pool())
            .addKeyValue("status", outcome.status())
            .addKeyValue("backend", outcome.backend() == null ? "-" : outcome.backend())
            .addKeyValue("attempts", trace.attempts())
            .addKeyValue("ending", outcome.why())
            .addKeyValue("delivery", trace.course().delivery().word())
            .addKeyValue("took-ms", millis(outcome.took()))
            .addKeyValue("delivered-ms", millis(trace.course().took()))
            .addKeyValue("trace", TraceLine.of(trace.steps()));
    SpanContext span = trace.span();
    if (span != null) {
      line = line.addKeyValue("trace-id", span.traceId());
    }
    line.log("request");
  }

  @Override
  public void refused(Refused refused) {
    if (on) {
      LOG.atInfo()
          .addKeyValue("id", refused.id().text())
          .addKeyValue("method", refused.method())
          .addKeyValue("path", refused.path())
          .addKeyValue("status", refused.status())
          .log("refused");
    }
  }

  private static double millis(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    return micros / 1_000.0;
  }
}
