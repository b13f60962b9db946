package dev.spillway.router.routing;

import dev.spillway.router.backend.Pool;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests that fit all of its conditions to a pool.
 *
 * @param number its place, counted from 1
 * @param name what people call it; null for none
 */
public record Rule(int number, @Nullable String name, List<Condition> conditions, Pool pool) {

  /** Why a request fits; empty when it does not. */
  Optional<String> fits(Inquiry request) {
    StringJoiner reasons = new StringJoiner(", ", this + " (", ")");
    for (Condition condition : conditions) {
      Optional<String> reason = condition.fits(request);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(reason.get());
    }
    return Optional.of(reasons.toString());
  }

  /** Whether every request that fits the other fits this one too. */
  public boolean covers(Rule other) {
    return conditions.stream()
        .allMatch(mine -> other.conditions.stream().anyMatch(its -> its.isWithin(mine)));
  }

  /** As in {@code rule 2 'big prompts'}. */
  @Override
  public String toString() {
    return "rule " + number + (name == null ? "" : " '" + name + "'");
  }
}
