package dev.spillway.router.quota;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Quota;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every caller has used, by name. One whose quota has changed begins with a full minute; one
 * whose quota has not keeps what it has used, whatever else was changed.
 */
public final class CallerQuotas {

  private final Map<String, CallerAccount> accounts = new ConcurrentHashMap<>();

  /**
   * Charges a request, or says how long it has to wait.
   *
   * @param estimate how many tokens it may use; only asked for a caller with a limit of tokens
   * @param now in {@code nanoTime}
   */
  public Admission admit(Caller caller, LongSupplier estimate, long now) {
    return caller.quota().equals(Quota.NONE)
        ? new Admission.Admitted(new Charge.Free())
        : account(caller, now).admit(estimate, now);
  }

  private CallerAccount account(Caller caller, long now) {
    CallerAccount known = accounts.get(caller.name());
    return known != null && known.quota().equals(caller.quota())
        ? known
        : accounts.compute(caller.name(), (name, account) -> current(account, caller, now));
  }

  private static CallerAccount current(@Nullable CallerAccount account, Caller caller, long now) {
    return account != null && account.quota().equals(caller.quota())
        ? account
        : new CallerAccount(caller.quota(), now);
  }
}
