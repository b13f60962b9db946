package dev.spillway.emulator.stored;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response as it is kept.
 *
 * @param input the items that it was made from, those of the responses before it too
 * @param own how many of them, at the end, came with its own request
 * @param finished what it is in the end
 * @param events what its stream was, one after the other; none unless it can be read again
 * @param progress how far it is, where it was left to itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredResponse(
    String id,
    Instant created,
    List<ObjectNode> input,
    int own,
    ObjectNode finished,
    List<byte[]> events,
    Progress progress) {

  public StoredResponse {
    input = List.copyOf(input);
    events = List.copyOf(events);
  }

  /** As whoever looks at it now sees it. */
  public ObjectNode look(Instant now) {
    return progress.look(now).shown(finished);
  }

  /** As it is after an attempt to cancel it; what is over stays as it is. */
  public ObjectNode cancel(Instant now) {
    return progress.cancel(now).shown(finished);
  }

  /** Everything that was said up to its end. */
  public List<ObjectNode> conversation() {
    List<ObjectNode> all = new ArrayList<>(input);
    all.addAll(output());
    return all;
  }

  /** What its request brought, and what it answered. */
  List<ObjectNode> ownItems() {
    List<ObjectNode> items = new ArrayList<>(input.subList(input.size() - own, input.size()));
    items.addAll(output());
    return items;
  }

  private List<ObjectNode> output() {
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : finished.path("output")) {
      items.add((ObjectNode) item);
    }
    return items;
  }
}
