package dev.spillway.control;

import dev.spillway.control.stub.StubControl;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** Steers the stubs of an emulator in another process. */
final class HttpStubControl implements StubControl {

  private static final TypeReference<StubStatus> STUB = new TypeReference<>() {};
  private static final TypeReference<List<StubStatus>> STUB_LIST = new TypeReference<>() {};
  private static final TypeReference<List<UnmatchedRequest>> UNMATCHED_LIST =
      new TypeReference<>() {};

  private final ControlClient client;

  HttpStubControl(ControlClient client) {
    this.client = client;
  }

  @Override
  public List<StubStatus> all() {
    return client.get(ControlRoutes.STUBS, STUB_LIST);
  }

  @Override
  public StubStatus find(String name) {
    return client.get(path(name), STUB);
  }

  @Override
  public StubStatus put(StubSpec stub) {
    String name = stub.name();
    return name == null
        ? client.send("POST", ControlRoutes.STUBS, stub, STUB)
        : client.send("PUT", path(name), stub, STUB);
  }

  @Override
  public void delete(String name) {
    client.send("DELETE", path(name));
  }

  @Override
  public void clear() {
    client.send("DELETE", ControlRoutes.STUBS);
  }

  @Override
  public void resetCounts() {
    client.send("POST", ControlRoutes.STUBS + "/reset");
  }

  @Override
  public List<UnmatchedRequest> unmatched() {
    return client.get(ControlRoutes.UNMATCHED, UNMATCHED_LIST);
  }

  @Override
  public void clearUnmatched() {
    client.send("DELETE", ControlRoutes.UNMATCHED);
  }

  private static String path(String name) {
    return ControlRoutes.STUBS + "/" + ControlClient.encode(name);
  }
}
