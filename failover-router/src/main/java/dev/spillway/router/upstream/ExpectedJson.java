package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Usage;
import dev.spillway.wire.Operation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  /** What a good status came with. */
  sealed interface Finding {

    /** What was due, and what it says by the way. */
    record Right(Heard heard) implements Finding {}

    record Wrong(String why) implements Finding {}
  }

  private static final Finding NOTHING_DUE = new Finding.Right(Heard.NOTHING);
  private static final Finding BROKEN = new Finding.Wrong("the body is empty or broken JSON");

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

  /** Looks at a whole answer. */
  static Finding lookAt(CallPlan call, Answer answer) {
    if (!(answer.body() instanceof AnswerBody.Whole whole) || !call.method().equals("POST")) {
      return NOTHING_DUE;
    }
    boolean due = isDue(call, answer);
    String type = answer.contentType().toLowerCase(Locale.ROOT);
    if (due && !type.isEmpty() && !type.contains("json")) {
      return new Finding.Wrong("JSON was due, but " + type + " came");
    }
    return due || (type.contains("json") && isPlain(answer))
        ? read(whole.bytes(), due)
        : NOTHING_DUE;
  }

  private static boolean isDue(CallPlan call, Answer answer) {
    return isPlain(answer) && answersInJson(call);
  }

  private static boolean isPlain(Answer answer) {
    return answer.status() == 200 && answer.header("Content-Encoding") == null;
  }

  private static boolean answersInJson(CallPlan call) {
    return Operation.byPath(call.route().rest()).filter(ANSWERED_IN_JSON::contains).isPresent();
  }

  private static Finding read(byte[] body, boolean due) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      Usage usage = null;
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        usage = usage(json);
      } else if (first == JsonToken.START_ARRAY) {
        json.skipChildren();
      }
      boolean whole = first != null && first.isStructStart() && json.nextToken() == null;
      return whole || !due ? new Finding.Right(Heard.of(usage)) : BROKEN;
    } catch (JacksonException e) {
      return due ? BROKEN : NOTHING_DUE;
    }
  }

  /** What an object says of its usage; reads it to its end. */
  private static @Nullable Usage usage(JsonParser json) {
    Usage usage = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean counts = json.currentName().equals("usage");
      if (json.nextToken() == JsonToken.START_OBJECT && counts) {
        usage = UsageReader.read(json).orElse(usage);
      } else {
        json.skipChildren();
      }
    }
    return usage;
  }
}
