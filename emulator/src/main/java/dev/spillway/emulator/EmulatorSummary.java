package dev.spillway.emulator;

import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.ResourceStatus;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.identity.EntraConfig;
import dev.spillway.emulator.identityplane.IdentityPlane;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.tls.AuthorityFolder;
import dev.spillway.wire.AzureRoute;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a start prints. */
final class EmulatorSummary {

  private final Emulator emulator;
  private final EmulatorConfig config;
  private final URI uri;
  private final List<ResourceStatus> resources;
  private final StringJoiner lines = new StringJoiner("\n");

  EmulatorSummary(Emulator emulator, EmulatorConfig config, List<ResourceStatus> resources) {
    this.emulator = emulator;
    this.config = config;
    this.uri = emulator.uri();
    this.resources = resources;
  }

  String text() {
    lines.add(
        "Spillway emulator at " + uri + ", speaking as Azure OpenAI of " + config.wire().name());
    emulator.tlsUri().ifPresent(this::tls);
    lines.add("  control   " + control());
    if (config.redis() != null) {
      lines.add("  limits    shared in Redis at " + config.redis());
    }
    Optional.ofNullable(config.recordings()).ifPresent(this::recordings);
    Optional.ofNullable(config.entra()).ifPresent(this::entra);
    config.resources().forEach(this::resource);
    deployments(config.resources().getFirst()).findFirst().ifPresent(this::example);
    return lines.toString();
  }

  private void example(DeploymentStatus deployment) {
    lines.add("");
    lines.add("Try it:");
    lines.add("  " + curl(deployment));
  }

  private void tls(URI secure) {
    Tls tls = Objects.requireNonNull(config.tls());
    lines.add("  with TLS  " + secure);
    lines.add("  trust     " + new AuthorityFolder(tls.folder()).certificate());
  }

  private void recordings(RecordingsConfig recordings) {
    lines.add(
        switch (recordings.mode()) {
          case OFF -> "  recordings in " + recordings.folder() + ", not used at the moment";
          case RECORD ->
              "  records   what %s answers, into %s"
                  .formatted(
                      Objects.requireNonNull(recordings.upstream()).endpoint(),
                      recordings.folder());
          case REPLAY ->
              "  replays   %d recordings of %s"
                  .formatted(
                      emulator.control().recordings().recordings().size(), recordings.folder());
        });
    Set<String> unknown = unknownDeployments();
    if (!unknown.isEmpty()) {
      lines.add(
          "            no resource has the recorded deployment " + String.join(", ", unknown));
    }
  }

  /** Those that recordings were made of, and that nobody can call here. */
  private Set<String> unknownDeployments() {
    Set<String> known =
        resources.stream()
            .flatMap(one -> one.deployments().stream())
            .map(DeploymentStatus::name)
            .collect(Collectors.toSet());
    return emulator.control().recordings().recordings().stream()
        .flatMap(one -> AzureRoute.parse(one.path()).stream())
        .flatMap(route ->
            route instanceof AzureRoute.Dated dated
                ? Stream.of(dated.deployment())
                : Stream.empty())
        .filter(name -> !known.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What makes Azure's own libraries get their tokens here. */
  private void entra(EntraConfig entra) {
    String mode = entra.mode().name().toLowerCase(Locale.ROOT);
    lines.add("  entra     %s, tokens from %s/{tenant}/oauth2/v2.0/token".formatted(mode, uri));
    lines.add(
        "  keyless   export IDENTITY_ENDPOINT=%s IDENTITY_HEADER=%s"
            .formatted(uri + IdentityPlane.APP_SERVICE, entra.identityHeader()));
    lines.add("            or export AZURE_POD_IDENTITY_AUTHORITY_HOST=" + uri);
  }

  private void resource(ResourceConfig started) {
    Resource resource = started.resource();
    lines.add("");
    lines.add(
        "  resource  %s (%s, %s)".formatted(resource.name(), resource.kind(), resource.region()));
    if (config.resources().size() > 1) {
      lines.add("  url       " + url(resource));
    }
    lines.add(
        "  api-key   "
            + (resource.access().localAuth()
                ? String.join(" or ", resource.keys())
                : "none: local-auth is false"));
    if (started.deployments().isEmpty()) {
      lines.add(
          "  no deployment yet; PUT one to %s/emulator/resources/%s/deployments/{name}"
              .formatted(uri, resource.name()));
      return;
    }
    lines.add("  %-16s %-22s %16s  %s".formatted("deployment", "model", "tokens", "requests"));
    deployments(started).forEach(deployment -> lines.add(row(deployment)));
  }

  /** A port of its own, or else the prefix, which always works; and what its hosts begin with. */
  private String url(Resource resource) {
    String url = emulator.uri(resource.name()).map(URI::toString).orElse(uri + resource.prefix());
    String hosts = resource.hosts().isEmpty() ? "" : ", " + String.join(", ", resource.hosts());
    return url + ", Host " + resource.name() + ".*" + hosts;
  }

  /** As they stand, in the order of the configuration. */
  private Stream<DeploymentStatus> deployments(ResourceConfig started) {
    Map<String, DeploymentStatus> byName =
        resources.stream()
            .filter(one -> one.name().equals(started.resource().name()))
            .flatMap(one -> one.deployments().stream())
            .collect(Collectors.toMap(DeploymentStatus::name, one -> one));
    return started.deployments().stream()
        .flatMap(spec -> Stream.ofNullable(byName.get(spec.name())));
  }

  private String control() {
    if (config.adminKey() != null) {
      return uri + "/emulator/ with the header x-admin-key";
    }
    return config.isLoopbackOnly()
        ? uri + "/emulator/"
        : "closed: not on loopback and no admin-key is set (--admin-key, SPILLWAY_ADMIN_KEY)";
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
    return "curl '%s%s?api-version=2024-10-21' -H %s -H 'Content-Type: application/json' -d '{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'"
        .formatted(uri, deployment.path(), credentials(config.firstResource()));
  }

  private String credentials(Resource resource) {
    return resource.access().localAuth()
        ? "'api-key: " + resource.keys().getFirst().replace("'", "'\\''") + "'"
        : "\"Authorization: Bearer $(curl -s '%s?api-version=2019-08-01&resource=https://cognitiveservices.azure.com' -H 'X-IDENTITY-HEADER: %s' | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\""
            .formatted(uri + IdentityPlane.APP_SERVICE, config.entraOrDefaults().identityHeader());
  }
}
