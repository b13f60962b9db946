package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose answer is written by a model, token by token. */
public sealed interface TextRequest extends ModelRequest
    permits ChatRequest, CompletionRequest, ResponsesRequest {

  /** What the model is to go on with. */
  Conversation conversation();

  /** What it is to go on with for one of its candidates. */
  default Conversation conversation(int candidate) {
    return conversation();
  }

  /** How many answers are asked for. */
  int choices();

  /** How many are written: those that are sent come first, and all of them are billed. */
  default int candidates() {
    return choices();
  }

  @Override
  default List<String> texts() {
    return conversation().texts();
  }

  @Override
  default @Nullable Integer maxTokens() {
    return conversation().maxTokens();
  }
}
