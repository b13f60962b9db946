package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.wire.Operation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Looks whether a good status came with the JSON that was due. */
final class ExpectedJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<Operation> ANSWERED_IN_JSON =
      EnumSet.of(
          Operation.CHAT_COMPLETIONS,
          Operation.COMPLETIONS,
          Operation.EMBEDDINGS,
          Operation.RESPONSES,
          Operation.IMAGE_GENERATIONS,
          Operation.IMAGE_EDITS);

  private ExpectedJson() {}

  /**
   * Whether an answer may be passed on while it arrives: a stream of events, or a good answer of an
   * operation whose output is no JSON, such as speech.
   */
  static boolean mayPassAsItArrives(CallPlan call, Answer head) {
    if (head.status() >= 300) {
      return false;
    }
    return head.isEventStream()
        || (!answersInJson(call) && !head.contentType().toLowerCase(Locale.ROOT).contains("json"));
  }

  /** What is wrong with the body; nothing when it is as due or when no JSON was due. */
  static Optional<String> complaintAbout(CallPlan call, Answer answer) {
    if (!(answer.body() instanceof AnswerBody.Whole whole) || !isDue(call, answer)) {
      return Optional.empty();
    }
    String type = answer.contentType().toLowerCase(Locale.ROOT);
    if (!type.isEmpty() && !type.contains("json")) {
      return Optional.of("JSON was due, but " + type + " came");
    }
    return isObjectOrArray(whole.bytes())
        ? Optional.empty()
        : Optional.of("the body is empty or broken JSON");
  }

  private static boolean isDue(CallPlan call, Answer answer) {
    return call.method().equals("POST")
        && answer.status() == 200
        && answer.header("Content-Encoding") == null
        && answersInJson(call);
  }

  private static boolean answersInJson(CallPlan call) {
    return Operation.byPath(call.route().rest()).filter(ANSWERED_IN_JSON::contains).isPresent();
  }

  private static boolean isObjectOrArray(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      JsonToken first = json.nextToken();
      if (first == null || !first.isStructStart()) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
