package dev.spillway.emulator.stub;

import com.google.re2j.Pattern;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.yaml.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The names that templates of one stub may use. */
final class Places {

  private static final Map<String, Place> PLAIN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("user", scene -> text(scene.asked().lastOfUser().stream().toList())),
              Map.entry("last_message", scene -> text(scene.asked().newest().stream().toList())),
              Map.entry(
                  "system",
                  scene ->
                      text(scene.asked().messages().stream().filter(Asked::isSystem).toList())),
              Map.entry("result", scene -> text(scene.asked().results())),
              Map.entry("resource", scene -> scene.asked().resource()),
              Map.entry("deployment", scene -> scene.asked().deployment()),
              Map.entry("model", scene -> scene.asked().model()),
              Map.entry("operation", scene -> scene.asked().operation()),
              Map.entry("turn", scene -> String.valueOf(scene.asked().turn())),
              Map.entry("call", scene -> String.valueOf(scene.call())),
              Map.entry("now", scene -> scene.now().toString()),
              Map.entry("random.uuid", scene -> CallSeed.guid(scene.random()))));

  private static final java.util.regex.Pattern MESSAGE =
      java.util.regex.Pattern.compile("message\\[(-?\\d{1,6})]");

  private static final List<String> SHAPES =
      List.of("message[0]", "header.NAME", "regex.1", "json.PATH");

  private final List<Clauses.Captures> captures;

  Places(List<Clauses.Captures> captures) {
    this.captures = captures;
  }

  /**
   * The place of that name.
   *
   * @throws IllegalArgumentException when there is none, or it can never be filled
   */
  Place find(String name) {
    Place plain = PLAIN.get(name);
    if (plain != null) {
      return plain;
    }
    java.util.regex.Matcher message = MESSAGE.matcher(name);
    if (message.matches()) {
      int index = Integer.parseInt(message.group(1));
      return scene -> message(scene.asked().messages(), index);
    }
    int dot = name.indexOf('.');
    String rest = name.substring(dot + 1);
    return switch (dot < 0 || rest.isEmpty() ? "" : name.substring(0, dot)) {
      case "header" -> scene -> Objects.requireNonNullElse(scene.asked().sent().header(rest), "");
      case "regex" -> group(rest);
      case "json" -> json(JsonPath.of(rest));
      default -> throw unknown(name);
    };
  }

  private static Place json(JsonPath path) {
    return scene -> path.in(scene.asked().sent().json());
  }

  private Place group(String group) {
    if (captures.size() != 1) {
      throw new IllegalArgumentException(
          "{{regex.%s}} needs one regex in the stub's condition, which has %s"
              .formatted(group, captures.isEmpty() ? "none" : captures.size()));
    }
    Pattern pattern = Objects.requireNonNull(captures.getFirst().test().pattern());
    if (group.matches("\\d{1,4}") && Integer.parseInt(group) <= pattern.groupCount()) {
      int number = Integer.parseInt(group);
      return scene -> scene.groups() == null ? "" : orEmpty(scene.groups().group(number));
    }
    if (pattern.namedGroups().containsKey(group)) {
      return scene -> scene.groups() == null ? "" : orEmpty(scene.groups().group(group));
    }
    throw new IllegalArgumentException(
        "{{regex.%s}}: the stub's regex '%s' has no such group"
            .formatted(group, pattern.pattern()));
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known = List.copyOf(PLAIN.keySet());
    String hint =
        Spelling.nearest(name, known)
            .map(near -> "did you mean {{" + near + "}}?")
            .orElse("there is " + String.join(", ", known) + ", " + String.join(", ", SHAPES));
    return new IllegalArgumentException("nothing is called {{" + name + "}}; " + hint);
  }

  private static String message(List<ChatMessage> messages, int index) {
    int at = index < 0 ? messages.size() + index : index;
    return at < 0 || at >= messages.size() ? "" : messages.get(at).text();
  }

  private static String text(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).collect(Collectors.joining("\n"));
  }

  @SuppressWarnings("ConstantValue") // a group that took no part is null
  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }
}
