package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.quota.Admission;
import dev.spillway.router.upstream.Answer;
import java.time.Duration;

/** What a caller gets. */
public sealed interface Ending {

  int status();

  /** A backend's answer. */
  record Passed(Backend backend, Answer answer) implements Ending {
    @Override
    public int status() {
      return answer.status();
    }
  }

  /**
   * A 429 of the router's own.
   *
   * @param retryAfter until the first backend can be asked again
   */
  record Throttled(Duration retryAfter) implements Ending {
    @Override
    public int status() {
      return 429;
    }
  }

  /** Another 429 of the router's own: the caller has used up what it may use. */
  record OverQuota(Admission.Over over) implements Ending {
    @Override
    public int status() {
      return 429;
    }
  }

  /** An error of the router's own. */
  record Failed(int status, String code, String message) implements Ending {}
}
