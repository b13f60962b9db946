package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import java.util.List;

/** Judges a configuration by itself, without asking anybody. */
public final class Linter {

  private Linter() {}

  /** What is wrong with it, in the file's order. */
  public static List<Finding> findings(RouterConfig config) {
    Findings findings = new Findings(config.places());
    BackendChecks.add(config, findings);
    PoolChecks.add(config, findings);
    RouteChecks.add(config, findings);
    RuleChecks.add(config, findings);
    FallbackChecks.add(config, findings);
    CallerChecks.add(config, findings);
    TimeChecks.add(config, findings);
    return findings.inOrder();
  }
}
