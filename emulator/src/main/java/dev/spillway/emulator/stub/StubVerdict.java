package dev.spillway.emulator.stub;

import dev.spillway.control.stub.StubUsage;
import dev.spillway.control.stub.UnmatchedRequest.NearMiss;
import dev.spillway.emulator.generation.Dictation.Words;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the stubs have for a request. */
public sealed interface StubVerdict {

  /** One of them answers. */
  final class Answered implements StubVerdict {
    private final Asked asked;
    private final PreparedStub.Fit.Yes fit;

    Answered(Asked asked, PreparedStub.Fit.Yes fit) {
      this.asked = asked;
      this.fit = fit;
    }

    public String stub() {
      return fit.stub().name();
    }

    /** What it says; each of several answers has a randomness of its own. */
    public Words words(Instant now, RandomGenerator random) {
      return fit.answer()
          .words(new Scene(asked, fit.call(), fit.stub().groups(asked), now, random));
    }

    /** Whether what it says is a refusal. */
    public boolean refuses() {
      return fit.answer().refusal();
    }

    /** What is billed for it. */
    public StubUsage usage() {
      return fit.answer().usage();
    }
  }

  /**
   * None does.
   *
   * @param nearest those that fit most of it, the nearest first
   */
  record Unmatched(List<NearMiss> nearest) implements StubVerdict {}
}
