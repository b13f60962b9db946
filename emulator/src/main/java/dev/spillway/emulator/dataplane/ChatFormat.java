package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.wire.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A chat completion, in the chunks of its year. */
final class ChatFormat implements TextFormat {

  private static final byte[] DONE = ServerSentEvent.DONE.toBytes();

  private final WireProfile wire;
  private final Exchange exchange;
  private final ChatRequest request;
  private final TextAnswer answer;
  private final ChatChunks chunks;

  ChatFormat(WireProfile wire, Exchange exchange, ChatRequest request, TextAnswer answer) {
    this.wire = wire;
    this.exchange = exchange;
    this.request = request;
    this.answer = answer;
    this.chunks = wire.chat(exchange, request, answer);
  }

  @Override
  public byte[] whole() {
    return chunks.completion();
  }

  @Override
  public byte @Nullable [] first() {
    return chunks.promptChunk();
  }

  @Override
  public byte[] piece(Piece piece) {
    return chunks.chunk(piece);
  }

  @Override
  public byte[] last() {
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    if (request.includeUsage() && !answer.blocked()) {
      last.writeBytes(chunks.usageChunk());
    }
    last.writeBytes(DONE);
    return last.toByteArray();
  }

  @Override
  public byte[] failure(ServiceError error) {
    return Failures.event(wire, exchange, error);
  }
}
