package dev.spillway.it;

/** Chat completions that are charged exactly 300 tokens: a quarter of 640 characters, and 140. */
final class Chat {

  static final long TOKENS = 300;
  static final int MAX_TOKENS = 140;
  static final String PROMPT = "Which gate opens first? ".repeat(27).substring(0, 640);
  static final String STREAM = "\"stream\":true,";

  private Chat() {}

  static String plain() {
    return body("");
  }

  static String of(boolean stream) {
    return body(stream ? STREAM : "");
  }

  /**
   * A whole body.
   *
   * @param members more of it, each followed by a comma
   */
  static String body(String members) {
    return """
    {%s"messages":[{"role":"user","content":"%s"}],"max_tokens":%d}\
    """
        .formatted(members, PROMPT, MAX_TOKENS);
  }
}
