package dev.spillway.emulator.dataplane;

import dev.spillway.wire.AzureRoute;
import java.io.IOException;

/** Something that is asked of a resource itself, not of one of its deployments. */
interface ResourceOperation {

  /** Whether this is the one that is asked for. */
  boolean takes(String method, AzureRoute route);

  void answer(Arrival arrival, AzureRoute route) throws IOException;
}
