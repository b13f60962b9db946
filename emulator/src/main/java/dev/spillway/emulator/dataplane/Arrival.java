package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.Call;
import dev.spillway.wire.AzureRoute;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * A request as it came, before anybody has looked at its body.
 *
 * @param knock whether it may come in
 * @param route asked of the resource, without the prefix that names it; none for another path
 * @param body its bytes, or the first of them when they are too many
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arrival(
    Context ctx,
    Knock knock,
    Optional<AzureRoute> route,
    byte[] body,
    Exchange exchange,
    Call.Origin origin) {}
