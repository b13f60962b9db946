package dev.spillway.it;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpClientProvider;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Answers that take as long as those over a network do at least. langchain4j's streams by Azure's
 * client need that: it makes the handle that it gives with each part after it has asked, and fails
 * with "streamingHandle cannot be null" when the first part is there before.
 */
final class LateAnswers {

  private static final Duration LATE = Duration.ofMillis(50);

  private LateAnswers() {}

  static HttpPipelinePolicy policy() {
    return (context, next) -> next.process().delayElement(LATE);
  }

  static HttpClientProvider of(HttpClientProvider prompt) {
    return () ->
        new HttpClient() {
          private final HttpClient client = prompt.createInstance();

          @Override
          public Mono<HttpResponse> send(HttpRequest request) {
            return client.send(request).delayElement(LATE);
          }
        };
  }
}
