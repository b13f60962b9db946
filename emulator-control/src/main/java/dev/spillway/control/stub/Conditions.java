package dev.spillway.control.stub;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conditions on a request, to be imported statically and joined by {@link Condition#and}. */
public final class Conditions {

  private Conditions() {}

  /** A condition on a text. */
  public static final class OfText {
    private final Function<TextMatch, Condition> condition;

    private OfText(Function<TextMatch, Condition> condition) {
      this.condition = condition;
    }

    /** Anywhere, in upper or lower case. */
    public Condition contains(String text) {
      return condition.apply(TextMatch.contains(text));
    }

    public Condition isEqualTo(String text) {
      return condition.apply(TextMatch.equalTo(text));
    }

    /** A regular expression of RE2, found anywhere; templates know its groups. */
    public Condition matches(String regex) {
      return condition.apply(TextMatch.regex(regex));
    }
  }

  /** What the user has said; nothing came after it. */
  public static OfText user() {
    return new OfText(text -> ofTexts(null, text, null, null));
  }

  /** What the system's or developer's messages say, one of them. */
  public static OfText system() {
    return new OfText(text -> ofTexts(text, null, null, null));
  }

  /** What any message says. */
  public static OfText message() {
    return new OfText(text -> ofTexts(null, null, text, null));
  }

  /** What a tool has answered; nothing came after it. */
  public static OfText result() {
    return new OfText(text -> ofTexts(null, null, null, text));
  }

  public static OfText header(String name) {
    return new OfText(text -> ofMaps(Map.of(name, text), Map.of()));
  }

  /** A value of the request's body by its path, such as {@code response_format.type}. */
  public static OfText body(String path) {
    return new OfText(text -> ofMaps(Map.of(), Map.of(path, text)));
  }

  /** One of these resources. */
  public static Condition resource(String... names) {
    return ofNames(List.of(names), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** One of these deployments. */
  public static Condition deployment(String... names) {
    return ofNames(List.of(), List.of(names), List.of(), List.of(), List.of(), List.of());
  }

  /** One of these operations, such as {@code chat/completions} or {@code responses}. */
  public static Condition operation(String... paths) {
    return ofNames(List.of(), List.of(), List.of(paths), List.of(), List.of(), List.of());
  }

  /** A deployment of one of these models. */
  public static Condition model(String... names) {
    return ofNames(List.of(), List.of(), List.of(), List.of(names), List.of(), List.of());
  }

  /** One of these tools has answered; nothing came after it. */
  public static Condition resultOf(String... tools) {
    return ofNames(List.of(), List.of(), List.of(), List.of(), List.of(tools), List.of());
  }

  /** The request offers one of these tools. */
  public static Condition tool(String... names) {
    return ofNames(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(names));
  }

  /** The conversation's n-th answer. */
  public static Condition turn(int number) {
    return ofCounts(Ordinals.only(number), null, null);
  }

  /** The n-th call that fits everything else. */
  public static Condition call(int number) {
    return ofCounts(null, Ordinals.only(number), null);
  }

  /** The n-th call that fits everything else, and all after it. */
  public static Condition callsFrom(int first) {
    return ofCounts(null, Ordinals.from(first), null);
  }

  /** The answer shall be a stream. */
  public static Condition streamed() {
    return ofCounts(null, null, true);
  }

  private static Condition ofTexts(
      @Nullable TextMatch system,
      @Nullable TextMatch user,
      @Nullable TextMatch message,
      @Nullable TextMatch result) {
    return new Condition(
        List.of(), List.of(), List.of(), List.of(), Map.of(), system, user, message, result,
        List.of(), List.of(), null, null, null, Map.of());
  }

  private static Condition ofMaps(Map<String, TextMatch> headers, Map<String, TextMatch> body) {
    return new Condition(
        List.of(), List.of(), List.of(), List.of(), headers, null, null, null, null, List.of(),
        List.of(), null, null, null, body);
  }

  private static Condition ofNames(
      List<String> resource,
      List<String> deployment,
      List<String> operation,
      List<String> model,
      List<String> resultOf,
      List<String> tool) {
    return new Condition(
        resource,
        deployment,
        operation,
        model,
        Map.of(),
        null,
        null,
        null,
        null,
        resultOf,
        tool,
        null,
        null,
        null,
        Map.of());
  }

  private static Condition ofCounts(
      @Nullable Ordinals turn, @Nullable Ordinals call, @Nullable Boolean stream) {
    return new Condition(
        List.of(), List.of(), List.of(), List.of(), Map.of(), null, null, null, null, List.of(),
        List.of(), turn, call, stream, Map.of());
  }
}
