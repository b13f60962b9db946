package dev.spillway.it;

/** The ways into the router, none of which names an api-version. */
enum Door {
  PATH("/completions", ""),
  DATED("/openai/deployments/gpt-35-turbo/chat/completions", ""),
  V1("/openai/v1/chat/completions", "\"model\":\"gpt-35-turbo\",");

  private final String path;
  private final String members;

  Door(String path, String members) {
    this.path = path;
    this.members = members;
  }

  String path() {
    return path;
  }

  /** A call of 300 tokens as this door wants it. */
  String body(boolean stream) {
    return Chat.body(members + (stream ? Chat.STREAM : ""));
  }
}
