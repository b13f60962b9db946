package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.AnswerStream;
import dev.spillway.emulator.inference.MediaAnswer;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.inference.Settlement;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.VectorAnswer;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.util.Optional;

/** Sends what became of a call, in the words and headers of the year. */
final class AnswerSender {

  private final WireProfile wire;
  private final Replies replies;
  private final PlaybackSender playbacks;
  private final Responses responses;
  private final TimeSource time;
  private final MediaSender media;

  AnswerSender(
      WireProfile wire,
      Replies replies,
      PlaybackSender playbacks,
      PictureDoor pictures,
      Responses responses,
      TimeSource time) {
    this.media = new MediaSender(wire, replies, pictures);
    this.wire = wire;
    this.replies = replies;
    this.playbacks = playbacks;
    this.responses = responses;
    this.time = time;
  }

  /**
   * Sends it.
   *
   * @param body what was asked
   */
  void send(Arrival arrival, ParsedBody body, Outcome outcome) throws IOException {
    Exchange exchange = arrival.exchange();
    switch (outcome) {
      case Outcome.Completed completed -> whole(arrival, completed);
      case Outcome.Streaming streaming -> stream(arrival, streaming.stream());
      case Outcome.Playing playing -> playbacks.send(arrival, playing.playback());
      case Outcome.Failed failed when !failed.fault().isAnswer() ->
          replies.strike(arrival, failed.fault());
      case Outcome.DeploymentNotFound none ->
          replies.send(arrival, wire.deploymentNotFound(exchange));
      case Outcome.Refusal refusal -> replies.send(arrival, refusal(exchange, body, refusal));
      case Outcome.SpilloverFailed failed ->
          replies.send(
              arrival,
              Provisioned.spilloverFailed(
                  refusal(exchange, body, failed.original()), failed.status()));
    }
  }

  private Reply refusal(Exchange exchange, ParsedBody body, Outcome.Refusal refusal) {
    return RefusedResponse.of(wire, exchange, body, refusal)
        .orElseGet(() -> refusal(exchange, refusal));
  }

  private Reply refusal(Exchange exchange, Outcome.Refusal refusal) {
    return switch (refusal) {
      case Outcome.Throttled throttled ->
          wire.throttled(exchange, throttled.deployment(), throttled.denied());
      case Outcome.Full full -> wire.full(exchange, full.full());
      case Outcome.PromptBlocked blocked -> promptBlocked(exchange, blocked);
      case Outcome.PictureBlocked blocked ->
          wire.pictureBlocked(
              exchange,
              blocked.deployment(),
              PictureBlocked.What.PICTURE,
              blocked.verdict(),
              blocked.readings());
      case Outcome.NoSuchFilter none -> wire.noSuchFilter(exchange, none);
      case Outcome.TooLong tooLong ->
          wire.invalid(exchange, tooLong.deployment(), tooLong.problem(), tooLong.readings());
      case Outcome.Invalid invalid ->
          wire.invalid(exchange, invalid.deployment(), invalid.problem(), invalid.readings());
      case Outcome.NotSupported notSupported ->
          wire.notSupported(exchange, notSupported.deployment());
      case Outcome.NotTaken notTaken -> wire.notTaken(exchange, notTaken.message());
      case Outcome.Failed failed -> FaultReply.of(wire, exchange, failed);
    };
  }

  private HeaderList success(Exchange exchange, Answer answer) {
    return Provisioned.spilled(wire.success(exchange, answer), answer);
  }

  private void whole(Arrival arrival, Outcome.Completed completed) throws IOException {
    Answer answer = completed.answer();
    try (Settlement settlement = completed.settlement()) {
      if (!isLeftToItself(answer)) {
        Pacer.of(time, answer.pace(), arrival).untilWhole();
      }
      settlement.complete(); // so that the call is recorded before the caller can see its end
      Exchange exchange = arrival.exchange();
      HeaderList headers = success(exchange.at(time.instant()), answer);
      switch (answer) {
        case TextAnswer text ->
            replies.send(arrival, Reply.json(200, headers, whole(exchange, text)));
        case VectorAnswer vectors ->
            replies.send(
                arrival,
                Reply.json(
                    200, EmbeddingsFormat.headers(headers), EmbeddingsFormat.body(wire, vectors)));
        case MediaAnswer other -> media.send(arrival, headers, other);
      }
    }
  }

  /** Nobody waits for a response in the background. */
  private static boolean isLeftToItself(Answer answer) {
    return answer.request() instanceof ResponsesRequest request && request.background();
  }

  private Reply promptBlocked(Exchange exchange, Outcome.PromptBlocked blocked) {
    return switch (exchange.operation()) {
      case IMAGE_GENERATIONS, IMAGE_EDITS ->
          wire.pictureBlocked(
              exchange,
              blocked.deployment(),
              PictureBlocked.What.PROMPT,
              blocked.verdict(),
              blocked.readings());
      case CHAT_COMPLETIONS,
          COMPLETIONS,
          EMBEDDINGS,
          RESPONSES,
          AUDIO_TRANSCRIPTIONS,
          AUDIO_TRANSLATIONS,
          AUDIO_SPEECH ->
          wire.promptBlocked(exchange, blocked);
    };
  }

  private byte[] whole(Exchange exchange, TextAnswer answer) {
    TextFormat format = wire.text(exchange, answer, time);
    byte[] body = format.whole();
    responses.keep(exchange, format);
    return body;
  }

  private void stream(Arrival arrival, AnswerStream stream) throws IOException {
    TextAnswer answer = stream.answer();
    TextFormat format = wire.text(arrival.exchange(), answer, time);
    Pacer pacer = Pacer.of(time, answer.pace(), arrival);
    try (stream) {
      pacer.untilFirst();
      Optional<EventStream> out =
          replies.stream(
              arrival,
              success(arrival.exchange().at(time.instant()), answer),
              wire.eventStream(),
              EventStream.Log.of(stream));
      if (out.isPresent()) {
        send(arrival.exchange(), out.get(), stream, format, pacer);
      }
    }
  }

  private void send(
      Exchange exchange, EventStream out, AnswerStream stream, TextFormat format, Pacer pacer)
      throws IOException {
    out.begin(format.first());
    for (Optional<AnswerStream.Piece> piece = next(out, stream);
        piece.isPresent();
        piece = next(out, stream)) {
      pacer.before(piece.get());
      out.chunk(format.piece(piece.get()));
      if (stream.answer().readWhileSent()) {
        out.flush();
      }
    }
    out.end(
        () -> kept(exchange, format, format.last()),
        error -> kept(exchange, format, format.failure(error)));
  }

  /** Before the caller can see its end, and come back for it. */
  private byte[] kept(Exchange exchange, TextFormat format, byte[] end) {
    responses.keep(exchange, format);
    return end;
  }

  private static Optional<AnswerStream.Piece> next(EventStream out, AnswerStream stream) {
    return out.isBroken() ? Optional.empty() : stream.next();
  }
}
