package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.PtuWeights;
import dev.spillway.emulator.request.ModelRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The throughput of one provisioned deployment.
 *
 * <p>A request is let in while no more than 100 % is in use, and then adds its estimated cost:
 * {@code prompt - cached + ratio x max_tokens x max(n, best_of)}. When its answer is done, the
 * actual cost takes the place of the estimate. Requests are not counted.
 */
final class ProvisionedLimiter implements Limiter {

  /** Stands for {@code max_tokens} when a request has none. */
  static final int USUAL_ANSWER = 640;

  private final AtomicInteger unsettled;
  private final LeakyBucket.Home home;
  private volatile PtuWeights weights;

  ProvisionedLimiter(Deployment deployment, LimitStore.Shelf shelf, AtomicInteger unsettled) {
    this.unsettled = unsettled;
    this.home = shelf.leakyBucket(deployment.tokensPerMinute());
    this.weights = deployment.model().ptu();
  }

  /** Follows a change of the deployment; what is in the bucket stays. */
  void follow(Deployment deployment) {
    Limit rate = deployment.tokensPerMinute();
    home.change(bucket -> bucket.resize(rate));
    weights = deployment.model().ptu();
  }

  /**
   * Adds the estimated cost.
   *
   * @param uncachedPromptTokens asked only when there is room, since counting takes its time
   */
  Admission admit(ModelRequest request, IntSupplier uncachedPromptTokens) {
    Optional<Admission.Full> full = full();
    return full.isPresent() ? full.get() : admit(estimate(request, uncachedPromptTokens));
  }

  /** Lets a request in that costs nothing, since nobody can read it. */
  Admission admitUnreadable() {
    return admit(new Cost(0, 0));
  }

  @Override
  public LimitReadings.Bucket read() {
    return home.look(ProvisionedLimiter::reading);
  }

  @Override
  public void forget() {
    home.forget();
  }

  /** Tokens of a prompt that were not cached, and tokens of an answer. */
  private record Cost(long promptTokens, long completionTokens) {}

  private static Cost estimate(ModelRequest request, IntSupplier uncachedPromptTokens) {
    Integer asked = request.maxTokens();
    long answer = asked == null ? USUAL_ANSWER : asked;
    return new Cost(uncachedPromptTokens.getAsInt(), answer * request.multiplier());
  }

  private Optional<Admission.Full> full() {
    return home.look(ProvisionedLimiter::full);
  }

  private static Optional<Admission.Full> full(LeakyBucket bucket) {
    return bucket.isOverfull()
        ? Optional.of(
            new Admission.Full(Duration.ofNanos(bucket.nanosUntilFull()), reading(bucket)))
        : Optional.empty();
  }

  /** What a step found: no room, or the bucket right after it poured. */
  private record Poured(Optional<Admission.Full> full, LimitReadings.Bucket readings) {}

  private Admission admit(Cost estimate) {
    PtuWeights weighted = weights;
    long charge = weighted.cost(estimate.promptTokens(), estimate.completionTokens());
    Poured poured = home.change(bucket -> pour(bucket, charge));
    if (poured.full().isPresent()) {
      return poured.full().get();
    }
    Permit permit =
        new Permit(
            charge,
            unsettled,
            (prompt, completion) -> correct(weighted.cost(prompt, completion) - charge));
    return new Admission.Admitted(permit, poured.readings());
  }

  private static Poured pour(LeakyBucket bucket, long tokens) {
    Optional<Admission.Full> full = full(bucket);
    if (full.isEmpty()) {
      bucket.pour(tokens);
    }
    return new Poured(full, reading(bucket));
  }

  /** An answer that is done stays done, even where its cost can no longer be told. */
  private void correct(long tokens) {
    try {
      var unused = home.change(bucket -> bucket.pour(tokens));
    } catch (LimitStoreException e) {
      // the store's log says it
    }
  }

  private static LimitReadings.Bucket reading(LeakyBucket bucket) {
    LimitReading tokens =
        new LimitReading(
            bucket.limit(),
            bucket.remaining(),
            LeakyBucket.PERIOD,
            Duration.ofNanos(bucket.nanosUntilEmpty()));
    return new LimitReadings.Bucket(tokens, bucket.utilization());
  }
}
