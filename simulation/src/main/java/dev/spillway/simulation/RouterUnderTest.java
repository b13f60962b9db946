package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.gateway.StreamDelivery;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;

/** A router without HTTP, as its callers see it. */
public interface RouterUnderTest {

  /** Makes one that knows nothing yet. */
  interface Maker {
    RouterUnderTest make(RouterConfig config, Upstream upstream, TimeSource time);
  }

  /** Who has called. */
  interface Client extends StreamDelivery.Recipient {

    /** It gets an answer; the body of one that arrives follows. */
    void answered(Reply reply);

    /** The body has ended like this. */
    void delivered(Delivery delivery);
  }

  /** Decides by the rules in force where a call goes. */
  CallPlan plan(ChatCall asked);

  /** Follows a changed configuration, from the next call on. */
  void follow(RouterConfig changed);

  void serve(CallPlan call, Client client) throws InterruptedException;

  /** What is held against a backend; {@code serving} for nothing. */
  String standing(String backend);

  /** What is believed to be left of a backend, in any words that are the same for the same. */
  String headRoom(String backend);

  /** How many requests a backend still has to do. */
  int inFlight(String backend);
}
