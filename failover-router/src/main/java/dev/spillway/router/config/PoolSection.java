package dev.spillway.router.config;

import dev.spillway.router.backend.Affinity;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.SpillAt;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code pools:}, from a name to backends with priorities: a list of them, or a map that also says
 * how they are balanced.
 */
public final class PoolSection {

  private static final int LOWEST_PRIORITY = 1_000_000;
  private static final int LARGEST_WEIGHT = 1_000;
  private static final String PROMPT_PREFIX = "prompt-prefix";
  private static final String HEADER = "header:";

  private PoolSection() {}

  public static Map<String, Pool> read(YamlValue section, Map<String, Backend> backends) {
    Map<String, Pool> pools = new LinkedHashMap<>();
    section.map().entries().forEach((name, value) -> pools.put(name, pool(name, value, backends)));
    return pools;
  }

  private static Pool pool(String name, YamlValue value, Map<String, Backend> backends) {
    if (value.isList()) {
      return Pool.of(name, members(value, backends));
    }
    YamlMap keys = value.map();
    Pool pool =
        Pool.of(
            name,
            keys.find("balance")
                .map(balance -> balance.oneOf(Balance.class))
                .orElse(Balance.ROUND_ROBIN),
            keys.find("affinity").map(PoolSection::affinity).orElse(Affinity.NONE),
            members(keys.get("backends"), backends));
    keys.end();
    return pool;
  }

  private static Affinity affinity(YamlValue value) {
    String text = value.text();
    if (text.equals(PROMPT_PREFIX)) {
      return new Affinity.ByPromptPrefix();
    }
    String header = text.startsWith(HEADER) ? text.substring(HEADER.length()).strip() : "";
    if (header.isEmpty()) {
      throw value.expected("'" + PROMPT_PREFIX + "', or '" + HEADER + "' and the name of a header");
    }
    return new Affinity.ByHeader(header);
  }

  private static List<Pool.Member> members(YamlValue value, Map<String, Backend> backends) {
    List<Pool.Member> members = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (YamlValue item : value.list()) {
      Pool.Member member = member(item.map(), backends);
      if (!seen.add(member.backend().name())) {
        throw item.problem("names the backend '" + member.backend().name() + "' again");
      }
      members.add(member);
    }
    if (members.isEmpty()) {
      throw value.expected("a list with at least one backend");
    }
    return members;
  }

  private static Pool.Member member(YamlMap keys, Map<String, Backend> backends) {
    Pool.Member member =
        new Pool.Member(
            keys.get("backend").lookUp("backend", backends),
            keys.find("priority").map(value -> value.integer(0, LOWEST_PRIORITY)).orElse(1),
            keys.find("weight").map(value -> value.integer(1, LARGEST_WEIGHT)).orElse(1),
            keys.find("spill-at").map(SpillKeys::read).orElse(SpillAt.NEVER));
    keys.end();
    return member;
  }
}
