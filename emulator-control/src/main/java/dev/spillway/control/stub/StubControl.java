package dev.spillway.control.stub;

import java.util.List;

/** Steers the stubs of an emulator. Refusals are {@code ControlException}s. */
public interface StubControl {

  /** In the order in which they are asked. */
  List<StubStatus> all();

  StubStatus find(String name);

  /**
   * Sets a stub, in the place of one of the same name or after those that are there; one without a
   * name gets one.
   */
  StubStatus put(StubSpec stub);

  void delete(String name);

  /** Deletes all of them, also those of the configuration. */
  void clear();

  /** Starts counting calls anew. */
  void resetCounts();

  /** The latest requests that no stub fit where stubs were asked, oldest first. */
  List<UnmatchedRequest> unmatched();

  void clearUnmatched();
}
