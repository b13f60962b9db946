package dev.spillway.router.lookahead;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.TokenEstimate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The look-ahead: what every backend's own counters are believed to say. Backends of one
 * quota-group share an account.
 *
 * <p>It never refuses anything: it says what to expect, and whoever asks may send all the same.
 */
public final class LookAhead {

  private final boolean enabled;
  private final Map<String, Account> byQuotaGroup = new HashMap<>();
  private final Map<String, Account> byBackend = new HashMap<>();

  /**
   * A board of some backends.
   *
   * @param enabled false for one that expects nothing and keeps no account
   */
  public LookAhead(Collection<Backend> backends, boolean enabled, long now) {
    this(Map.of(), backends, enabled, now);
  }

  private LookAhead(
      Map<String, Account> before, Collection<Backend> backends, boolean enabled, long now) {
    this.enabled = enabled;
    for (Backend backend : backends) {
      Account account =
          byQuotaGroup.computeIfAbsent(
              backend.quotaGroup(),
              group -> Account.after(before.get(group), backend.limits(), now));
      byBackend.put(backend.name(), account);
    }
  }

  /** The board of a changed configuration; a quota whose limits stay keeps its account. */
  public LookAhead followedBy(Collection<Backend> backends, boolean enabledNow, long now) {
    return new LookAhead(byQuotaGroup, backends, enabledNow, now);
  }

  /**
   * Whether a backend is expected to let a call in.
   *
   * @param spillAt from how many percent in use on the call makes way for others
   */
  public Room room(Backend backend, CallPlan call, double spillAt, long now) {
    return counts(call)
        ? of(backend).room(() -> TokenEstimate.of(call.facts().get()), spillAt, now)
        : Room.ENOUGH;
  }

  /** Charges an attempt in advance, whether there is room or not. */
  public Reservation reserve(Backend backend, CallPlan call, long now) {
    if (!counts(call)) {
      return Reservation.NONE;
    }
    Account account = of(backend);
    return Reservation.of(account, account.charge(() -> TokenEstimate.of(call.facts().get()), now));
  }

  /** Charges an attempt in advance; nothing when another was faster and there is no room left. */
  public Optional<Reservation> reserveIfRoom(
      Backend backend, CallPlan call, double spillAt, long now) {
    if (!counts(call)) {
      return Optional.of(Reservation.NONE);
    }
    Account account = of(backend);
    return account
        .chargeIfRoom(() -> TokenEstimate.of(call.facts().get()), spillAt, now)
        .map(hold -> Reservation.of(account, hold));
  }

  public HeadRoom headRoom(Backend backend, long now) {
    return enabled ? of(backend).headRoom(now) : HeadRoom.UNKNOWN;
  }

  /** Forgets everything that was charged to it and learned of it. */
  public void reset(Backend backend, long now) {
    of(backend).reset(now);
  }

  /** Only what is asked of a model is counted. */
  private boolean counts(CallPlan call) {
    return enabled && call.method().equals("POST");
  }

  private Account of(Backend backend) {
    return Objects.requireNonNull(byBackend.get(backend.name()));
  }
}
