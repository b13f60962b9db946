package dev.spillway.emulator.dataplane;

import dev.spillway.control.ControlRoutes;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.fault.Facts;
import dev.spillway.emulator.fault.FaultPlan;
import dev.spillway.emulator.fault.Faults;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.wire.Operation;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells what goes wrong with a request.
 *
 * @param byHeader whether a request may ask for faults itself
 */
public record Misfortunes(Faults faults, boolean byHeader) {

  FaultPlan of(
      Context ctx,
      @Nullable Resource resource,
      @Nullable String caller,
      @Nullable Operation operation,
      byte[] body,
      CallSeed seed) {
    Facts facts =
        new Facts(
            resource == null ? null : resource.name(),
            resource == null ? null : resource.region(),
            operation == null ? null : operation.path(),
            caller,
            ctx::header,
            () -> new String(body, StandardCharsets.UTF_8),
            fault -> seed.random("fault " + fault).nextDouble());
    return faults.of(facts, byHeader ? ctx.header(ControlRoutes.FAULT) : null);
  }
}
