package dev.spillway.router.upstream;

import dev.spillway.router.trace.Usage;
import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to an answer that is passed on, whatever its pieces: it reads the last {@code usage}, and
 * counts the characters of the text that has come.
 *
 * <p>It follows the JSON byte by byte, builds nothing of it, and keeps no more than one name and
 * one {@code usage}. A line end begins anew, since none can stand inside a JSON string.
 */
public final class UsageMeter {

  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_USAGE = 4 * 1024;
  private static final byte[] NONE_YET = {};
  private static final byte[] USAGE = ascii("usage");

  /** What a value is worth, by its name. */
  private enum Value {
    NONE,
    TEXT,
    USAGE
  }

  private final List<byte[]> textNames;
  private final byte[] name = new byte[LONGEST_NAME];
  private byte[] captured = NONE_YET;
  private int nameLength = -1;
  private int capturedLength;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private int digitsLeft;
  private Value value = Value.NONE;
  private Value stringIs = Value.NONE;
  private long characters;
  private @Nullable Usage usage;

  private UsageMeter(List<byte[]> textNames) {
    this.textNames = textNames;
  }

  /** A meter for the answers of an operation. */
  public static UsageMeter of(Optional<Operation> operation) {
    return new UsageMeter(
        operation
            .map(known ->
                switch (known) {
                  case CHAT_COMPLETIONS ->
                      names("content", "refusal", "reasoning_content", "arguments");
                  case COMPLETIONS -> names("text");
                  case RESPONSES -> names("delta");
                  case EMBEDDINGS,
                      IMAGE_GENERATIONS,
                      IMAGE_EDITS,
                      AUDIO_SPEECH,
                      AUDIO_TRANSCRIPTIONS,
                      AUDIO_TRANSLATIONS ->
                      names();
                })
            .orElse(names()));
  }

  public void feed(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte b = bytes[i];
      if (depth > 0) {
        capture(b);
      }
      if (inString) {
        inside(b);
      } else {
        outside(b);
      }
    }
  }

  /** What has been said so far. */
  public Heard heard() {
    return new Heard(usage, characters, null);
  }

  private void inside(byte b) {
    if (b == '\n') {
      restart();
    } else if (digitsLeft > 0) {
      digitsLeft--;
    } else if (escaped) {
      escaped = false;
      digitsLeft = b == 'u' ? 4 : 0;
      count(b);
    } else if (b == '\\') {
      escaped = true;
      nameLength = LONGEST_NAME; // no name of ours
    } else if (b == '"') {
      inString = false;
    } else {
      count(b);
    }
  }

  /** A character of several bytes counts once, and one that is escaped by its number, as one. */
  private void count(byte b) {
    if (stringIs == Value.TEXT) {
      characters += (b & 0xC0) == 0x80 ? 0 : 1;
    } else if (nameLength < LONGEST_NAME) {
      name[nameLength++] = b;
    }
  }

  private void outside(byte b) {
    switch (b) {
      case '"' -> {
        inString = true;
        stringIs = value;
        value = Value.NONE;
        nameLength = 0;
      }
      case ':' -> {
        value = meaning();
        nameLength = -1;
      }
      case '{' -> {
        if (depth > 0) {
          depth++;
        } else if (value == Value.USAGE) {
          depth = 1;
          begin();
          capture(b);
        }
        value = Value.NONE;
      }
      case '}' -> close();
      case '\n' -> {
        if (depth == 0) {
          restart();
        }
      }
      case ' ', '\t', '\r' -> {}
      default -> value = Value.NONE;
    }
  }

  private void close() {
    value = Value.NONE;
    if (depth > 0 && --depth == 0) {
      usage = UsageReader.read(captured, capturedLength).orElse(usage);
    }
  }

  private void begin() {
    if (captured.length == 0) {
      captured = new byte[LONGEST_USAGE];
    }
    capturedLength = 0;
  }

  private void capture(byte b) {
    if (capturedLength < LONGEST_USAGE) {
      captured[capturedLength++] = b;
    }
  }

  private void restart() {
    inString = false;
    escaped = false;
    digitsLeft = 0;
    depth = 0;
    value = Value.NONE;
    stringIs = Value.NONE;
    nameLength = -1;
  }

  private Value meaning() {
    if (is(USAGE)) {
      return Value.USAGE;
    }
    for (byte[] text : textNames) {
      if (is(text)) {
        return Value.TEXT;
      }
    }
    return Value.NONE;
  }

  private boolean is(byte[] wanted) {
    return nameLength == wanted.length
        && Arrays.equals(name, 0, nameLength, wanted, 0, wanted.length);
  }

  private static List<byte[]> names(String... names) {
    return Arrays.stream(names).map(UsageMeter::ascii).toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
