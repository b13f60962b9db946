package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A text that a model is given, as itself or as the numbers of its tokens. */
public sealed interface PromptInput {

  /** Characters that a token is taken for where characters are charged. */
  int CHARACTERS_PER_TOKEN = 4;

  boolean isEmpty();

  /** What counts for a charge. */
  long characters();

  /** A text. */
  record Text(String text) implements PromptInput {

    @Override
    public boolean isEmpty() {
      return text.isEmpty();
    }

    @Override
    public long characters() {
      return text.length();
    }
  }

  /** Tokens by their numbers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Tokens(int[] ids) implements PromptInput {

    @Override
    public boolean isEmpty() {
      return ids.length == 0;
    }

    @Override
    public long characters() {
      return (long) CHARACTERS_PER_TOKEN * ids.length;
    }
  }

  /**
   * A text, several texts, one array of tokens or several of them; none when it is anything else.
   */
  static Optional<List<PromptInput>> read(JsonNode value) {
    if (value.isArray() && !value.isEmpty() && !isNumbers(value)) {
      List<PromptInput> inputs = new ArrayList<>(value.size());
      for (JsonNode item : value) {
        Optional<PromptInput> input = one(item);
        boolean isLikeTheFirst = item.isString() == value.path(0).isString();
        if (input.isEmpty() || !isLikeTheFirst) {
          return Optional.empty();
        }
        inputs.add(input.get());
      }
      return Optional.of(inputs);
    }
    return one(value).map(List::of);
  }

  private static Optional<PromptInput> one(JsonNode value) {
    if (value.isString()) {
      return Optional.of(new Text(value.stringValue()));
    }
    if (!value.isArray() || !isNumbers(value)) {
      return Optional.empty();
    }
    int[] ids = new int[value.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = value.path(i).intValue();
    }
    return Optional.of(new Tokens(ids));
  }

  /** Whether all of it are numbers that a token could have. */
  private static boolean isNumbers(JsonNode array) {
    for (JsonNode item : array) {
      if (!item.isIntegralNumber() || !item.canConvertToInt() || item.intValue() < 0) {
        return false;
      }
    }
    return true;
  }
}
