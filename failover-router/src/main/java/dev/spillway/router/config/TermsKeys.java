package dev.spillway.router.config;

import dev.spillway.router.plan.Detours;
import dev.spillway.router.plan.EmptyAnswers;
import dev.spillway.router.plan.Terms;
import dev.spillway.yaml.YamlMap;

/** What a route says otherwise than the whole file. */
final class TermsKeys {

  private TermsKeys() {}

  static Terms read(YamlMap route, Limits whole) {
    return new Terms(
        StreamKeys.read(route),
        Limits.timeout(route, whole.timeout()),
        Limits.maxAttempts(route, whole.maxAttempts()),
        Limits.maxWait(route, whole.maxWait()),
        Limits.retryAmbiguous(route, whole.retryAmbiguous()),
        route
            .find("empty-answers")
            .map(value -> value.oneOf(EmptyAnswers.class))
            .orElse(EmptyAnswers.RETRY),
        Detours.NONE);
  }
}
