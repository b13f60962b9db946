package dev.spillway.it;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hears a stream of langchain4j to its end. */
final class Heard implements StreamingChatResponseHandler {

  private final List<String> parts = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

  @Override
  public void onPartialResponse(String part) {
    parts.add(part);
  }

  @Override
  public void onCompleteResponse(ChatResponse whole) {
    end.complete(whole);
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  List<String> parts() {
    return parts;
  }

  ChatResponse whole() throws InterruptedException, ExecutionException, TimeoutException {
    return end.get(10, TimeUnit.SECONDS);
  }

  /** What the handler was told in the place of an answer. */
  Throwable failure() {
    return end.handle((whole, failure) -> failure == null ? answered(whole) : failure)
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private static Throwable answered(ChatResponse whole) {
    return new AssertionError("answered: " + whole);
  }
}
