package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Annotation;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.request.ResponsesRequest;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code content_filters}: what the content filter says of a response's prompt and completion. */
final class ResponseFilters {

  /** What the service puts before every prompt; its filter reads that, too. */
  private static final int BEFORE_THE_PROMPT = 833;

  private ResponseFilters() {}

  /** Of a prompt that is withheld. */
  static ArrayNode ofPrompt(ResponsesRequest request, Verdict verdict) {
    return ResponseJson.NODES
        .arrayNode()
        .add(entry("prompt", verdict, request.promptCharacters() + BEFORE_THE_PROMPT));
  }

  static ArrayNode of(ResponsesRequest request, TextAnswer answer) {
    var choice = answer.choices().getFirst();
    return ofPrompt(request, answer.prompt())
        .add(entry("completion", choice.filter().atItsEnd(), choice.draft().text().length()));
  }

  private static ObjectNode entry(String source, Verdict verdict, long end) {
    ObjectNode entry = ResponseJson.NODES.objectNode();
    entry.put("blocked", verdict instanceof Verdict.Blocked);
    entry.put("source_type", source);
    entry.putArray("content_filter_raw");
    entry.set("content_filter_results", results(verdict));
    entry
        .putObject("content_filter_offsets")
        .put("start_offset", 0)
        .put("end_offset", end)
        .put("check_offset", 0);
    return entry;
  }

  private static ObjectNode results(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> results(passed.annotations());
      case Verdict.Blocked blocked -> results(blocked.annotations());
      case Verdict.Pending pending -> ResponseJson.NODES.objectNode();
      case Verdict.Unfiltered unfiltered -> {
        ObjectNode results = ResponseJson.NODES.objectNode();
        results
            .putObject("error")
            .put("code", "content_filter_error")
            .put("message", "The contents are not filtered");
        yield results;
      }
    };
  }

  private static ObjectNode results(List<Annotation> annotations) {
    String name = "results";
    byte[] json =
        ChatJson.object(out -> FilterAnnotations.SINCE_2025.write(out, name, annotations));
    return (ObjectNode) ResponseJson.read(json).path(name);
  }
}
