package dev.spillway.emulator.stub;

import java.util.Optional;

/** One thing that a stub asks of requests. */
@FunctionalInterface
interface Clause {

  /** Why a request does not fit; nothing when it does. */
  Optional<String> misfit(Asked asked);
}
