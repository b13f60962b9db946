package dev.spillway.cli.check;

import java.util.List;

/** A router that stands before an emulator, whoever has started it. */
interface RunningRouter extends AutoCloseable {

  /** Without a slash at its end. */
  String address();

  /** What it says about itself, one JSON text for each request. */
  default List<String> traces() {
    return List.of();
  }

  /** Ends it, where it was started for this scenario. */
  @Override
  void close();
}
