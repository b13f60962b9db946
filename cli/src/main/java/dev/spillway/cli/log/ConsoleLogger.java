package dev.spillway.cli.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** A logger by its name, which writes to the {@link Console}. */
final class ConsoleLogger extends LegacyAbstractLogger implements LoggingEventAware {

  private static final long serialVersionUID = 1L;

  ConsoleLogger(String name) {
    this.name = name;
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        pairs == null ? List.of() : pairs,
        event.getThrowable());
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    write(level, message, arguments, List.of(), thrown);
  }

  private void write(
      Level level,
      String message,
      @Nullable Object @Nullable [] arguments,
      List<KeyValuePair> pairs,
      @Nullable Throwable thrown) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    Console.write(new Line(level, getName(), text, pairs, thrown));
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return Console.shows(getName(), Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return Console.shows(getName(), Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return Console.shows(getName(), Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return Console.shows(getName(), Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return Console.shows(getName(), Level.ERROR);
  }
}
