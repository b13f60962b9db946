package dev.spillway.emulator.dataplane;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A chunk that is written again and again with another text in it: the tokens of one choice differ
 * in nothing else. Thousands of streams at once are then a matter of copying bytes.
 */
final class TokenChunk {

  /**
   * Characters for private use, which stand for the text and for the padding in the first chunk.
   */
  static final String TEXT = "\uE0F0";

  static final String PADDING = "\uE0F1";

  private final byte[] before;
  private final byte[] between;
  private final byte @Nullable [] after;

  private TokenChunk(byte[] before, byte[] between, byte @Nullable [] after) {
    this.before = before;
    this.between = between;
    this.after = after;
  }

  /** Of a chunk that has {@link #TEXT} in it, and after it {@link #PADDING} unless it has none. */
  static TokenChunk of(byte[] chunk) {
    int text =
        indexOf(chunk, TEXT, 0)
            .orElseThrow(() -> new IllegalArgumentException("a chunk without a text"));
    int next = text + length(TEXT);
    return indexOf(chunk, PADDING, next)
        .map(padding ->
            new TokenChunk(
                Arrays.copyOf(chunk, text),
                Arrays.copyOfRange(chunk, next, padding),
                Arrays.copyOfRange(chunk, padding + length(PADDING), chunk.length)))
        .orElseGet(() ->
            new TokenChunk(
                Arrays.copyOf(chunk, text), Arrays.copyOfRange(chunk, next, chunk.length), null));
  }

  /** The chunk with this text and padding; a padding that it has no place for is left out. */
  byte[] with(String text, @Nullable String padding) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] letters =
        padding == null || after == null
            ? ChatJson.NOTHING
            : padding.getBytes(StandardCharsets.US_ASCII);
    byte[] end = after == null ? ChatJson.NOTHING : after;
    byte[] chunk =
        new byte[before.length + quoted.length + between.length + letters.length + end.length];
    int at = put(before, chunk, 0);
    at = put(quoted, chunk, at);
    at = put(between, chunk, at);
    at = put(letters, chunk, at);
    put(end, chunk, at);
    return chunk;
  }

  private static int put(byte[] part, byte[] whole, int at) {
    System.arraycopy(part, 0, whole, at, part.length);
    return at + part.length;
  }

  private static Optional<Integer> indexOf(byte[] bytes, String wanted, int from) {
    byte[] mark = wanted.getBytes(StandardCharsets.UTF_8);
    for (int i = from; i + mark.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static int length(String mark) {
    return mark.getBytes(StandardCharsets.UTF_8).length;
  }
}
