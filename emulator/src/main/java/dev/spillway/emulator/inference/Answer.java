package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ModelRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a deployment answers. */
public sealed interface Answer permits TextAnswer {

  ModelRequest request();

  Served served();

  /** The same, served otherwise. */
  Answer with(Served other);

  default Deployment deployment() {
    return served().deployment();
  }

  default Instant created() {
    return served().created();
  }

  default Verdict prompt() {
    return served().prompt();
  }

  default Usage usage() {
    return served().usage();
  }

  default LimitReadings readings() {
    return served().readings();
  }

  default @Nullable String spilledFrom() {
    return served().spilledFrom();
  }
}
