package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a stub answers: those that fit everything that is given here. {@link Conditions}
 * makes them one by one.
 *
 * <p>Of a list of names the request has one; an empty list, like null, asks for nothing.
 *
 * @param operation such as {@code chat/completions}
 * @param model the deployment's, such as {@code gpt-4o}
 * @param headers by their names
 * @param system what the system's or developer's messages say, one of them
 * @param user what the user has said; nothing came after it
 * @param message what any message says
 * @param result what a tool has answered; nothing came after it
 * @param resultOf the tool that has answered; nothing came after it
 * @param tool a tool that the request offers
 * @param turn which answer of the conversation this is: 1 more than there are assistant's messages
 * @param call which of the calls it is that fit everything else
 * @param stream whether the answer shall be a stream
 * @param body values of the request's body by their paths, such as {@code response_format.type}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
    @OneOrMore List<String> resource,
    @OneOrMore List<String> deployment,
    @OneOrMore List<String> operation,
    @OneOrMore List<String> model,
    Map<String, TextMatch> headers,
    @Nullable TextMatch system,
    @Nullable TextMatch user,
    @Nullable TextMatch message,
    @Nullable TextMatch result,
    @JsonProperty("result-of") @JsonAlias("resultOf") @OneOrMore List<String> resultOf,
    @OneOrMore List<String> tool,
    @Nullable Ordinals turn,
    @Nullable Ordinals call,
    @Nullable Boolean stream,
    Map<String, TextMatch> body) {

  /** What every request fits. */
  public static final Condition ANY =
      new Condition(
          List.of(), List.of(), List.of(), List.of(), Map.of(), null, null, null, null, List.of(),
          List.of(), null, null, null, Map.of());

  public Condition {
    resource = copy(resource);
    deployment = copy(deployment);
    operation = copy(operation);
    model = copy(model);
    headers = copy(headers);
    resultOf = copy(resultOf);
    tool = copy(tool);
    body = copy(body);
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException when both ask for the same thing
   */
  public Condition and(Condition other) {
    return new Condition(
        either("resource", resource, other.resource),
        either("deployment", deployment, other.deployment),
        either("operation", operation, other.operation),
        either("model", model, other.model),
        both(headers, other.headers),
        either("system", system, other.system),
        either("user", user, other.user),
        either("message", message, other.message),
        either("result", result, other.result),
        either("result-of", resultOf, other.resultOf),
        either("tool", tool, other.tool),
        either("turn", turn, other.turn),
        either("call", call, other.call),
        either("stream", stream, other.stream),
        both(body, other.body));
  }

  private static List<String> either(String name, List<String> one, List<String> other) {
    once(name, one.isEmpty() || other.isEmpty());
    return one.isEmpty() ? other : one;
  }

  private static <T> @Nullable T either(String name, @Nullable T one, @Nullable T other) {
    once(name, one == null || other == null);
    return one == null ? other : one;
  }

  private static Map<String, TextMatch> both(
      Map<String, TextMatch> one, Map<String, TextMatch> other) {
    Map<String, TextMatch> all = new TreeMap<>(one);
    other.forEach((name, match) -> once(name, all.put(name, match) == null));
    return all;
  }

  private static void once(String name, boolean isGivenOnce) {
    if (!isGivenOnce) {
      throw new IllegalArgumentException("the condition '" + name + "' is given twice");
    }
  }

  /** What JSON leaves out comes as null. */
  private static List<String> copy(@Nullable Collection<String> names) {
    return names == null ? List.of() : List.copyOf(names);
  }

  private static Map<String, TextMatch> copy(@Nullable Map<String, TextMatch> matches) {
    return Map.copyOf(Objects.requireNonNullElse(matches, Map.of()));
  }
}
