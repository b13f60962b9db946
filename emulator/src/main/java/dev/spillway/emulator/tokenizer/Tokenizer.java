package dev.spillway.emulator.tokenizer;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.spillway.emulator.request.PromptInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One vocabulary. Special tokens such as {@code <|endoftext|>} count as the text they are. */
public final class Tokenizer {

  private final Encoding encoding;

  Tokenizer(Encoding encoding) {
    this.encoding = encoding;
  }

  public int count(String text) {
    return encoding.countTokensOrdinary(wellFormed(text));
  }

  /** The text's tokens by their numbers. */
  int[] ids(String text) {
    return encoding.encodeOrdinary(wellFormed(text)).toArray();
  }

  /** The tokens of what a caller gave as a text or as tokens. */
  public int count(PromptInput input) {
    return switch (input) {
      case PromptInput.Text text -> count(text.text());
      case PromptInput.Tokens tokens -> tokens.ids().length;
    };
  }

  /** The text of what a caller gave; none when one of its numbers is no token. */
  public Optional<String> text(PromptInput input) {
    return switch (input) {
      case PromptInput.Text text -> Optional.of(text.text());
      case PromptInput.Tokens tokens -> text(tokens.ids());
    };
  }

  private Optional<String> text(int[] ids) {
    IntArrayList list = new IntArrayList(ids.length);
    for (int id : ids) {
      list.add(id);
    }
    try {
      return Optional.of(encoding.decode(list));
    } catch (NullPointerException e) { // how the library says that it knows no such token
      return Optional.empty();
    }
  }

  /**
   * Half a surrogate pair, which JSON can carry and no vocabulary knows, counts as a question mark.
   */
  private static String wellFormed(String text) {
    return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
        ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : text;
  }

  /**
   * The text cut at its token boundaries. A token that ends within a character is an empty text,
   * and the character comes whole with the token that completes it.
   */
  public List<String> split(String text) {
    IntArrayList ids = encoding.encodeOrdinary(wellFormed(text));
    List<String> tokens = new ArrayList<>(ids.size());
    IntArrayList one = new IntArrayList(1);
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    for (int i = 0; i < ids.size(); i++) {
      one.clear();
      one.add(ids.get(i));
      pending.writeBytes(encoding.decodeBytes(one));
      if (endsWithCharacter(pending.toByteArray())) {
        tokens.add(pending.toString(StandardCharsets.UTF_8));
        pending.reset();
      } else {
        tokens.add("");
      }
    }
    return tokens;
  }

  /** Whether UTF-8 that begins with a character also ends with one. */
  private static boolean endsWithCharacter(byte[] utf8) {
    int at = 0;
    while (at < utf8.length) {
      int lead = utf8[at] & 0xff;
      at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }
    return at == utf8.length;
  }
}
