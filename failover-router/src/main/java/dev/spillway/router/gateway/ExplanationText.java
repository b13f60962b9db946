package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Outlook;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.upstream.Preview;
import dev.spillway.wire.RetryAfter;
import java.util.Locale;

/** An explanation for people. */
public final class ExplanationText {

  private ExplanationText() {}

  public static String of(Explanation explanation) {
    return switch (explanation) {
      case Explanation.Answered answered ->
          "answers itself  " + answered.status() + " " + answered.body() + "\n";
      case Explanation.Routed routed -> of(routed);
    };
  }

  private static String of(Explanation.Routed routed) {
    StringBuilder text = new StringBuilder();
    line(text, "caller", routed.caller());
    line(text, "asks for", routed.name() + ", " + routed.operation());
    if (routed.rule() != null) {
      line(text, "by", routed.rule());
    }
    line(text, "pool", routed.pool() + ": " + String.join(", ", routed.sent().keySet()));
    line(text, "reckoned", String.format(Locale.ROOT, "%,d tokens", routed.tokens()));
    if (!routed.outlook().passedOver().isEmpty()) {
      line(text, "passed over", TraceLine.of(routed.outlook().passedOver()));
    }
    line(text, "first", first(routed.outlook().next()));
    routed.sent().forEach((name, preview) -> add(text, name, preview));
    return text.toString();
  }

  private static String first(Outlook.Next next) {
    return switch (next) {
      case Outlook.Next.Ask ask -> "asks " + ask.backend().name();
      case Outlook.Next.Wait wait -> "waits " + RetryAfter.seconds(wait.length()) + "s";
      case Outlook.Next.Answer answer ->
          "answers "
              + answer.status()
              + (answer.retryAfter().isZero()
                  ? ""
                  : ", retry after " + RetryAfter.seconds(answer.retryAfter()) + "s");
    };
  }

  private static void add(StringBuilder text, String name, Preview preview) {
    text.append('\n');
    line(text, name, preview.method() + " " + preview.url());
    line(text, "  headers", String.join(", ", preview.headers()));
    line(
        text,
        "  body",
        String.format(Locale.ROOT, "%,d bytes", preview.bodyBytes())
            + (preview.model() == null ? ", as it is" : ", model: " + preview.model()));
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append(String.format(Locale.ROOT, "%-12s  %s%n", what, value));
  }
}
