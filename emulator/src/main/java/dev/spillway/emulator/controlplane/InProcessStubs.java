package dev.spillway.emulator.controlplane;

import dev.spillway.control.ControlException;
import dev.spillway.control.stub.StubControl;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest;
import dev.spillway.emulator.stub.Stubs;
import dev.spillway.emulator.stub.UnmatchedRequests;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Steers what is answered to which requests. */
public final class InProcessStubs implements StubControl {

  private final Stubs stubs;
  private final UnmatchedRequests unmatched;
  private volatile List<StubSpec> configured;

  /**
   * @param configured what {@link #reset()} goes back to
   */
  public InProcessStubs(List<StubSpec> configured, Stubs stubs, UnmatchedRequests unmatched) {
    this.stubs = stubs;
    this.unmatched = unmatched;
    this.configured = configured;
    configured.forEach(stubs::put);
  }

  @Override
  public List<StubStatus> all() {
    return stubs.all();
  }

  @Override
  public StubStatus find(String name) {
    return stubs.find(name).orElseThrow(() -> ControlException.noStub(name));
  }

  @Override
  public StubStatus put(StubSpec stub) {
    return ControlBodies.valid(() -> stubs.put(stub));
  }

  @Override
  public void delete(String name) {
    if (!stubs.delete(name)) {
      throw ControlException.noStub(name);
    }
  }

  @Override
  public void clear() {
    stubs.clear();
  }

  @Override
  public void resetCounts() {
    stubs.resetCounts();
  }

  @Override
  public List<UnmatchedRequest> unmatched() {
    return unmatched.all();
  }

  @Override
  public void clearUnmatched() {
    unmatched.clear();
  }

  /** Sets what a new configuration changed, and leaves alone what it did not. */
  void follow(List<StubSpec> now) {
    Set<String> names = now.stream().map(InProcessStubs::name).collect(Collectors.toSet());
    configured.stream()
        .map(InProcessStubs::name)
        .filter(name -> !names.contains(name))
        .forEach(stubs::delete);
    now.stream().filter(stub -> !configured.contains(stub)).forEach(stubs::put);
    configured = now;
  }

  void reset() {
    stubs.clear();
    configured.forEach(stubs::put);
    unmatched.clear();
  }

  private static String name(StubSpec stub) {
    return Objects.requireNonNull(stub.name());
  }
}
