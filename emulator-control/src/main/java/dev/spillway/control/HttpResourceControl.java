package dev.spillway.control;

import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Steers one resource of an emulator in another process. */
final class HttpResourceControl implements ResourceControl {

  private static final TypeReference<DeploymentStatus> DEPLOYMENT = new TypeReference<>() {};
  private static final TypeReference<List<DeploymentStatus>> DEPLOYMENT_LIST =
      new TypeReference<>() {};
  private static final TypeReference<List<ErrorSwitch>> ERROR_LIST = new TypeReference<>() {};

  private final ControlClient client;
  private final String deployments;

  private HttpResourceControl(ControlClient client, String deployments) {
    this.client = client;
    this.deployments = deployments;
  }

  static HttpResourceControl first(ControlClient client) {
    return new HttpResourceControl(client, ControlRoutes.DEPLOYMENTS);
  }

  static HttpResourceControl named(ControlClient client, String name) {
    return new HttpResourceControl(
        client, ControlRoutes.RESOURCES + "/" + ControlClient.encode(name) + "/deployments");
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

  private String path(String name) {
    return deployments + "/" + ControlClient.encode(name);
  }
}
