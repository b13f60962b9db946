package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment's answers say; in JSON also the name alone.
 *
 * @param text what {@code fixed} says
 * @param unmatched who answers what no stub fits; null for prose
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GeneratorSpec(Name name, @Nullable String text, @Nullable Unmatched unmatched) {

  /** Stubs where one fits, and prose elsewhere; what a deployment has that says nothing of it. */
  public static final GeneratorSpec USUAL = of(Name.STUBS);

  /** The generators. */
  public enum Name {
    /** Seeded sentences of the length that the request allows. */
    PROSE,
    /** What was said last. */
    ECHO,
    /** One text. */
    FIXED,
    /** What stubs say. */
    STUBS;

    @JsonValue
    public String label() {
      return label(this);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Name of(String label) {
      return named("generator", values(), label);
    }

    private static String label(Enum<?> one) {
      return one.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who answers what no stub fits. */
  public enum Unmatched {
    PROSE,
    ECHO,
    /** Nobody: it is a 400 that says which stubs were near. */
    REFUSE;

    @JsonValue
    public String label() {
      return Name.label(this);
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Unmatched of(String label) {
      return named("answer to the unmatched", values(), label);
    }
  }

  @JsonCreator
  @SuppressWarnings("ConstantValue") // JSON may leave anything out
  public GeneratorSpec {
    if (name == null) {
      throw new IllegalArgumentException("the generator has no name");
    }
    if ((text != null) != (name == Name.FIXED)) {
      throw new IllegalArgumentException("the generator fixed has a text, and no other has one");
    }
    if (unmatched != null && name != Name.STUBS) {
      throw new IllegalArgumentException("only the generator stubs has 'unmatched'");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static GeneratorSpec ofName(String name) {
    return of(Name.of(name));
  }

  /** A generator that needs nothing but its name. */
  public static GeneratorSpec of(Name name) {
    return new GeneratorSpec(name, null, null);
  }

  /** Always this text. */
  public static GeneratorSpec fixed(String text) {
    return new GeneratorSpec(Name.FIXED, text, null);
  }

  /** Stubs, and elsewhere this. */
  public static GeneratorSpec stubsElse(Unmatched unmatched) {
    return new GeneratorSpec(Name.STUBS, null, unmatched);
  }

  public Unmatched unmatchedOrUsual() {
    return unmatched == null ? Unmatched.PROSE : unmatched;
  }

  private static <E extends Enum<E>> E named(String kind, E[] all, String label) {
    Function<E, String> labels = one -> one.name().toLowerCase(Locale.ROOT);
    return Arrays.stream(all)
        .filter(one -> labels.apply(one).equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the %s is one of %s, not '%s'"
                    .formatted(
                        kind,
                        Arrays.stream(all).map(labels).collect(Collectors.joining(", ")),
                        label)));
  }
}
