package dev.spillway.router.plan;

import java.util.Arrays;

/**
 * Counts in a text what makes a request hard, in one pass over its characters and without making an
 * object for a word. The words are English ones. Of a long text only the beginning is looked at.
 */
final class PromptSigns {

  private static final int MOST_CHARACTERS = 8_000;
  private static final int LONGEST_WORD = 8;
  private static final int BITS = 8;
  private static final String MATHS = "∑∏∫√∂∞≤≥≠≈±×÷∈∀∃⇒πθλ^";
  private static final long[] CONSTRAINTS =
      packed(
          "must", "only", "exactly", "without", "never", "always", "ensure", "avoid", "except",
          "unless", "least");
  private static final long[] TASKS =
      packed(
          "prove",
          "derive",
          "analyse",
          "analyze",
          "compare",
          "design",
          "optimise",
          "optimize",
          "refactor",
          "debug",
          "evaluate",
          "diagnose");

  private int left = MOST_CHARACTERS;
  private int fences;
  private int questions;
  private int constraints;
  private int tasks;
  private int maths;
  private int ticks;
  private long word;
  private int wordLength;
  private boolean lineBegins = true;
  private boolean itemMayEnd;

  void read(char[] text, int offset, int length) {
    int end = offset + Math.min(length, left);
    left -= end - offset;
    for (int i = offset; i < end; i++) {
      char c = text[i];
      if (isLetter(c)) {
        letter(c);
      } else {
        sign(c, i + 1 == end ? ' ' : text[i + 1]);
      }
    }
    endWord();
    ticks = 0;
    lineBegins = true;
    itemMayEnd = false;
  }

  /** Most characters are letters, and there is little to do for them. */
  private void letter(char c) {
    word = word << BITS | (c | 0x20);
    wordLength++;
    ticks = 0;
    lineBegins = false;
    itemMayEnd = false;
  }

  private void sign(char c, char next) {
    endWord();
    tick(c);
    listItem(c, next);
    if (c == '?' && !isPartOfWord(next)) {
      questions++;
    } else if (c == '\\' && isLetter(next)) {
      maths++;
    } else if (c > '\u007f' || c == '^') {
      maths += MATHS.indexOf(c) >= 0 ? 1 : 0;
    }
  }

  private void endWord() {
    if (wordLength >= 4 && wordLength <= LONGEST_WORD) {
      constraints += contains(CONSTRAINTS, word);
      tasks += contains(TASKS, word);
    }
    word = 0;
    wordLength = 0;
  }

  private void tick(char c) {
    ticks = c == '`' ? ticks + 1 : 0;
    if (ticks == 3) {
      fences++;
      ticks = 0;
    }
  }

  /** {@code - item}, {@code * item}, {@code • item}, {@code 1. item} and {@code 1) item}. */
  private void listItem(char c, char next) {
    if (c == '\n') {
      lineBegins = true;
      itemMayEnd = false;
    } else if (lineBegins && c >= '0' && c <= '9') {
      itemMayEnd = true;
    } else if (itemMayEnd && (c == '.' || c == ')')) {
      constraints += next == ' ' ? 1 : 0;
      lineBegins = false;
      itemMayEnd = false;
    } else if (lineBegins && (c == '-' || c == '*' || c == '•') && !itemMayEnd) {
      constraints += next == ' ' ? 1 : 0;
      lineBegins = false;
    } else if (c != ' ' && c != '\t') {
      lineBegins = false;
      itemMayEnd = false;
    }
  }

  private static boolean isLetter(char c) {
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isPartOfWord(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }

  private static int contains(long[] words, long wanted) {
    for (long known : words) {
      if (known == wanted) {
        return 1;
      }
    }
    return 0;
  }

  private static long[] packed(String... words) {
    return Arrays.stream(words).mapToLong(PromptSigns::packed).toArray();
  }

  private static long packed(String text) {
    long packed = 0;
    for (int i = 0; i < text.length(); i++) {
      packed = packed << BITS | text.charAt(i);
    }
    return packed;
  }

  /** These signs, with what only the whole request tells. */
  Complexity with(long characters, int messages, int tools) {
    return new Complexity(
        characters, (fences + 1) / 2, questions, constraints, tasks, maths, messages, tools);
  }
}
