package dev.spillway.cli;

import picocli.CommandLine.Option;

/** How much a program writes to standard error while it runs. */
final class LogOptions {

  private static final String LEVEL = "org.slf4j.simpleLogger.log.dev.spillway";

  enum Level {
    error,
    warn,
    info,
    debug
  }

  /** Must come before the first log line; later it has no effect. */
  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "${env:SPILLWAY_LOG_LEVEL:-info}",
      description = "What to log: ${COMPLETION-CANDIDATES}. Default: info. [SPILLWAY_LOG_LEVEL]")
  void level(Level level) {
    System.setProperty(LEVEL, level.name());
  }
}
