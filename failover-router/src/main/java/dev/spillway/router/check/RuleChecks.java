package dev.spillway.router.check;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.routing.Condition;
import dev.spillway.router.routing.Destination.Shadowed;
import dev.spillway.router.routing.Rule;
import java.util.Optional;

/** Rules that can never fire. */
final class RuleChecks {

  private RuleChecks() {}

  static void add(RouterConfig config, Findings findings) {
    for (int i = 0; i < config.routes().size(); i++) {
      Route route = config.routes().get(i);
      String path = "routes[" + i + "].rules[";
      for (Shadowed shadowed : route.to().shadowed()) {
        never(
            findings,
            path + (shadowed.rule().number() - 1) + "]",
            shadowed.rule(),
            route,
            shadowed.by() + " takes every request that fits it",
            "put it before that one, or take it out");
      }
      for (Rule rule : route.to().rules()) {
        obstacle(rule, route, config)
            .ifPresent(why ->
                never(
                    findings,
                    path + (rule.number() - 1) + "]",
                    rule,
                    route,
                    why,
                    "correct the condition, or take the rule out"));
      }
    }
  }

  private static void never(
      Findings findings, String path, Rule rule, Route route, String why, String cure) {
    findings.warning(
        "rule-never-fires",
        path,
        rule + " of the route '" + route.name() + "' can never fire: " + why,
        cure);
  }

  /** What no request of this route can be like. */
  private static Optional<String> obstacle(Rule rule, Route route, RouterConfig config) {
    return rule.conditions().stream()
        .flatMap(condition -> obstacle(condition, route, config).stream())
        .findFirst();
  }

  private static Optional<String> obstacle(Condition condition, Route route, RouterConfig config) {
    return switch (condition) {
      case Condition.Model it -> model(it, route);
      case Condition.Operations it ->
          route instanceof Route.ByPath byPath && !it.operations().contains(byPath.operation())
              ? Optional.of("the route is for " + byPath.operation().path() + " only")
              : Optional.empty();
      case Condition.CallerPriority it ->
          !config.clients().isEmpty()
                  && config.clients().stream()
                      .noneMatch(client -> it.priorities().contains(client.caller().priority()))
              ? Optional.of("no client has such a priority")
              : Optional.empty();
      case Condition.CallerName it ->
          config.clients().stream()
                  .anyMatch(client -> it.names().fitting(client.caller().name()).isPresent())
              ? Optional.empty()
              : Optional.of("there is no client " + it.names());
      case Condition.Header header -> Optional.empty();
      case Condition.Measured measured -> Optional.empty();
      case Condition.Wants wants -> Optional.empty();
    };
  }

  /** A path of the user's own leaves the model to the body. */
  private static Optional<String> model(Condition.Model condition, Route route) {
    boolean free =
        route instanceof Route.ByPath
            || route instanceof Route.ByResource
            || route.name().equals(RouteTable.ANY);
    return free || condition.names().fitting(route.name()).isPresent()
        ? Optional.empty()
        : Optional.of("all requests of the route are for '" + route.name() + "'");
  }
}
