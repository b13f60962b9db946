package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to requests that fit a condition, or a script of answers for the turns of a
 * conversation. {@link Stub} makes one.
 *
 * @param name null for one that the emulator gives it
 * @param priority the lower is asked first, and of equals the one that was there first; null for
 *     {@value #USUAL_PRIORITY}
 * @param when which requests it answers; null for all
 * @param answer what it answers, in a script first
 * @param further what it answers in the turns after that
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StubSpec(
    @Nullable String name,
    @Nullable Integer priority,
    @Nullable Condition when,
    StubAnswer answer,
    @JsonProperty("then") List<StubAnswer> further) {

  public static final int USUAL_PRIORITY = 5;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  @SuppressWarnings("ConstantValue") // JSON may leave anything out
  public StubSpec {
    if (name != null && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a stub's name is 1 to 64 letters, digits, '_', '.' or '-', not '" + name + "'");
    }
    if (answer == null) {
      throw new IllegalArgumentException(
          name == null ? "the stub has no answer" : "the stub '" + name + "' has no answer");
    }
    further = copy(further);
    if (!further.isEmpty() && when != null && when.call() != null) {
      throw new IllegalArgumentException(
          "a script ('then') goes by the conversation's turns, and so excludes the condition"
              + " 'call'");
    }
  }

  public int priorityOrUsual() {
    return priority == null ? USUAL_PRIORITY : priority;
  }

  public Condition condition() {
    return Objects.requireNonNullElse(when, Condition.ANY);
  }

  /** What it answers, turn by turn; one or more. */
  public List<StubAnswer> script() {
    List<StubAnswer> all = new ArrayList<>();
    all.add(answer);
    all.addAll(further);
    return all;
  }

  public StubSpec named(String other) {
    return new StubSpec(other, priority, when, answer, further);
  }

  /** The lower is asked first. */
  public StubSpec priority(int other) {
    return new StubSpec(name, other, when, answer, further);
  }

  /** The answer to the next turn of the conversation. */
  public Stub.Step then() {
    return new Stub.Step(next -> {
      List<StubAnswer> longer = new ArrayList<>(further);
      longer.add(next);
      return new StubSpec(name, priority, when, answer, longer);
    });
  }

  /** The last answer calls this tool, too. */
  public StubSpec alsoCallsTool(String tool, Map<String, ?> arguments) {
    return withLast(last().and(StubCall.of(tool, arguments)));
  }

  /** The last answer ends for this reason. */
  public StubSpec finishing(String reason) {
    return withLast(last().finishing(reason));
  }

  /** The last answer is billed with these tokens. */
  public StubSpec billed(int promptTokens, int completionTokens) {
    return withLast(last().billed(new StubUsage(promptTokens, completionTokens, null)));
  }

  /** The last answer has taken so many tokens of reasoning before it. */
  public StubSpec reasoning(int tokens) {
    return withLast(last().billed(new StubUsage(null, null, tokens)));
  }

  private StubAnswer last() {
    return further.isEmpty() ? answer : further.getLast();
  }

  private StubSpec withLast(StubAnswer other) {
    if (further.isEmpty()) {
      return new StubSpec(name, priority, when, other, further);
    }
    List<StubAnswer> changed = new ArrayList<>(further);
    changed.set(changed.size() - 1, other);
    return new StubSpec(name, priority, when, answer, changed);
  }

  private static List<StubAnswer> copy(@Nullable List<StubAnswer> answers) {
    return answers == null ? List.of() : List.copyOf(answers);
  }
}
