package dev.spillway.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Steers one resource of an emulator in another process. */
final class HttpResourceControl implements ResourceControl {

  private static final TypeReference<DeploymentStatus> DEPLOYMENT = new TypeReference<>() {};
  private static final TypeReference<List<DeploymentStatus>> DEPLOYMENT_LIST =
      new TypeReference<>() {};
  private static final TypeReference<List<ErrorSwitch>> ERROR_LIST = new TypeReference<>() {};

  private static final TypeReference<AccessStatus> ACCESS = new TypeReference<>() {};

  private final ControlClient client;
  private final String deployments;
  private final String access;

  private HttpResourceControl(ControlClient client, String deployments, String access) {
    this.client = client;
    this.deployments = deployments;
    this.access = access;
  }

  static HttpResourceControl first(ControlClient client) {
    return new HttpResourceControl(client, ControlRoutes.DEPLOYMENTS, ControlRoutes.ACCESS);
  }

  static HttpResourceControl named(ControlClient client, String name) {
    String resource = ControlRoutes.RESOURCES + "/" + ControlClient.encode(name);
    return new HttpResourceControl(client, resource + "/deployments", resource + "/access");
  }

  @Override
  public List<DeploymentStatus> deployments() {
    return client.get(deployments, DEPLOYMENT_LIST);
  }

  @Override
  public DeploymentStatus deployment(String name) {
    return client.get(path(name), DEPLOYMENT);
  }

  @Override
  public DeploymentStatus put(DeploymentSpec spec) {
    return client.send("PUT", path(spec.name()), spec, DEPLOYMENT);
  }

  @Override
  public DeploymentStatus patch(String name, DeploymentPatch patch) {
    return client.send("PATCH", path(name), patch, DEPLOYMENT);
  }

  @Override
  public DeploymentStatus reduce(String name, int percent, Duration lasting) {
    Object body = Map.of("percent", percent, "for", ControlClient.millis(lasting));
    return client.send("POST", path(name) + ControlRoutes.REDUCTION, body, DEPLOYMENT);
  }

  @Override
  public DeploymentStatus restore(String name) {
    return client.send("DELETE", path(name) + ControlRoutes.REDUCTION, null, DEPLOYMENT);
  }

  @Override
  public void delete(String name) {
    client.send("DELETE", path(name));
  }

  @Override
  public List<ErrorSwitch> errors(String name) {
    return client.get(path(name) + ControlRoutes.ERRORS, ERROR_LIST);
  }

  @Override
  public List<ErrorSwitch> fail(String name, ErrorSwitch error) {
    return client.send("POST", path(name) + ControlRoutes.ERRORS, error, ERROR_LIST);
  }

  @Override
  public AccessStatus access() {
    return client.get(access, ACCESS);
  }

  @Override
  public AccessStatus patch(AccessPatch patch) {
    return client.send("PATCH", access, patch, ACCESS);
  }

  private String path(String name) {
    return deployments + "/" + ControlClient.encode(name);
  }
}
