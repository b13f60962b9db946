package dev.spillway.control;

import org.jspecify.annotations.Nullable;

/**
 * Which calls of the journal to show; what is null does not narrow.
 *
 * @param resource the one it came to
 * @param deployment the one that answered, or from which the call spilled over
 * @param limit the newest so many of those that match
 */
public record JournalQuery(
    @Nullable String resource,
    @Nullable String deployment,
    @Nullable Integer status,
    @Nullable Integer limit) {

  public static JournalQuery all() {
    return new JournalQuery(null, null, null, null);
  }

  public static JournalQuery ofDeployment(String deployment) {
    return new JournalQuery(null, deployment, null, null);
  }

  public JournalQuery withStatus(int wanted) {
    return new JournalQuery(resource, deployment, wanted, limit);
  }

  public boolean matches(JournalEntry entry) {
    return (resource == null || resource.equals(entry.resource()))
        && (deployment == null
            || deployment.equals(entry.deployment())
            || deployment.equals(entry.spilledFrom()))
        && (status == null || status == entry.status());
  }
}
