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
    Map<Account, Amount> amounts = ledger.amounts();
    ObjectNode document = JSON.objectNode();
    document.put("since", ledger.since().toString());
    document.set("served", tree(total(amounts, true)));
    document.set("wasted", tree(total(amounts, false)));
    ArrayNode shares = document.putArray("pools");
    pools.forEach((pool, priorities) -> shares.add(tree(Shares.of(pool, priorities, amounts))));
    ArrayNode accounts = document.putArray("accounts");
    amounts.forEach((account, amount) -> accounts.add(tree(account, amount)));
    return MAPPER.writeValueAsString(document);
  }

  private static Amount total(Map<Account, Amount> amounts, boolean served) {
    return amounts.entrySet().stream()
        .filter(entry -> (entry.getKey().purpose() == Purpose.SERVED) == served)
        .map(Map.Entry::getValue)
        .reduce(Amount.NOTHING, Amount::plus);
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

  private static ObjectNode tree(Account account, Amount amount) {
    ObjectNode json = JSON.objectNode();
    json.put("pool", account.pool());
    json.put("backend", account.backend());
    json.put("caller", account.caller());
    json.put("class", account.purpose().name().toLowerCase(Locale.ROOT));
    json.setAll(tree(amount));
    return json;
  }

  private static ObjectNode tree(Amount amount) {
    ObjectNode json = JSON.objectNode();
    json.put("attempts", amount.attempts());
    json.set("reported", tree(amount.reported()).put("cached", amount.reported().cached()));
    json.set("estimated", tree(amount.estimated()));
    json.set(
        "unknown-at-most", tree(amount.unknown()).put("unlimited", amount.unknown().unlimited()));
    return json;
  }

  private static ObjectNode tree(Amount.Sum sum) {
    return JSON.objectNode()
        .put("attempts", sum.attempts())
        .put("prompt", sum.prompt())
        .put("completion", sum.completion());
  }
}
