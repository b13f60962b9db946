package dev.spillway.router.gateway;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.auth.CallerKeys;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.stored.StoredObjects;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configuration at work: who may call, which calls go where, and how they are carried out. It
 * never changes; a reload puts another in its place, and a call keeps the one that it began with.
 */
public final class Serving {

  private final Map<String, Backend> backends;
  private final Map<String, Pool> pools;
  private final HealthBoard health;
  private final LookAhead lookAhead;
  private final @Nullable Secret adminKey;
  private final CallerKeys keys;
  private final CallReader reader;
  private final AttemptLoop loop;
  private final ReplyWriter writer;
  private final Visitors visitors;

  /**
   * A configuration at work.
   *
   * @param stored which backend has what
   * @param adminKey what who looks after it must present; null where none is configured
   * @param atItsEnd run once, when it has been replaced and its last call is over
   */
  public Serving(
      CallerKeys keys,
      RouteTable routes,
      BodyLimits bodies,
      StoredObjects stored,
      AttemptLoop loop,
      Map<String, Backend> backends,
      Map<String, Pool> pools,
      HealthBoard health,
      LookAhead lookAhead,
      @Nullable Secret adminKey,
      Runnable atItsEnd) {
    this.backends = backends;
    this.pools = pools;
    this.health = health;
    this.lookAhead = lookAhead;
    this.adminKey = adminKey;
    this.keys = keys;
    this.reader = new CallReader(keys, routes, bodies, stored);
    this.loop = loop;
    this.writer = new ReplyWriter(loop, stored);
    this.visitors = new Visitors(atItsEnd);
  }

  /** Another has taken its place; what it serves now is served to the end. */
  public void retire() {
    visitors.admitNoMore();
  }

  /**
   * What would become of a request now; nothing is sent.
   *
   * @throws IllegalArgumentException when it is made by a client that there is not
   */
  public Explanation explain(DescribedRequest request) {
    return Explainer.explain(this, request);
  }

  CallerKeys keys() {
    return keys;
  }

  Visitors visitors() {
    return visitors;
  }

  Map<String, Backend> backends() {
    return backends;
  }

  Map<String, Pool> pools() {
    return pools;
  }

  HealthBoard health() {
    return health;
  }

  LookAhead lookAhead() {
    return lookAhead;
  }

  @Nullable Secret adminKey() {
    return adminKey;
  }

  CallReader reader() {
    return reader;
  }

  AttemptLoop loop() {
    return loop;
  }

  ReplyWriter writer() {
    return writer;
  }
}
