package dev.spillway.emulator.tokenizer;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One vocabulary. Special tokens such as {@code <|endoftext|>} count as the text they are. */
public final class Tokenizer {

  private final Encoding encoding;

  Tokenizer(Encoding encoding) {
    this.encoding = encoding;
  }

  public int count(String text) {
    return encoding.countTokensOrdinary(wellFormed(text));
  }

  /**
   * Half a surrogate pair, which JSON can carry and no vocabulary knows, counts as a question mark.
   */
  private static String wellFormed(String text) {
    return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
        ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : text;
  }

  /** The text cut at its token boundaries; only for text whose tokens are whole characters. */
  public List<String> split(String text) {
    IntArrayList ids = encoding.encodeOrdinary(text);
    List<String> tokens = new ArrayList<>(ids.size());
    IntArrayList one = new IntArrayList(1);
    for (int i = 0; i < ids.size(); i++) {
      one.clear();
      one.add(ids.get(i));
      tokens.add(encoding.decode(one));
    }
    return tokens;
  }
}
