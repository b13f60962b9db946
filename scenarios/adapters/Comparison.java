import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes docs/comparison.md of what {@code spillway check --json} wrote for each peer; see compare. */
final class Comparison {

  private static final Map<String, String> NAMES =
      Map.of(
          "spillway", "Spillway",
          "nginx", "nginx",
          "haproxy", "HAProxy",
          "portkey", "Portkey",
          "litellm", "LiteLLM");

  /**
   * What is known of one of them.
   *
   * @param version what was played, or why nothing could be
   * @param scenarios by name; empty where nothing could be played
   */
  record Peer(String name, String version, Map<String, JsonNode> scenarios) {

    boolean wasPlayed() {
      return !scenarios.isEmpty();
    }

    String mark(String scenario) {
      JsonNode result = scenarios.get(scenario);
      if (result == null || result.has("unplayed")) {
        return "–";
      }
      return result.get("passes").asBoolean() ? "yes" : "**no**";
    }

    long passed() {
      return scenarios.values().stream().filter(one -> one.get("passes").asBoolean()).count();
    }
  }

  private Comparison() {}

  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[1]);
    List<String> rest = List.of(arguments).subList(2, arguments.length);
    switch (arguments[0]) {
      case "lengths" -> shortOnes(results, Long.parseLong(rest.getFirst()));
      case "page" -> {
        List<Peer> peers = new ArrayList<>();
        for (String name : rest) {
          peers.add(read(results, name));
        }
        System.out.print(page(peers));
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Names the files of those that do not take longer, the longest first. */
  private static void shortOnes(Path results, long seconds) throws IOException {
    Map<Long, List<String>> files = new TreeMap<>(Comparator.reverseOrder());
    for (JsonNode one :
        new JsonMapper().readTree(Files.readString(results.resolve("lengths.json"))).get("scenarios")) {
      long lasted = one.path("lasted-ms").asLong(Long.MAX_VALUE);
      if (lasted <= 1000 * seconds) {
        files.computeIfAbsent(lasted, any -> new ArrayList<>()).add(one.get("file").asString());
      }
    }
    files.values().forEach(same -> same.forEach(System.out::println));
  }

  private static Peer read(Path results, String name) throws IOException {
    Map<String, JsonNode> scenarios = new TreeMap<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(results, name + ".*.json")) {
      for (Path part : parts) {
        for (JsonNode one : new JsonMapper().readTree(Files.readString(part)).get("scenarios")) {
          scenarios.put(one.get("scenario").asString(), one);
        }
      }
    }
    return new Peer(NAMES.getOrDefault(name, name), version(results, name), scenarios);
  }

  private static String version(Path results, String name) throws IOException {
    for (String kind : List.of("missing", "version")) {
      Path file = results.resolve(name + "." + kind);
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
    }
    return "was not asked";
  }

  private static String page(List<Peer> peers) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Comparison

        What comes out when the [ready-made scenarios](scenarios.md) are played with other routers, in real time and over
        sockets, with the emulator as their backends. Each has the best configuration that we found for it, in
        [scenarios/adapters](../scenarios/adapters); a better one is welcome. All of it again:

        ```
        scenarios/adapters/compare
        ```

        The scenarios are ours, so they ask for what we think matters, and our own router was built to pass them. Those that
        bring backends or callers of their own are left out here, since the peers' files are fixed, and those that take longer
        than some minutes; a dash is one that was not played to its end. This page is written by that command; last on\s""");
    page.append(LocalDate.now()).append(".\n\n");
    summary(page, peers);
    scenarios(page, peers.stream().filter(Peer::wasPlayed).toList());
    reasons(page, peers.stream().filter(Peer::wasPlayed).toList());
    return page.toString();
  }

  private static void summary(StringBuilder page, List<Peer> peers) {
    page.append("| router | version | passes |\n|---|---|---|\n");
    for (Peer peer : peers) {
      page.append("| %s | %s | %s |\n".formatted(peer.name(), peer.wasPlayed() ? peer.version() : "-",
          peer.wasPlayed()
              ? peer.passed() + " of " + peer.scenarios().size()
              : peer.version()));
    }
  }

  private static void scenarios(StringBuilder page, List<Peer> peers) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (Peer peer : peers) {
      peer.scenarios().values().forEach(one -> {
        List<String> group =
            groups.computeIfAbsent(one.get("group").asString(), any -> new ArrayList<>());
        String name = one.get("scenario").asString();
        if (!group.contains(name)) {
          group.add(name);
        }
      });
    }
    groups.forEach((group, names) -> {
      page.append("\n## ").append(Character.toUpperCase(group.charAt(0))).append(group.substring(1));
      page.append("\n\n| |");
      peers.forEach(peer -> page.append(" ").append(peer.name()).append(" |"));
      page.append("\n|---|").append("---|".repeat(peers.size())).append("\n");
      for (String name : names) {
        page.append("| ").append(name).append(" |");
        peers.forEach(peer -> page.append(" ").append(peer.mark(name)).append(" |"));
        page.append("\n");
      }
    });
  }

  /** The first expectation that each missed. */
  private static void reasons(StringBuilder page, List<Peer> peers) {
    page.append("\n## What was missed\n");
    for (Peer peer : peers) {
      List<String> lines = new ArrayList<>();
      peer.scenarios().forEach((name, result) -> {
        if (!result.get("passes").asBoolean()) {
          lines.add("* " + name + ": " + reason(result));
        }
      });
      if (!lines.isEmpty()) {
        page.append("\n### ").append(peer.name()).append("\n\n");
        lines.forEach(line -> page.append(line).append("\n"));
      }
    }
  }

  private static String reason(JsonNode result) {
    if (result.has("unplayed")) {
      return "could not be played: " + result.get("unplayed").asString();
    }
    for (JsonNode verdict : result.get("expectations")) {
      if (!verdict.get("passes").asBoolean()) {
        return "`%s`: expected %s, seen %s"
            .formatted(
                verdict.get("name").asString(),
                verdict.get("expected").asString(),
                verdict.get("seen").asString());
      }
    }
    return "failed";
  }
}
