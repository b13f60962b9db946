package dev.spillway.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of the journal to show; what is null does not narrow.
 *
 * @param resource the one it came to
 * @param deployment the one that answered, or from which the call spilled over
 * @param caller as the journal names it
 * @param reason why it was refused
 * @param body what the request's body contains, as it was written
 * @param since the first moment at which it may have arrived
 * @param until the first moment at which it may not have arrived any more
 * @param limit the newest so many of those that match
 */
public record JournalQuery(
    @Nullable String resource,
    @Nullable String deployment,
    @Nullable String caller,
    @Nullable Integer status,
    @Nullable String reason,
    @Nullable String body,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Integer limit) {

  public static JournalQuery all() {
    return new JournalQuery(null, null, null, null, null, null, null, null, null);
  }

  public static JournalQuery ofDeployment(String deployment) {
    return all().withDeployment(deployment);
  }

  public JournalQuery withResource(@Nullable String wanted) {
    return new JournalQuery(wanted, deployment, caller, status, reason, body, since, until, limit);
  }

  public JournalQuery withDeployment(@Nullable String wanted) {
    return new JournalQuery(resource, wanted, caller, status, reason, body, since, until, limit);
  }

  public JournalQuery withCaller(@Nullable String wanted) {
    return new JournalQuery(
        resource, deployment, wanted, status, reason, body, since, until, limit);
  }

  public JournalQuery withStatus(@Nullable Integer wanted) {
    return new JournalQuery(
        resource, deployment, caller, wanted, reason, body, since, until, limit);
  }

  public JournalQuery withReason(@Nullable String wanted) {
    return new JournalQuery(
        resource, deployment, caller, status, wanted, body, since, until, limit);
  }

  public JournalQuery withBody(@Nullable String contained) {
    return new JournalQuery(
        resource, deployment, caller, status, reason, contained, since, until, limit);
  }

  public JournalQuery withSince(@Nullable Instant first) {
    return new JournalQuery(
        resource, deployment, caller, status, reason, body, first, until, limit);
  }

  public JournalQuery withUntil(@Nullable Instant end) {
    return new JournalQuery(resource, deployment, caller, status, reason, body, since, end, limit);
  }

  public JournalQuery withLimit(@Nullable Integer newest) {
    return new JournalQuery(
        resource, deployment, caller, status, reason, body, since, until, newest);
  }

  public boolean matches(JournalEntry entry) {
    return is(resource, entry.resource())
        && (is(deployment, entry.deployment()) || is(deployment, entry.spilledFrom()))
        && is(caller, entry.caller())
        && (status == null || status == entry.status())
        && is(reason, entry.reason())
        && contains(entry.body())
        && (since == null || !entry.at().isBefore(since))
        && (until == null || entry.at().isBefore(until));
  }

  private static boolean is(@Nullable String wanted, @Nullable String given) {
    return wanted == null || wanted.equals(given);
  }

  private boolean contains(@Nullable String given) {
    return body == null || (given != null && given.contains(body));
  }
}
