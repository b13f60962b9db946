package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.Call;
import io.javalin.http.Context;

/**
 * A request as it came, before anybody has looked at its body.
 *
 * @param knock whether it may come in
 * @param path asked of the resource, still escaped, without the prefix that names the resource
 * @param body its bytes, or the first of them when they are too many
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Arrival(
    Context ctx, Knock knock, String path, byte[] body, Exchange exchange, Call.Origin origin) {}
