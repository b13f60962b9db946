package dev.spillway.rehearsal.backend;

import dev.spillway.rehearsal.net.AnswerReader;
import dev.spillway.rehearsal.net.GarbledException;
import dev.spillway.rehearsal.net.HttpRequest;
import dev.spillway.rehearsal.net.LateException;
import dev.spillway.rehearsal.net.MemoryConnection;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AnswerJudge;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.AttemptResult.Garbled;
import dev.spillway.router.upstream.AttemptResult.Reset;
import dev.spillway.router.upstream.AttemptResult.Stale;
import dev.spillway.router.upstream.AttemptResult.TimedOut;
import dev.spillway.router.upstream.Patience;
import dev.spillway.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;

/** One request to one backend, from its first byte to an answer that can be judged. */
final class Attempt {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final MemoryConnection connection;
  private final int maxBuffered;
  private final TimeSource time;
  private final Patience patience;
  private final AnswerJudge judge;
  private final Runnable keep;

  /**
   * @param keep gives the connection back for another request
   */
  Attempt(
      MemoryConnection connection,
      CallPlan call,
      AttemptLimits limits,
      int maxBuffered,
      TimeSource time,
      Runnable keep) {
    this.connection = connection;
    this.maxBuffered = maxBuffered;
    this.time = time;
    this.patience = new Patience(limits, time.nanoTime());
    this.judge = new AnswerJudge(call, maxBuffered, time);
    this.keep = keep;
  }

  /** A connection whose answer is not passed on is left or kept. */
  AttemptResult result(HttpRequest request) throws InterruptedException {
    AnswerReader answer = connection.send(request);
    try {
      answer.awaitHead(patience.untilHead());
    } catch (LateException e) {
      return left(new TimedOut());
    } catch (GarbledException e) {
      return left(new Garbled(e.getClass().getSimpleName()));
    } catch (IOException e) {
      return left(connection.isKept() ? new Stale() : new Reset(e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      connection.close();
      throw e;
    }
    Answer head = Answer.head(answer.status(), answer.headers());
    return judge.mayPassAsItArrives(head)
        ? arriving(head, new ArrivingBody(answer, this))
        : whole(head, answer);
  }

  private AttemptResult whole(Answer head, AnswerReader answer) throws InterruptedException {
    boolean discardable = judge.mayBeDiscarded(head);
    if (discardable) {
      patience.errorBegan(time.nanoTime());
    }
    ByteArrayOutputStream collected = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      int read = answer.read(buffer, 0, buffer.length, patience.untilWhole());
      while (read >= 0) {
        collected.write(buffer, 0, read);
        if (discardable && collected.size() > AnswerJudge.MAX_ERROR_BYTES) {
          return left(judged(head, collected));
        }
        if (!discardable && collected.size() > maxBuffered) {
          InputStream first = new ByteArrayInputStream(collected.toByteArray());
          return arriving(head, new SequenceInputStream(first, new ArrivingBody(answer, this)));
        }
        read = answer.read(buffer, 0, buffer.length, patience.untilWhole());
      }
    } catch (LateException e) {
      return left(discardable ? judged(head, collected) : new TimedOut());
    } catch (IOException e) {
      return left(new Reset("the answer broke off"));
    } catch (InterruptedException e) {
      connection.close();
      throw e;
    }
    over(answer);
    return judged(head, collected);
  }

  private AttemptResult judged(Answer head, ByteArrayOutputStream body) {
    return judge.whole(head.with(new AnswerBody.Whole(body.toByteArray())));
  }

  private AttemptResult arriving(Answer head, InputStream body) throws InterruptedException {
    try {
      AttemptResult result = judge.arriving(head, body, patience::speaks);
      patience.passedOn();
      return result;
    } catch (InterruptedIOException e) {
      connection.close();
      throw new InterruptedException();
    } catch (LateException e) {
      return left(new TimedOut(judge.heard()));
    } catch (IOException e) {
      return left(new Reset("the stream broke off", judge.heard()));
    }
  }

  private AttemptResult left(AttemptResult result) {
    connection.close();
    return result;
  }

  /** Waits for more of a body that is read while it arrives. */
  int read(AnswerReader answer, byte[] into, int offset, int length) throws IOException {
    patience.waits(time.nanoTime());
    try {
      return answer.read(into, offset, length, patience.untilMore());
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } finally {
      patience.served();
    }
  }

  /** Nobody reads any more, though there may be more. */
  void leave() {
    connection.close();
  }

  /** All of the answer has been read. */
  void over(AnswerReader answer) {
    connection.answered();
    if (answer.endsItsConnection()) {
      connection.close();
    } else {
      keep.run();
    }
  }
}
