package dev.spillway.cli.log;

import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Where the log goes, how it looks and how much of it there is. What the command line says of it
 * goes before what a file says.
 */
public final class Console {

  /** How a line looks. */
  public enum Format {
    TEXT,
    JSON
  }

  private static final String OURS = "dev.spillway.";

  /** It reports every attempt to reconnect; we say once that Redis is gone. */
  private static final String REDIS = "io.lettuce.";

  private static volatile @Nullable Level wantedLevel;
  private static volatile @Nullable Format wantedFormat;
  private static volatile Level level = Level.INFO;
  private static volatile Format format = Format.TEXT;

  private Console() {}

  /** What somebody has asked for at the start; null leaves it to the file. */
  public static void want(@Nullable Level howMuch, @Nullable Format look) {
    wantedLevel = howMuch == null ? wantedLevel : howMuch;
    wantedFormat = look == null ? wantedFormat : look;
    follow(level, format);
  }

  /** What a file says. */
  public static void follow(Level howMuch, Format look) {
    Level first = wantedLevel;
    Format firstLook = wantedFormat;
    level = first == null ? howMuch : first;
    format = firstLook == null ? look : firstLook;
  }

  static boolean shows(String logger, Level of) {
    if (isOfAzure(logger) && level.toInt() > Level.DEBUG.toInt()) {
      return false; // one line of ours says that a token is missing, and why
    }
    Level least = logger.startsWith(OURS) ? level : others(logger);
    return of.toInt() >= least.toInt();
  }

  private static Level others(String logger) {
    return logger.startsWith(REDIS) ? Level.ERROR : Level.WARN;
  }

  private static boolean isOfAzure(String logger) {
    return logger.startsWith("com.azure.") || logger.startsWith("com.microsoft.");
  }

  static void write(Line line) {
    Instant now = TimeSource.system().instant();
    System.err.println(
        switch (format) {
          case TEXT -> line.asText(now, ZoneId.systemDefault());
          case JSON -> line.asJson(now);
        });
  }
}
