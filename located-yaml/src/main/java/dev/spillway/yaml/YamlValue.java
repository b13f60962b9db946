package dev.spillway.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of a document, read as the type that the program expects. */
public final class YamlValue {

  private static final int MAX_SHOWN = 60;

  private final YamlSource source;
  private final Node node;
  private final String path;

  YamlValue(YamlSource source, Node node, String path) {
    this.source = source;
    this.node = node;
    this.path = path;
  }

  boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  public YamlMap map() {
    if (node instanceof MappingNode mapping) {
      return new YamlMap(source, mapping, path);
    }
    throw expected("'key: value' lines below it");
  }

  public List<YamlValue> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list");
    }
    List<YamlValue> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      values.add(new YamlValue(source, item, path + "[" + values.size() + "]"));
    }
    return values;
  }

  /**
   * The text of a scalar of any kind, so that {@code wire: 2026} and {@code wire: "2026"} agree.
   */
  public String text() {
    return scalar("a text");
  }

  public int integer() {
    return parse("a whole number", Integer::parseInt);
  }

  public long longInteger() {
    return parse("a whole number", Long::parseLong);
  }

  /**
   * A whole number within bounds.
   *
   * @throws YamlException when it is outside of them
   */
  public int integer(int least, int most) {
    int value = integer();
    if (value < least || value > most) {
      throw expected("a whole number from " + least + " to " + most);
    }
    return value;
  }

  public double decimal() {
    return parse("a number", Double::parseDouble);
  }

  public boolean flag() {
    return parse(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /** A length of time: {@code 250ms}, {@code 10s}, {@code 2m}, {@code 1h}. */
  public Duration duration() {
    return parse("a duration such as 250ms, 10s or 2m", Durations::parse);
  }

  /** An absolute http or https address. */
  public URI url() {
    return parse("an http:// or https:// address", YamlValue::webAddress);
  }

  /** One of an enumeration's values, written in lower case with hyphens. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
    List<String> names = new ArrayList<>();
    String text = text();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw expected("one of " + String.join(", ", names));
  }

  /**
   * All of it as Java's plain types: {@code Map} in the document's order, {@code List}, {@code
   * String}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean}, and null.
   */
  public @Nullable Object plain() {
    if (node.isRecursive()) {
      throw problem("refers to itself");
    }
    return switch (node) {
      case MappingNode mapping -> plainMap();
      case SequenceNode sequence -> plainList();
      default -> plainScalar();
    };
  }

  private List<@Nullable Object> plainList() {
    List<@Nullable Object> plain = new ArrayList<>();
    list().forEach(value -> plain.add(value.plain()));
    return plain;
  }

  private Map<String, @Nullable Object> plainMap() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    map().entries().forEach((key, value) -> plain.put(key, value.plain()));
    return plain;
  }

  private @Nullable Object plainScalar() {
    if (isNull()) {
      return null;
    }
    if (node.getTag().equals(Tag.BOOL)) {
      return flag();
    }
    if (node.getTag().equals(Tag.INT)) {
      return parse("a whole number", BigInteger::new);
    }
    return node.getTag().equals(Tag.FLOAT) ? parse("a number", BigDecimal::new) : text();
  }

  /**
   * The scalar's text, read by {@code reader}.
   *
   * @param expected what the complaint says was expected when the reader throws an {@link
   *     IllegalArgumentException}
   */
  public <T> T parse(String expected, Function<String, T> reader) {
    try {
      return reader.apply(scalar(expected));
    } catch (IllegalArgumentException e) {
      throw expected(expected);
    }
  }

  /** The value of a name in {@code known}, or a complaint that lists what there is. */
  public <T> T lookUp(String kind, Map<String, T> known) {
    String name = text();
    T found = known.get(name);
    if (found != null) {
      return found;
    }
    List<String> names = List.copyOf(known.keySet());
    Optional<String> near = Spelling.nearest(name, names);
    throw problem(
        "names the "
            + kind
            + " '"
            + name
            + "', which does not exist; "
            + near.map(n -> "did you mean '" + n + "'?")
                .orElse("there is " + String.join(", ", names)));
  }

  /** A complaint that starts with this value's key: {@code 'pools.gpt' <problem>}. */
  public YamlException problem(String problem) {
    return source.problem(node, "'" + path + "' " + problem);
  }

  /** A complaint that names the key, what was expected and what stands there. */
  public YamlException expected(String expected) {
    return problem("must be " + expected + ", not " + shown());
  }

  /**
   * This value over another one, which may be of another file: a mapping has the keys of both, and
   * where both have a key, this value's over the other's. Of anything else, this value alone.
   */
  public YamlValue over(YamlValue base) {
    return new YamlValue(source, Merge.over(node, base.node), path);
  }

  /** What complaints about it call its file. */
  public String file() {
    return source.file(node);
  }

  /** Counted from 1. */
  public int line() {
    return YamlSource.line(node);
  }

  private String scalar(String expected) {
    if (node instanceof ScalarNode scalar && !isNull()) {
      return source.resolve(node, scalar.getValue());
    }
    throw expected(expected);
  }

  /** What stands in the file; a reference is shown as written, so that no secret is printed. */
  private String shown() {
    return switch (node) {
      case ScalarNode scalar when isNull() -> "nothing";
      case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'";
      case SequenceNode sequence -> "a list";
      default -> "a mapping";
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static URI webAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!web || uri.getHost() == null) {
        throw new IllegalArgumentException(text);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
