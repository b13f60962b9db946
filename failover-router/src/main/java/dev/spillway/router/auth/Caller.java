package dev.spillway.router.auth;

import java.util.Set;

/**
 * Who is calling, and what it may.
 *
 * @param routes the names of the routes and pools it may use; none of them means all
 */
public record Caller(String name, Priority priority, Set<String> routes, Quota quota) {

  /** Every caller, where no clients are configured. */
  public static final Caller ANYBODY = Caller.of("anybody");

  /** One who may do anything. */
  public static Caller of(String name) {
    return new Caller(name, Priority.NORMAL, Set.of(), Quota.NONE);
  }

  /** Whether it may use a pool by way of a route. */
  public boolean mayUse(String route, String pool) {
    return routes.isEmpty() || routes.contains(route) || routes.contains(pool);
  }
}
