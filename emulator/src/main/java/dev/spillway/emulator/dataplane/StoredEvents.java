package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.stored.StoredResponse;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream that was read before, from any of its events on. */
final class StoredEvents {

  private StoredEvents() {}

  static Reply reply(
      Arrival arrival, HeaderList headers, WireProfile wire, StoredResponse response) {
    List<byte[]> events = response.events();
    int from = Math.min(after(arrival.ctx().queryParam("starting_after")), events.size());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    events.subList(from, events.size()).forEach(body::writeBytes);
    return new Reply(200, null, headers, wire.eventStream(), true, body.toByteArray());
  }

  /** The number of the first event that is wanted; the first of all for what is no number. */
  private static int after(@Nullable String sequenceNumber) {
    return sequenceNumber != null && sequenceNumber.matches("\\d{1,8}")
        ? Integer.parseInt(sequenceNumber) + 1
        : 0;
  }
}
