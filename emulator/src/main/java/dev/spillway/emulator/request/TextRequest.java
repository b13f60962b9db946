package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose answer is written by a model, token by token. */
public sealed interface TextRequest extends ModelRequest permits ChatRequest {

  /** What the model is to go on with. */
  Conversation conversation();

  /** How many answers are asked for. */
  int choices();

  @Override
  default List<String> texts() {
    return conversation().texts();
  }

  @Override
  default @Nullable Integer maxTokens() {
    return conversation().maxTokens();
  }
}
