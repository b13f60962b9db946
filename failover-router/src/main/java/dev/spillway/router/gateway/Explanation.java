package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Outlook;
import dev.spillway.router.upstream.Preview;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What would become of a request. */
public sealed interface Explanation {

  /** The router would answer it without asking a backend. */
  record Answered(int status, String body) implements Explanation {}

  /**
   * It would go to a pool.
   *
   * @param name the deployment, model or path that it names
   * @param rule that chose the pool, and why it fits; null where its route has no rules
   * @param tokens that it is reckoned to come to
   * @param sent what each backend would be sent, by name, in the order in which they are considered
   */
  record Routed(
      String caller,
      String name,
      String operation,
      @Nullable String rule,
      String pool,
      long tokens,
      Outlook outlook,
      Map<String, Preview> sent)
      implements Explanation {}
}
