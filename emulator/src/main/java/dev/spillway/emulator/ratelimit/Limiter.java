package dev.spillway.emulator.ratelimit;

/** What limits one deployment, by its kind; safe for any number of threads. */
sealed interface Limiter permits DeploymentLimiter, ProvisionedLimiter {

  LimitReadings read();

  /** Gives up what is kept of the deployment's limits. */
  void forget();
}
