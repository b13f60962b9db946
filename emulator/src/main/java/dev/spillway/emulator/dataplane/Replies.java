package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.request.FeatureRefusal;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.upstream.UpstreamAnswer;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Answers calls, and records those that end before any deployment has seen them. */
final class Replies {

  private final WireProfile wire;
  private final CallLog log;
  private final ReplySender sender;
  private final int maxRequestBytes;

  Replies(WireProfile wire, CallLog log, ReplySender sender, int maxRequestBytes) {
    this.wire = wire;
    this.log = log;
    this.sender = sender;
    this.maxRequestBytes = maxRequestBytes;
  }

  void send(Arrival arrival, Reply reply) throws IOException {
    sender.send(arrival.ctx(), reply);
  }

  /** Begins an answer that is sent bit by bit. */
  OutputStream open(Arrival arrival, HeaderList headers, String contentType) throws IOException {
    return sender.open(arrival.ctx(), headers, contentType);
  }

  /** Begins an answer of another status, or without a content type, that is sent bit by bit. */
  OutputStream open(Arrival arrival, int status, HeaderList headers, @Nullable String contentType)
      throws IOException {
    return sender.open(arrival.ctx(), status, headers, contentType);
  }

  /** Begins an answer as another endpoint has begun it. */
  OutputStream forward(Arrival arrival, UpstreamAnswer answer) throws IOException {
    return sender.forward(arrival.ctx(), answer);
  }

  /** Tells the journal of a call that no deployment had to do with and a recording answered. */
  void record(Arrival arrival, RecordedAnswer answer) {
    log.played(arrival.origin(), answer, arrival.exchange().arrived());
  }

  /** Answers a call that no deployment has a part in. */
  void answer(Arrival arrival, Reply reply) throws IOException {
    log.answeredByResource(arrival.origin(), reply.status(), arrival.exchange().arrived());
    send(arrival, reply);
  }

  void turnAway(Arrival arrival, String reason, Reply reply) throws IOException {
    log.turnedAway(arrival.origin(), reply.status(), reason, arrival.exchange().arrived());
    send(arrival, reply);
  }

  void notFound(Arrival arrival) throws IOException {
    turnAway(arrival, "not found", wire.resourceNotFound(arrival.exchange()));
  }

  void badRequest(Arrival arrival, String message) throws IOException {
    turnAway(arrival, "BadRequest", wire.badRequest(arrival.exchange(), message));
  }

  void refuse(Arrival arrival, InvalidRequest problem) throws IOException {
    turnAway(arrival, "invalid_request_error", wire.invalid(arrival.exchange(), problem));
  }

  void refuse(Arrival arrival, FeatureRefusal refusal) throws IOException {
    switch (refusal) {
      case FeatureRefusal.NotYet notYet -> badRequest(arrival, notYet.message());
      case FeatureRefusal.Unrecognized unrecognized -> refuse(arrival, unrecognized.problem());
    }
  }

  /** Answers a call whose body is too large; false when it is not. */
  boolean isTooLarge(Arrival arrival) throws IOException {
    if (arrival.body().length <= maxRequestBytes) {
      return false;
    }
    turnAway(arrival, "too large", wire.tooLarge(arrival.exchange(), maxRequestBytes));
    return true;
  }
}
