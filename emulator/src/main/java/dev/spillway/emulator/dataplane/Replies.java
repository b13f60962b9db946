package dev.spillway.emulator.dataplane;

import dev.spillway.control.FaultPlace.Phase;
import dev.spillway.emulator.fault.FaultPlan;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.inference.CallLog;
import dev.spillway.emulator.recording.RecordedAnswer;
import dev.spillway.emulator.request.FeatureRefusal;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.upstream.UpstreamAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers calls, and records those that end before any deployment has seen them. */
final class Replies {

  private final WireProfile wire;
  private final CallLog log;
  private final ReplySender sender;
  private final FaultySender faulty;
  private final int maxRequestBytes;

  Replies(
      WireProfile wire, CallLog log, ReplySender sender, FaultySender faulty, int maxRequestBytes) {
    this.wire = wire;
    this.log = log;
    this.sender = sender;
    this.faulty = faulty;
    this.maxRequestBytes = maxRequestBytes;
  }

  /** Sends an answer with the faults that were decided for it. */
  void send(Arrival arrival, Reply reply) throws IOException {
    FaultPlan faults = arrival.origin().faults();
    Optional<Hit> instead = atHeaders(faults).filter(Hit::isAnswer);
    if (instead.isEmpty()) {
      faulty.send(arrival.ctx(), reply, faults.answering());
    } else {
      faulty.pause(faults.answering());
      sender.send(arrival.ctx(), instead(arrival, instead.get()));
    }
  }

  /**
   * Begins an answer that is sent event by event; none where a fault at its headers keeps it from
   * beginning.
   *
   * @param record told of what becomes of it before that can be seen
   */
  Optional<EventStream> stream(
      Arrival arrival, HeaderList headers, String contentType, EventStream.Log record)
      throws IOException {
    FaultPlan faults = arrival.origin().faults();
    List<Hit> hits = faults.answering();
    faulty.pause(hits.stream().filter(hit -> hit.at().phase() == Phase.HEADERS).toList());
    Optional<Hit> atHeaders = atHeaders(faults);
    if (atHeaders.isPresent()) {
      record.spoilt(atHeaders.get().reason());
      record.settle();
      strike(arrival, atHeaders.get());
      return Optional.empty();
    }
    OutputStream out = sender.open(arrival.ctx(), headers, contentType);
    List<Hit> later = hits.stream().filter(hit -> hit.at().phase() != Phase.HEADERS).toList();
    return Optional.of(new EventStream(arrival.ctx(), out, later, faulty, record));
  }

  private static Optional<Hit> atHeaders(FaultPlan faults) {
    return faults.spoiling().filter(hit -> hit.at().phase() == Phase.HEADERS);
  }

  /** Lets a fault strike before anybody looks at the call; whether one has ended it. */
  boolean isStruck(Arrival arrival) throws IOException {
    List<Hit> hits = arrival.origin().faults().arriving();
    faulty.pause(hits);
    Optional<Hit> end = hits.stream().filter(hit -> !hit.isPause()).findFirst();
    if (end.isPresent()) {
      log.struck(arrival.origin(), end.get(), arrival.exchange().arrived());
      strike(arrival, end.get());
    }
    return end.isPresent();
  }

  /** Puts a fault in the place of an answer. */
  void strike(Arrival arrival, Hit fault) throws IOException {
    if (fault.isAnswer()) {
      sender.send(arrival.ctx(), instead(arrival, fault));
    } else {
      faulty.cut(arrival.ctx(), fault);
    }
  }

  private Reply instead(Arrival arrival, Hit fault) {
    return FaultReply.of(
        wire, arrival.exchange(), arrival.origin().faults().deployment().orElse(null), fault);
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
