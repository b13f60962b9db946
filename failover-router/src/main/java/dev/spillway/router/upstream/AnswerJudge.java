package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.upstream.AttemptResult.Garbled;
import dev.spillway.router.upstream.AttemptResult.Succeeded;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what an answer is worth, whichever way it has come: it knows no connection.
 *
 * <p>A whole one is judged by its status and its body; a stream of events by what it says first.
 */
public final class AnswerJudge {

  /** An error's body is read this far, so that its connection can be used again. */
  public static final int MAX_ERROR_BYTES = 64 * 1024;

  private final CallPlan call;
  private final int maxBuffered;
  private final TimeSource time;
  private @Nullable Long spokeAt;
  private Heard heard = Heard.NOTHING;

  /**
   * A judge of one call's answers.
   *
   * @param maxBuffered the longest stream that is kept back to its end
   */
  public AnswerJudge(CallPlan call, int maxBuffered, TimeSource time) {
    this.call = call;
    this.maxBuffered = maxBuffered;
    this.time = time;
  }

  /** Whether an answer with this head is judged while it arrives; any other when it is whole. */
  public boolean mayPassAsItArrives(Answer head) {
    return ExpectedJson.mayPassAsItArrives(call, head);
  }

  /** Whether an answer with this head is an error, whose body is worth little. */
  public boolean mayBeDiscarded(Answer head) {
    return AnswerClassifier.mayBeDiscarded(head.status());
  }

  public AttemptResult whole(Answer answer) {
    return AnswerClassifier.classify(call, answer, time.instant());
  }

  /**
   * Reads a body that arrives until it is clear what it is; closes one that is no answer.
   *
   * @param head its status and headers
   * @param onContent called when it has said something
   * @throws IOException when the backend breaks off first
   */
  public AttemptResult arriving(Answer head, InputStream body, Runnable onContent)
      throws IOException {
    if (!head.isEventStream()) {
      onContent.run();
      return new Succeeded(head.with(new AnswerBody.Arriving(body)));
    }
    Optional<Operation> operation = Operation.byPath(call.route().rest());
    StreamEnd end = StreamEnd.of(operation);
    HeldStream held = new HeldStream(body, end, call.terms().hold(), maxBuffered, time::nanoTime);
    HeldStream.Verdict verdict;
    try {
      verdict = held.await(() -> spoken(onContent));
    } catch (IOException e) {
      heard = held.heard(operation).speakingAt(spokeAt);
      throw e;
    }
    return switch (verdict) {
      case HeldStream.Verdict.Serves it ->
          new Succeeded(
              head.with(new AnswerBody.Arriving(it.all())).with(Heard.NOTHING.speakingAt(spokeAt)));
      case HeldStream.Verdict.Failed it -> {
        body.close();
        yield whole(head.with(held.heard(operation)).as(it.error()));
      }
      case HeldStream.Verdict.Broken it -> {
        body.close();
        yield new Garbled(it.why(), held.heard(operation));
      }
    };
  }

  private void spoken(Runnable onContent) {
    spokeAt = time.nanoTime();
    onContent.run();
  }

  /** What a stream had said when its backend broke off. */
  public Heard heard() {
    return heard;
  }
}
