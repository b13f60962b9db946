package dev.spillway.scenarios.result;

import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.DeploymentRef;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells of the emulator's calls for whom they were made and which deployment was meant, for any
 * router: by what it hands on, and never by what it says of itself.
 *
 * @param deployments all that the emulator has
 */
public record Attribution(List<DeploymentRef> deployments) {

  /** What every written prompt begins with. */
  private static final Pattern MARK = Pattern.compile("\\[([A-Za-z0-9_-]+-\\d+(?:\\.\\d+)?)]");

  private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)/");

  public Attribution {
    deployments = List.copyOf(deployments);
  }

  /** Among the deployments that were looked at. */
  public static Attribution of(List<BucketSample> samples) {
    return new Attribution(
        List.copyOf(
            samples.stream()
                .map(BucketSample::deployment)
                .collect(Collectors.toCollection(TreeSet::new))));
  }

  /** The id of the exchange, which a router hands on in a header or at least in the prompt. */
  public Optional<String> exchange(JournalEntry entry) {
    String id = entry.clientRequestId();
    if (id != null && MARK.matcher("[" + id + "]").matches()) {
      return Optional.of(id);
    }
    String body = entry.body();
    Matcher mark = MARK.matcher(body == null ? "" : body);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }

  /** The journal names none where a fault struck before it was looked for. */
  public Optional<DeploymentRef> deployment(JournalEntry entry) {
    String resource = entry.resource();
    if (resource == null) {
      return Optional.empty();
    }
    if (entry.deployment() != null) {
      return Optional.of(new DeploymentRef(resource, entry.deployment()));
    }
    Matcher path = DEPLOYMENT.matcher(entry.path());
    if (path.find()) {
      return Optional.of(new DeploymentRef(resource, path.group(1)));
    }
    List<DeploymentRef> ofResource =
        deployments.stream().filter(one -> one.resource().equals(resource)).toList();
    return ofResource.size() == 1 ? Optional.of(ofResource.getFirst()) : Optional.empty();
  }
}
