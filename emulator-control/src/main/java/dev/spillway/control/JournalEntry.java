package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call as the emulator saw it.
 *
 * @param number counts all calls since the start or the last reset, from 1
 * @param at when it arrived, by the emulator's clock
 * @param endedAt when its answer was made, and of a stream, when it was over or its caller was seen
 *     to have left
 * @param requestId the answer's {@code apim-request-id}
 * @param clientRequestId the caller's own name for the request: its {@code x-ms-client-request-id},
 *     or else its {@code x-request-id}
 * @param caller which key it came with ({@code key1}, {@code key2}), or the client id or else the
 *     object id of its token; null without a valid one. Never the key or the token itself
 * @param method of the HTTP request
 * @param path of the HTTP request, without its query
 * @param apiVersion as the caller wrote it
 * @param resource the resource it came to; null when there is none of that name
 * @param deployment the deployment that answered: the one it asked for, or the one it spilled to
 * @param spilledFrom the provisioned deployment it asked for, when another one answered
 * @param stream whether it asked for a stream
 * @param status of the answer; 0 where a fault let none be sent
 * @param reason why it was refused: the limit that ran out ({@code tokens}, {@code throughput} or
 *     else the calls), a word for the error, or the name of a fault; null for a success
 * @param chargedTokens what the token limit was charged
 * @param promptTokens as billed in {@code usage}
 * @param completionTokens as billed in {@code usage}; of a stream that was left, those that were
 *     produced until then
 * @param retryAfterMillis the wait the answer asked for
 * @param end {@code complete}, {@code cancelled} when the caller left before the end, or {@code
 *     failed} when an error broke a stream off
 * @param body the request's body as text; null when the journal keeps none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JournalEntry(
    long number,
    Instant at,
    Instant endedAt,
    String requestId,
    @Nullable String clientRequestId,
    @Nullable String caller,
    String method,
    String path,
    @Nullable String apiVersion,
    @Nullable String resource,
    @Nullable String deployment,
    @Nullable String spilledFrom,
    boolean stream,
    int status,
    @Nullable String reason,
    @Nullable Long chargedTokens,
    @Nullable Integer promptTokens,
    @Nullable Integer completionTokens,
    @Nullable Long retryAfterMillis,
    String end,
    @Nullable String body) {

  public static final String COMPLETE = "complete";
  public static final String CANCELLED = "cancelled";
  public static final String FAILED = "failed";
}
