package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;

/** The body of a 400 for a prompt that the content filter withholds: one line without its end. */
final class PromptBlocked {

  static final String MESSAGE =
      "The response was filtered due to the prompt triggering Azure OpenAI's content management"
          + " policy. Please modify your prompt and retry. To learn more about our content"
          + " filtering policies please read our documentation:"
          + " https://go.microsoft.com/fwlink/?linkid=2198766";

  private PromptBlocked() {}

  static byte[] body(Verdict.Blocked verdict, FilterAnnotations annotations) {
    return ChatJson.object(json -> {
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("message", MESSAGE);
      json.writeNullProperty("type");
      json.writeStringProperty("param", "prompt");
      json.writeStringProperty("code", "content_filter");
      json.writeNumberProperty("status", 400);
      json.writeObjectPropertyStart("innererror");
      json.writeStringProperty("code", "ResponsibleAIPolicyViolation");
      annotations.write(json, "content_filter_result", verdict.annotations());
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
