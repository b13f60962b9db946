package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Collects an answer until it can be judged: a whole body up to its end, any other up to its
 * headers. Never blocks; the one who waits is woken once.
 */
final class AnswerListener implements Response.Listener {

  private static final int FIRST_BYTES = 1024;

  private final CallPlan call;
  private final int maxBuffered;
  private final Runnable onErrorHead;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private volatile @Nullable Answer head;
  private volatile @Nullable ByteArrayOutputStream collected;
  private volatile @Nullable InputStreamResponseListener arriving;

  /**
   * A listener for one exchange.
   *
   * @param onErrorHead called when the headers of an error have come, whose body is worth little
   */
  AnswerListener(CallPlan call, int maxBuffered, Runnable onErrorHead) {
    this.call = call;
    this.maxBuffered = maxBuffered;
    this.onErrorHead = onErrorHead;
  }

  /** The answer, as soon as it can be judged; fails when the connection does. */
  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Whether the headers have come. */
  boolean hasHead() {
    return head != null;
  }

  /** Whether the body is passed on while it arrives. */
  boolean isArriving() {
    return arriving != null;
  }

  /** Judges an error by what has come of it; false for any other answer. */
  boolean settleAsError() {
    Answer known = head;
    ByteArrayOutputStream bytes = collected;
    if (known == null || bytes == null || !AnswerClassifier.mayBeDiscarded(known.status())) {
      return false;
    }
    return answer.complete(known.with(new AnswerBody.Whole(bytes.toByteArray())));
  }

  @Override
  public void onHeaders(Response response) {
    Answer known = Answer.head(response.getStatus(), response.getHeaders());
    head = known;
    if (ExpectedJson.mayPassAsItArrives(call, known)) {
      answer.complete(known.with(new AnswerBody.Arriving(passOn(response).getInputStream())));
    } else {
      collected = new ByteArrayOutputStream(FIRST_BYTES);
      if (AnswerClassifier.mayBeDiscarded(known.status())) {
        onErrorHead.run();
      }
    }
  }

  @Override
  public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
    if (arriving != null) {
      arriving.onContent(response, chunk, demander);
    } else if (collect(response, chunk)) {
      demander.run();
    }
  }

  /** Keeps the chunk; false when there has been enough. */
  private boolean collect(Response response, Content.Chunk chunk) {
    Answer known = Objects.requireNonNull(head);
    ByteArrayOutputStream bytes = Objects.requireNonNull(collected);
    byte[] more = new byte[chunk.remaining()];
    chunk.get(more, 0, more.length);
    bytes.writeBytes(more);
    boolean discardable = AnswerClassifier.mayBeDiscarded(known.status());
    if (discardable && bytes.size() > AnswerJudge.MAX_ERROR_BYTES && settleAsError()) {
      var unused = response.abort(new IllegalStateException("an error of more than 64 KiB"));
      return false;
    }
    if (!discardable && bytes.size() > maxBuffered) {
      InputStream rest = passOn(response).getInputStream();
      InputStream all =
          new SequenceInputStream(new ByteArrayInputStream(bytes.toByteArray()), rest);
      answer.complete(known.with(new AnswerBody.Arriving(all)));
    }
    return true;
  }

  private InputStreamResponseListener passOn(Response response) {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    listener.onHeaders(response);
    arriving = listener;
    return listener;
  }

  @Override
  public void onSuccess(Response response) {
    if (arriving != null) {
      arriving.onSuccess(response);
    }
  }

  @Override
  public void onFailure(Response response, Throwable failure) {
    if (arriving != null) {
      arriving.onFailure(response, failure);
    }
  }

  @Override
  public void onComplete(Result result) {
    if (arriving != null) {
      arriving.onComplete(result);
    }
    if (result.isFailed()) {
      answer.completeExceptionally(result.getFailure());
      return;
    }
    Answer known = head;
    ByteArrayOutputStream bytes = collected;
    if (known != null && bytes != null) {
      answer.complete(known.with(new AnswerBody.Whole(bytes.toByteArray())));
    }
  }
}
