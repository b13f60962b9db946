package dev.spillway.router.routing;

import dev.spillway.router.auth.Priority;
import dev.spillway.router.plan.Complexity;
import dev.spillway.router.plan.RequestFacts;
import dev.spillway.router.plan.RequestFacts.AnswerFormat;
import dev.spillway.router.plan.TokenEstimate;
import dev.spillway.wire.Operation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a rule asks of a request. What it says when it fits names what the configuration
 * has, and numbers, but never a text of the caller's.
 */
public sealed interface Condition {

  /** Why it fits; empty when it does not. */
  Optional<String> fits(Inquiry request);

  /** Whether every request that fits this one fits the other too. */
  boolean isWithin(Condition other);

  /** The deployment or model that the caller asked for. */
  record Model(Names names) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      return Optional.ofNullable(request.model()).flatMap(names::fitting).map("model "::concat);
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof Model model && names.isWithin(model.names);
    }
  }

  /** The value of a header; {@code *} for any value. */
  record Header(String name, Names values) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      return Optional.ofNullable(request.header().apply(name))
          .flatMap(values::fitting)
          .map(value -> "header " + name + ": " + value);
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof Header header
          && name.equalsIgnoreCase(header.name)
          && values.isWithin(header.values);
    }
  }

  /** Who is calling. */
  record CallerName(Names names) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      return names.fitting(request.caller().name()).map("caller "::concat);
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof CallerName caller && names.isWithin(caller.names);
    }
  }

  /** How urgent the caller is. */
  record CallerPriority(Set<Priority> priorities) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      Priority priority = request.caller().priority();
      return when(priorities.contains(priority), "priority " + lower(priority));
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof CallerPriority priority
          && priority.priorities.containsAll(priorities);
    }
  }

  /** What is asked of the model. */
  record Operations(Set<Operation> operations) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      return request.operation().filter(operations::contains).map(Operation::path);
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof Operations more && more.operations.containsAll(operations);
    }
  }

  /** A number that the request has. */
  record Measured(Measure measure, Span span) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      double number = measure.of(request);
      return span.holds(number)
          ? Optional.of(measure.words(number, request) + " " + span)
          : Optional.empty();
    }

    @Override
    public boolean isWithin(Condition other) {
      return other instanceof Measured measured
          && measure == measured.measure
          && span.isWithin(measured.span);
    }
  }

  /** Something that the request asks for, or does not. */
  record Wants(Want want, boolean wanted) implements Condition {
    @Override
    public Optional<String> fits(Inquiry request) {
      return when(
          want.isIn(request.facts().get()) == wanted, wanted ? want.word() : "no " + want.word());
    }

    @Override
    public boolean isWithin(Condition other) {
      return equals(other);
    }
  }

  /** What can be measured. */
  enum Measure {
    PROMPT_CHARACTERS,
    /** A quarter of the characters, as the service reckons. */
    PROMPT_TOKENS,
    MESSAGES,
    COMPLEXITY;

    double of(Inquiry request) {
      return switch (this) {
        case PROMPT_CHARACTERS -> request.facts().get().promptCharacters();
        case PROMPT_TOKENS -> TokenEstimate.ofPrompt(request.facts().get());
        case MESSAGES -> request.facts().get().messages();
        case COMPLEXITY -> request.facts().complexity().score();
      };
    }

    String words(double number, Inquiry request) {
      return switch (this) {
        case PROMPT_CHARACTERS -> String.format(Locale.ROOT, "prompt of %,.0f characters", number);
        case PROMPT_TOKENS -> String.format(Locale.ROOT, "prompt about %,.0f tokens", number);
        case MESSAGES -> String.format(Locale.ROOT, "%,.0f messages", number);
        case COMPLEXITY -> complexity(request.facts().complexity());
      };
    }

    private static String complexity(Complexity complexity) {
      String reasons = complexity.reasons();
      String score = String.format(Locale.ROOT, "complexity %.2f", complexity.score());
      return reasons.isEmpty() ? score : score + " [" + reasons + "]";
    }
  }

  /** What can be asked for. */
  enum Want {
    TOOLS,
    IMAGES,
    /** JSON of whatever shape, or by a schema. */
    JSON,
    STREAM;

    boolean isIn(RequestFacts facts) {
      return switch (this) {
        case TOOLS -> facts.tools();
        case IMAGES -> facts.images();
        case JSON -> facts.format() != AnswerFormat.TEXT;
        case STREAM -> facts.stream();
      };
    }

    String word() {
      return this == JSON ? "JSON" : lower(this);
    }
  }

  private static Optional<String> when(boolean fits, String reason) {
    return fits ? Optional.of(reason) : Optional.empty();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
