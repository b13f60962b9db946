package dev.spillway.emulator.recording;

import java.util.Set;

/** What must be the same for a recording to be the answer to a request. */
public enum Matching {

  /** All but who asks and how the answer is to be accounted for. */
  STRICT,

  /** What is asked: neither by which deployment and api-version, nor how it is to be sampled. */
  LOOSE;

  private static final Set<String> ACCOUNTING =
      Set.of(
          "user",
          "safety_identifier",
          "stream_options",
          "metadata",
          "store",
          "prompt_cache_key",
          "service_tier");

  private static final Set<String> SAMPLING =
      Set.of(
          "temperature",
          "top_p",
          "seed",
          "max_tokens",
          "max_completion_tokens",
          "max_output_tokens",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "reasoning_effort",
          "verbosity");

  /** Whether a member of the body, or a field of a form, does not count. */
  boolean ignores(String member) {
    return ACCOUNTING.contains(member) || (this == LOOSE && SAMPLING.contains(member));
  }

  boolean ignoresDeployment() {
    return this == LOOSE;
  }
}
