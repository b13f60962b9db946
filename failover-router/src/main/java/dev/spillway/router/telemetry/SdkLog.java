package dev.spillway.router.telemetry;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Takes what OpenTelemetry logs by {@code java.util.logging}, so that all logs look alike. */
final class SdkLog extends Handler {

  /** Held, since a logger that nobody holds loses its handlers. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkLog.class);

  static synchronized void take() {
    if (SDK.getUseParentHandlers()) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new SdkLog());
    }
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
      Throwable thrown = entry.getThrown();
      LOG.warn("{}{}", entry.getMessage(), thrown == null ? "" : ": " + thrown);
    }
  }

  @Override
  public void flush() {
    // nothing is kept
  }

  @Override
  public void close() {
    // nothing is open
  }
}
