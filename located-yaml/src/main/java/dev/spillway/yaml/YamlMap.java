package dev.spillway.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of a document.
 *
 * <p>Its keys are either known to the program, and then asked for by name and closed with {@link
 * #end()}, which refuses every key nobody asked for; or they are names that the user chose, and
 * then listed by {@link #entries()}.
 */
public final class YamlMap {

  private record Entry(ScalarNode key, YamlValue value) {}

  private final YamlSource source;
  private final @Nullable Node node;
  private final String path;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  YamlMap(YamlSource source, MappingNode node, String path) {
    this.source = source;
    this.node = node;
    this.path = path;
    for (NodeTuple tuple : node.getValue()) {
      add(tuple);
    }
  }

  private YamlMap(YamlSource source) {
    this.source = source;
    this.node = null;
    this.path = "";
  }

  static YamlMap empty(YamlSource source) {
    return new YamlMap(source);
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      throw source.problem(tuple.getKeyNode(), "expected a plain key");
    }
    String name = key.getValue();
    if (entries.containsKey(name)) {
      throw source.problem(key, "'" + inside(name) + "' is given twice");
    }
    entries.put(name, new Entry(key, new YamlValue(source, tuple.getValueNode(), inside(name))));
  }

  /** The value of a key that may be left out; one written without a value counts as left out. */
  public Optional<YamlValue> find(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(v -> !v.isNull());
  }

  /**
   * The value of a key that must be there.
   *
   * @throws YamlException when it is not
   */
  public YamlValue get(String key) {
    return find(key).orElseThrow(() -> missing(key));
  }

  /** Complains about the key that was probably meant, where there is one nobody knows. */
  private YamlException missing(String key) {
    List<String> unasked = entries.keySet().stream().filter(name -> !asked.contains(name)).toList();
    return Spelling.nearest(key, unasked)
        .map(near ->
            source.problem(
                Objects.requireNonNull(entries.get(near)).key(),
                "unknown key '" + inside(near) + "'; did you mean '" + key + "'?"))
        .orElseGet(() -> problem("'" + inside(key) + "' is missing"));
  }

  /** Every key with its value, in the document's order, where the keys are the user's own names. */
  public Map<String, YamlValue> entries() {
    Map<String, YamlValue> all = new LinkedHashMap<>();
    entries.forEach((name, entry) -> all.put(name, entry.value()));
    asked.addAll(all.keySet());
    return all;
  }

  /**
   * Says that every known key has been asked for.
   *
   * @throws YamlException for the first key that nobody asked for
   */
  public void end() {
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        throw source.problem(entry.getValue().key(), unknown(entry.getKey()));
      }
    }
  }

  /**
   * The mapping as a value, to be put over another one.
   *
   * @throws YamlException when there is nothing in it
   */
  public YamlValue value() {
    if (node == null) {
      throw problem("there is nothing in it");
    }
    return new YamlValue(source, node, path);
  }

  /** A complaint about the mapping as a whole. */
  public YamlException problem(String problem) {
    return node == null
        ? new YamlException(source.file(), 1, problem)
        : source.problem(node, problem);
  }

  /** Counted from 1. */
  public int line() {
    return node == null ? 1 : YamlSource.line(node);
  }

  private String inside(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String unknown(String key) {
    List<String> known = new ArrayList<>(asked);
    String hint =
        Spelling.nearest(key, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("expected one of " + String.join(", ", known));
    return "unknown key '" + inside(key) + "'; " + hint;
  }
}
