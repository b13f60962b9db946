package dev.spillway.emulator.fault;

import dev.spillway.control.FaultKind;
import dev.spillway.control.FaultPlace.Phase;
import dev.spillway.control.FaultSpec;
import dev.spillway.emulator.deployment.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one call, decided step by step as more of it is known; for one thread.
 *
 * <p>At each step the faults are asked in the order of their places, and then as they were set. All
 * pauses come true, and of the others the first.
 */
public final class FaultPlan {

  private final Faults faults;
  private final Facts facts;
  private final List<FaultRule> own;
  private final @Nullable String complaint;
  private @Nullable List<Hit> answering;
  private @Nullable Deployment deployment;

  /**
   * @param own what the call itself asks for
   * @param complaint why what it asks for cannot be; null when it can
   */
  FaultPlan(Faults faults, Facts facts, List<FaultRule> own, @Nullable String complaint) {
    this.faults = faults;
    this.facts = facts;
    this.own = own;
    this.complaint = complaint;
  }

  /** Why what the call itself asks for cannot be. */
  public Optional<String> complaint() {
    return Optional.ofNullable(complaint);
  }

  /** What strikes before it is known which deployment is asked. */
  public List<Hit> arriving() {
    return strike(spec -> spec.at().phase() == Phase.BEFORE && !spec.asksForTheDeployment(), null);
  }

  /** What strikes in the place of this deployment's answer. */
  public List<Hit> asking(Deployment one, boolean stream) {
    return strike(
        spec -> spec.at().phase() == Phase.BEFORE && spec.asksForTheDeployment(),
        new Asked(one.name(), stream));
  }

  /**
   * What strikes the answer itself; decided when it is asked for first.
   *
   * @param answers whose answer it is; null for that of no deployment
   * @param wanted whether the call asks for a stream
   * @param streamed whether the answer is one
   */
  public List<Hit> answering(@Nullable Deployment answers, boolean wanted, boolean streamed) {
    List<Hit> decided = answering;
    if (decided == null) {
      deployment = answers;
      decided =
          strike(
              spec ->
                  spec.at().phase() != Phase.BEFORE
                      && spec.suits(streamed)
                      && (answers != null || !spec.asksForTheDeployment()),
              answers == null ? null : new Asked(answers.name(), wanted));
      answering = decided;
    }
    return decided;
  }

  /** What was decided to strike the answer. */
  public List<Hit> answering() {
    return answering == null ? List.of() : answering;
  }

  /** Whose answer it is; none for that of no deployment. */
  public Optional<Deployment> deployment() {
    return Optional.ofNullable(deployment);
  }

  /** What the answer is not well for: all but pauses. */
  public Optional<Hit> spoiling() {
    return answering().stream().filter(hit -> !hit.isPause()).findFirst();
  }

  /** The status that the caller sees; 0 for none. */
  public int status(int otherwise) {
    return spoiling()
        .filter(
            hit -> hit.at().phase() == Phase.HEADERS && hit.what().kind() != FaultKind.WRONG_LENGTH)
        .map(Hit::status)
        .orElse(otherwise);
  }

  private List<Hit> strike(Predicate<FaultSpec> candidates, @Nullable Asked asked) {
    List<Hit> hits = new ArrayList<>();
    for (FaultRule rule : faults.inOrder(own)) {
      if (candidates.test(rule.spec())
          && !rule.spec().what().kind().isState()
          && rule.strikes(facts, asked, faults.now())) {
        hits.add(rule.hit());
        if (!rule.hit().isPause()) {
          break;
        }
      }
    }
    return hits;
  }
}
