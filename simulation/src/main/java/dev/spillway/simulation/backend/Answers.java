package dev.spillway.simulation.backend;

import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes that backends answer with; every answer's content names the attempt it belongs to. */
final class Answers {

  private static final Header JSON = new Header("Content-Type", "application/json");
  private static final Header PAGE = new Header("Content-Type", "text/html");
  private static final Header EVENTS =
      new Header("Content-Type", "text/event-stream; charset=utf-8");

  private Answers() {}

  static String completion(int attempt) {
    return "{\"id\":\"a%d\",\"choices\":[{\"message\":{\"content\":\"said by %d\"}}]}"
        .formatted(attempt, attempt);
  }

  static Answer json(int status, String body, List<Header> headers) {
    List<Header> all = new ArrayList<>(headers);
    all.add(JSON);
    return whole(status, all, body);
  }

  static Answer page(int status) {
    return whole(status, List.of(PAGE), "<html><body>Bad gateway</body></html>");
  }

  static Answer error(int status, String code, String message, List<Header> headers) {
    return json(
        status,
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message),
        headers);
  }

  private static Answer whole(int status, List<Header> headers, String body) {
    return new Answer(status, headers, new AnswerBody.Whole(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** The head of a stream. */
  static Answer events(List<Header> headers) {
    List<Header> all = new ArrayList<>(headers);
    all.add(EVENTS);
    return whole(200, all, "");
  }

  static String role(int attempt) {
    return event("{\"id\":\"a%d\",\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}", attempt);
  }

  /** The pieces of a stream from its first to {@code [DONE]}. */
  static List<String> stream(int attempt, int chunks) {
    List<String> pieces = new ArrayList<>(chunks + 3);
    pieces.add(role(attempt));
    for (int i = 0; i < chunks; i++) {
      pieces.add(
          event(
              "{\"id\":\"a%d\",\"choices\":[{\"delta\":{\"content\":\"word "
                  + i
                  + " of %1$d \"}}]}",
              attempt));
    }
    pieces.add(
        event("{\"id\":\"a%d\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}", attempt));
    pieces.add("data: [DONE]\n\n");
    return pieces;
  }

  static String errorEvent(String code, String message) {
    return "data: {\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}\n\n".formatted(code, message);
  }

  private static String event(String json, int attempt) {
    return "data: " + json.formatted(attempt) + "\n\n";
  }
}
