package dev.spillway.router.ledger;

import dev.spillway.router.trace.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The ledger as {@code GET /router/ledger} shows it. */
public final class LedgerJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();

  private LedgerJson() {}

  /**
   * The whole ledger.
   *
   * @param pools the names of each pool's backends by priority, the first choice first
   */
  public static String of(Ledger ledger, Map<String, List<List<String>>> pools) {
    Map<Account, Cost> costs = ledger.costs();
    ObjectNode document = JSON.objectNode();
    document.put("since", ledger.since().toString());
    document.set("served", tree(total(costs, true)));
    document.set("wasted", tree(total(costs, false)));
    ArrayNode shares = document.putArray("pools");
    pools.forEach((pool, priorities) -> shares.add(tree(Shares.of(pool, priorities, costs))));
    ArrayNode accounts = document.putArray("accounts");
    costs.forEach((account, cost) -> accounts.add(tree(account, cost)));
    return MAPPER.writeValueAsString(document);
  }

  private static Cost total(Map<Account, Cost> costs, boolean served) {
    return costs.entrySet().stream()
        .filter(entry -> (entry.getKey().purpose() == Purpose.SERVED) == served)
        .map(Map.Entry::getValue)
        .reduce(Cost.NOTHING, Cost::plus);
  }

  private static ObjectNode tree(Shares shares) {
    ObjectNode json = JSON.objectNode();
    json.put("pool", shares.pool());
    json.put("first-choice", Math.round(shares.first() * 10_000) / 10_000.0);
    json.put("spilled-tokens", shares.spilled());
    ArrayNode tokens = json.putArray("tokens-by-priority");
    shares.tokens().forEach(tokens::add);
    return json;
  }

  private static ObjectNode tree(Account account, Cost cost) {
    ObjectNode json = JSON.objectNode();
    json.put("pool", account.pool());
    json.put("backend", account.backend());
    json.put("caller", account.caller());
    json.put("class", account.purpose().name().toLowerCase(Locale.ROOT));
    json.setAll(tree(cost));
    return json;
  }

  private static ObjectNode tree(Cost cost) {
    ObjectNode json = JSON.objectNode();
    json.put("attempts", cost.attempts());
    json.set("reported", tree(cost.reported()).put("cached", cost.reported().cached()));
    json.set("estimated", tree(cost.estimated()));
    json.set("unknown-at-most", tree(cost.unknown()).put("unlimited", cost.unknown().unlimited()));
    return json;
  }

  private static ObjectNode tree(Cost.Sum sum) {
    return JSON.objectNode()
        .put("attempts", sum.attempts())
        .put("prompt", sum.prompt())
        .put("completion", sum.completion());
  }
}
