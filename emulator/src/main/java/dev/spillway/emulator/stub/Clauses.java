package dev.spillway.emulator.stub;

import dev.spillway.control.stub.Condition;
import dev.spillway.control.stub.Ordinals;
import dev.spillway.control.stub.TextMatch;
import dev.spillway.control.stub.TextMatch.How;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Tool;
import dev.spillway.wire.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition as clauses, but for {@code call}, which goes by how often the rest was fit. */
final class Clauses {

  /** The regular expression whose groups templates know, and what it is compared with. */
  record Captures(TextTest test, Function<Asked, List<String>> texts) {}

  private final List<Clause> all = new ArrayList<>();
  private final List<Captures> captures = new ArrayList<>();

  private Clauses() {}

  /**
   * The clauses of a condition.
   *
   * @throws IllegalArgumentException when an expression or a name in it cannot be used
   */
  static Clauses of(Condition condition) {
    Clauses clauses = new Clauses();
    clauses.name("resource", condition.resource(), Asked::resource);
    clauses.name("deployment", condition.deployment(), Asked::deployment);
    clauses.name("operation", known(condition.operation()), Asked::operation);
    clauses.name("model", condition.model(), Asked::model);
    condition.headers().forEach(clauses::header);
    clauses.system(condition.system());
    clauses.user(condition.user());
    clauses.message(condition.message());
    clauses.result(condition.result());
    clauses.resultOf(condition.resultOf());
    clauses.tool(condition.tool());
    clauses.turn(condition.turn());
    clauses.stream(condition.stream());
    condition.body().forEach(clauses::body);
    return clauses;
  }

  /** Every reason why a request does not fit. */
  List<String> misfits(Asked asked) {
    return all.stream().flatMap(clause -> clause.misfit(asked).stream()).toList();
  }

  boolean fit(Asked asked) {
    return all.stream().allMatch(clause -> clause.misfit(asked).isEmpty());
  }

  /** The condition's regular expressions. */
  List<Captures> captures() {
    return captures;
  }

  private static List<String> known(List<String> operations) {
    for (String operation : operations) {
      if (Operation.byPath(operation).isEmpty()) {
        throw new IllegalArgumentException(
            "the operation is one of %s, not '%s'"
                .formatted(
                    Arrays.stream(Operation.values())
                        .map(Operation::path)
                        .collect(Collectors.joining(", ")),
                    operation));
      }
    }
    return operations;
  }

  private void name(String what, List<String> names, Function<Asked, String> of) {
    if (!names.isEmpty()) {
      all.add(asked ->
          names.contains(of.apply(asked))
              ? Optional.empty()
              : misfit(what + " is '" + of.apply(asked) + "', not " + either(names)));
    }
  }

  private void header(String name, TextMatch match) {
    text(
        "header " + name,
        "is missing",
        TextTest.of(match, How.EQUALS),
        asked -> Optional.ofNullable(asked.sent().header(name)).stream().toList());
  }

  private void body(String path, TextMatch match) {
    JsonPath place = JsonPath.of(path);
    text(
        "body " + path,
        "is missing",
        TextTest.of(match, How.EQUALS),
        asked ->
            Optional.of(place.in(asked.sent().json())).filter(text -> !text.isEmpty()).stream()
                .toList());
  }

  private void system(@Nullable TextMatch match) {
    said(
        "system",
        "has said nothing",
        match,
        asked -> texts(asked.messages().stream().filter(Asked::isSystem).toList()));
  }

  private void message(@Nullable TextMatch match) {
    said("message", "is missing", match, asked -> texts(asked.messages()));
  }

  private void result(@Nullable TextMatch match) {
    said("result", "did not come last", match, asked -> texts(asked.results()));
  }

  private void user(@Nullable TextMatch match) {
    said(
        "user",
        "did not speak last",
        match,
        asked ->
            texts(
                asked.newest().filter(message -> message.role().equals("user")).stream().toList()));
  }

  private void said(
      String what, String missing, @Nullable TextMatch match, Function<Asked, List<String>> texts) {
    if (match != null) {
      text(what, missing, TextTest.of(match, How.CONTAINS), texts);
    }
  }

  /** One of the texts fits. */
  private void text(
      String what, String missing, TextTest test, Function<Asked, List<String>> texts) {
    if (test.how() == How.REGEX) {
      captures.add(new Captures(test, texts));
    }
    all.add(asked -> {
      List<String> given = texts.apply(asked);
      if (given.stream().anyMatch(test::fits)) {
        return Optional.empty();
      }
      return misfit(what + " " + (given.isEmpty() ? missing : test.unlike(given.getLast())));
    });
  }

  private void resultOf(List<String> tools) {
    if (!tools.isEmpty()) {
      all.add(asked -> {
        List<String> answered =
            asked.results().stream().flatMap(result -> asked.toolOf(result).stream()).toList();
        if (answered.stream().anyMatch(tools::contains)) {
          return Optional.empty();
        }
        return misfit(
            answered.isEmpty()
                ? "result-of " + either(tools) + ": no tool has answered last"
                : "result-of is " + either(answered) + ", not " + either(tools));
      });
    }
  }

  private void tool(List<String> wanted) {
    if (!wanted.isEmpty()) {
      all.add(asked -> {
        List<String> offered = asked.conversation().tools().stream().map(Tool::name).toList();
        if (offered.stream().anyMatch(wanted::contains)) {
          return Optional.empty();
        }
        return misfit(
            "tool %s is not offered, but %s"
                .formatted(either(wanted), offered.isEmpty() ? "none" : either(offered)));
      });
    }
  }

  private void turn(@Nullable Ordinals turns) {
    if (turns != null) {
      all.add(asked ->
          turns.contains(asked.turn())
              ? Optional.empty()
              : misfit("turn is " + asked.turn() + ", not " + turns));
    }
  }

  private void stream(@Nullable Boolean streamed) {
    if (streamed != null) {
      all.add(asked ->
          asked.stream() == streamed ? Optional.empty() : misfit("stream is " + asked.stream()));
    }
  }

  private static List<String> texts(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).toList();
  }

  private static String either(List<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "));
  }

  private static Optional<String> misfit(String reason) {
    return Optional.of(reason);
  }
}
