package dev.spillway.router.config;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code pools:}, from a name to backends with priorities. */
public final class PoolSection {

  private static final int LOWEST_PRIORITY = 1_000_000;

  private PoolSection() {}

  public static Map<String, Pool> read(YamlValue section, Map<String, Backend> backends) {
    Map<String, Pool> pools = new LinkedHashMap<>();
    section.map().entries().forEach((name, value) -> pools.put(name, pool(name, value, backends)));
    return pools;
  }

  private static Pool pool(String name, YamlValue value, Map<String, Backend> backends) {
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
    return Pool.of(name, members);
  }

  private static Pool.Member member(YamlMap keys, Map<String, Backend> backends) {
    Pool.Member member =
        new Pool.Member(
            keys.get("backend").lookUp("backend", backends),
            keys.find("priority").map(value -> value.integer(0, LOWEST_PRIORITY)).orElse(1));
    keys.end();
    return member;
  }
}
