package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.latency.Pace;
import dev.spillway.emulator.latency.Work;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ModelRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a deployment answers. */
public sealed interface Answer permits TextAnswer, VectorAnswer, MediaAnswer {

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

  default Pace pace() {
    return served().pace();
  }

  /** What the model has to do for it. */
  default Work work() {
    return new Work(usage().uncachedPromptTokens(), 0, 0, false);
  }
}
