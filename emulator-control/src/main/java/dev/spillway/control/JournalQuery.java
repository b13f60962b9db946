package dev.spillway.control;

import org.jspecify.annotations.Nullable;

/**
 * Which calls of the journal to show; what is null does not narrow.
 *
 * @param deployment the one that answered, or from which the call spilled over
 * @param limit the newest so many of those that match
 */
public record JournalQuery(
    @Nullable String deployment, @Nullable Integer status, @Nullable Integer limit) {

  public static JournalQuery all() {
    return new JournalQuery(null, null, null);
  }

  public static JournalQuery ofDeployment(String deployment) {
    return new JournalQuery(deployment, null, null);
  }

  public boolean matches(JournalEntry entry) {
    return (deployment == null
            || deployment.equals(entry.deployment())
            || deployment.equals(entry.spilledFrom()))
        && (status == null || status == entry.status());
  }
}
