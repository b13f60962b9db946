package dev.spillway.emulator.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Weighs what was found in a text against what a policy does about it. */
record Judge(Map<FilterCategory, Rule> rules) {

  Verdict judge(Collection<? extends Effect.Guilt> found) {
    List<Annotation> annotations = new ArrayList<>();
    found.stream()
        .filter(Effect.Listed.class::isInstance)
        .map(guilt -> ((Effect.Listed) guilt).blocklist())
        .distinct()
        .sorted()
        .forEach(blocklist -> annotations.add(new Annotation.Listed(blocklist)));
    for (FilterCategory category : FilterCategory.values()) {
      annotate(category, found, annotations);
    }
    return annotations.stream().anyMatch(Annotation::filtered)
        ? new Verdict.Blocked(annotations)
        : new Verdict.Passed(annotations);
  }

  private void annotate(
      FilterCategory category,
      Collection<? extends Effect.Guilt> found,
      List<Annotation> annotations) {
    Rule ofPolicy = rules.getOrDefault(category, Rule.OFF);
    boolean shown = ofPolicy != Rule.OFF;
    boolean filtered = false;
    Severity worst = Severity.SAFE;
    for (Effect.Guilt guilt : found) {
      if (guilt instanceof Effect.Found of
          && of.category() == category
          && of.rule(ofPolicy).isPresent()) {
        shown = true;
        filtered |= of.rule(ofPolicy).get().blocks(of.severity());
        worst = worst.orWorse(of.severity());
      }
    }
    if (shown) {
      annotations.add(annotation(category, worst, filtered));
    }
  }

  private static Annotation annotation(
      FilterCategory category, Severity severity, boolean filtered) {
    return category.graded()
        ? new Annotation.Graded(category, severity, filtered)
        : new Annotation.Detected(category, severity != Severity.SAFE, filtered);
  }
}
