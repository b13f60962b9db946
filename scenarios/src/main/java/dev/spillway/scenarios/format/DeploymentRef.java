package dev.spillway.scenarios.format;

/** A deployment of a resource: {@code primary/gpt}. */
public record DeploymentRef(String resource, String deployment)
    implements Comparable<DeploymentRef> {

  public DeploymentRef {
    if (resource.isBlank() || deployment.isBlank() || deployment.contains("/")) {
      throw new IllegalArgumentException(resource + "/" + deployment);
    }
  }

  /**
   * Reads {@code primary/gpt}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static DeploymentRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(text);
    }
    return new DeploymentRef(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(DeploymentRef other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return resource + "/" + deployment;
  }
}
