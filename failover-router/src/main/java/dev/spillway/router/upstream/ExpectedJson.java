package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.EmptyAnswers;
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

  private static final Set<Operation> ANSWERED_IN_CHOICES =
      EnumSet.of(Operation.CHAT_COMPLETIONS, Operation.COMPLETIONS);

  /** What a good status came with. */
  sealed interface Finding {

    /** What was due, and what it says by the way. */
    record Right(Heard heard) implements Finding {}

    record Wrong(String why) implements Finding {}
  }

  private static final Finding NOTHING_DUE = new Finding.Right(Heard.NOTHING);
  private static final Finding BROKEN = new Finding.Wrong("the body is empty or broken JSON");
  private static final Finding NO_CHOICES = new Finding.Wrong("the answer has no choices");

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
        ? read(whole.bytes(), due, due && asksForChoices(call))
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

  private static boolean asksForChoices(CallPlan call) {
    return call.terms().emptyAnswers() == EmptyAnswers.RETRY
        && Operation.byPath(call.route().rest()).filter(ANSWERED_IN_CHOICES::contains).isPresent();
  }

  /** What an object says in those of its members that matter here. */
  private record Members(@Nullable Usage usage, boolean noChoices) {

    static final Members NONE = new Members(null, false);
  }

  private static Finding read(byte[] body, boolean due, boolean choicesDue) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      Members members = Members.NONE;
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        members = members(json);
      } else if (first == JsonToken.START_ARRAY) {
        json.skipChildren();
      }
      boolean whole = first != null && first.isStructStart() && json.nextToken() == null;
      if (whole && choicesDue && members.noChoices()) {
        return NO_CHOICES;
      }
      return whole || !due ? new Finding.Right(Heard.of(members.usage())) : BROKEN;
    } catch (JacksonException e) {
      return due ? BROKEN : NOTHING_DUE;
    }
  }

  /** Reads an object to its end. */
  private static Members members(JsonParser json) {
    Usage usage = null;
    boolean noChoices = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("usage") && value == JsonToken.START_OBJECT) {
        usage = UsageReader.read(json).orElse(usage);
      } else if (name.equals("choices") && value == JsonToken.START_ARRAY) {
        noChoices = isEmpty(json);
      } else {
        json.skipChildren();
      }
    }
    return new Members(usage, noChoices);
  }

  /** Whether an array has nothing in it; reads it to its end, and fails where there is none. */
  private static boolean isEmpty(JsonParser json) {
    boolean empty = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      json.skipChildren();
    }
    return empty;
  }
}
