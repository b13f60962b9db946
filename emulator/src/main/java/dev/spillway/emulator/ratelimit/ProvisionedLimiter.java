package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.PtuWeights;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock lock = new ReentrantLock();
  private final LeakyBucket bucket;
  private PtuWeights weights;

  ProvisionedLimiter(Deployment deployment, TimeSource time, AtomicInteger unsettled) {
    this.unsettled = unsettled;
    this.bucket = new LeakyBucket(deployment.tokensPerMinute(), time);
    this.weights = deployment.model().ptu();
  }

  /** Follows a change of the deployment; what is in the bucket stays. */
  void follow(Deployment deployment) {
    lock.lock();
    try {
      bucket.resize(deployment.tokensPerMinute());
      weights = deployment.model().ptu();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds the estimated cost.
   *
   * @param uncachedPromptTokens asked only when there is room, since counting takes its time
   */
  Admission admit(ChatRequest request, IntSupplier uncachedPromptTokens) {
    Optional<Admission.Full> full = full();
    return full.isPresent() ? full.get() : admit(estimate(request, uncachedPromptTokens));
  }

  /** Lets a request in that costs nothing, since nobody can read it. */
  Admission admitUnreadable() {
    return admit(new Cost(0, 0));
  }

  @Override
  public LimitReadings.Bucket read() {
    lock.lock();
    try {
      return reading();
    } finally {
      lock.unlock();
    }
  }

  /** Tokens of a prompt that were not cached, and tokens of an answer. */
  private record Cost(long promptTokens, long completionTokens) {}

  private static Cost estimate(ChatRequest request, IntSupplier uncachedPromptTokens) {
    Integer asked = request.maxTokens();
    long answer = asked == null ? USUAL_ANSWER : asked;
    return new Cost(uncachedPromptTokens.getAsInt(), answer * request.multiplier());
  }

  private Optional<Admission.Full> full() {
    lock.lock();
    try {
      return bucket.isOverfull()
          ? Optional.of(new Admission.Full(Duration.ofNanos(bucket.nanosUntilFull()), reading()))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Admission admit(Cost estimate) {
    lock.lock();
    try {
      Optional<Admission.Full> full = full();
      if (full.isPresent()) {
        return full.get();
      }
      PtuWeights weighted = weights;
      long charge = weighted.cost(estimate.promptTokens(), estimate.completionTokens());
      bucket.pour(charge);
      Permit permit =
          new Permit(
              charge,
              unsettled,
              (prompt, completion) -> correct(weighted.cost(prompt, completion) - charge));
      return new Admission.Admitted(permit, reading());
    } finally {
      lock.unlock();
    }
  }

  private void correct(long tokens) {
    lock.lock();
    try {
      bucket.pour(tokens);
    } finally {
      lock.unlock();
    }
  }

  private LimitReadings.Bucket reading() {
    LimitReading tokens =
        new LimitReading(
            bucket.limit(),
            bucket.remaining(),
            LeakyBucket.PERIOD,
            Duration.ofNanos(bucket.nanosUntilEmpty()));
    return new LimitReadings.Bucket(tokens, bucket.utilization());
  }
}
