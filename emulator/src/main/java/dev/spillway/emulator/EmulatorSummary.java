package dev.spillway.emulator;

import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.WindowStatus;
import java.net.URI;
import java.util.List;
import java.util.StringJoiner;

/** What a start prints. */
record EmulatorSummary(EmulatorConfig config, URI uri, List<DeploymentStatus> deployments) {

  String text() {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(
        "Spillway emulator at " + uri + ", speaking as Azure OpenAI of " + config.wire().name());
    lines.add("  resource  " + resource());
    lines.add("  api-key   " + String.join(" or ", config.resource().keys()));
    lines.add("  control   " + control());
    lines.add("");
    if (deployments.isEmpty()) {
      lines.add("  no deployment yet; PUT one to " + uri + "/emulator/deployments/{name}");
      return lines.toString();
    }
    lines.add("  %-16s %-22s %16s  %s".formatted("deployment", "model", "tokens", "requests"));
    deployments.forEach(deployment -> lines.add(row(deployment)));
    lines.add("");
    lines.add("Try it:");
    lines.add("  " + curl(deployments.getFirst()));
    return lines.toString();
  }

  private String resource() {
    return config.resource().name()
        + " ("
        + config.resource().kind()
        + ", "
        + config.resource().region()
        + ")";
  }

  private String control() {
    if (config.adminKey() != null) {
      return uri + "/emulator/ with the header x-admin-key";
    }
    return config.listen().isLoopback()
        ? uri + "/emulator/"
        : "closed: not on loopback and no admin-key is set";
  }

  private static String row(DeploymentStatus deployment) {
    return "  %-16s %-22s %16s  %s"
        .formatted(
            deployment.name(), deployment.spec().model(), size(deployment), requests(deployment));
  }

  private static String size(DeploymentStatus deployment) {
    return deployment.spec().provisioned()
        ? deployment.spec().capacity() + " PTU"
        : per(deployment.tokens());
  }

  private static String requests(DeploymentStatus deployment) {
    String spillover = deployment.spec().spillover();
    return per(deployment.requests()) + (spillover == null ? "" : ", spills to " + spillover);
  }

  private static String per(WindowStatus window) {
    if (window.limit().isUnlimited()) {
      return "unlimited";
    }
    String period = window.windowSeconds() == 60 ? "min" : window.windowSeconds() + " s";
    return window.limit() + " / " + period;
  }

  private String curl(DeploymentStatus deployment) {
    return "curl '%s%s?api-version=2024-10-21' -H 'api-key: %s' -H 'Content-Type: application/json' -d '{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"max_tokens\":50}'"
        .formatted(
            uri, deployment.path(), config.resource().keys().getFirst().replace("'", "'\\''"));
  }
}
