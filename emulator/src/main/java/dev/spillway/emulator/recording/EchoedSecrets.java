package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedAnswer.TimedEvent;
import dev.spillway.wire.ServerSentEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds secrets that a model repeats token by token, so that no event of the stream holds a whole
 * one: texts of the same place in all events are read as one.
 *
 * <p>Where one is found, the event in which it begins holds the rest of its text, and the other
 * events hold none of it.
 */
final class EchoedSecrets {

  /** A piece of a text: the object that holds it, and the member. */
  private record Piece(int event, ObjectNode holder, String member, String text) {}

  private final List<TimedEvent> events;
  private final Map<Integer, JsonNode> documents = new LinkedHashMap<>();
  private final Map<String, List<Piece>> texts = new LinkedHashMap<>();
  private final Secrets secrets;
  private boolean found;

  private EchoedSecrets(List<TimedEvent> events, Secrets secrets) {
    this.events = events;
    this.secrets = secrets;
  }

  static List<TimedEvent> removedFrom(List<TimedEvent> events, Secrets secrets) {
    EchoedSecrets echoed = new EchoedSecrets(events, secrets);
    echoed.read();
    echoed.texts.values().forEach(echoed::remove);
    return echoed.found ? echoed.written() : events;
  }

  private void read() {
    for (int i = 0; i < events.size(); i++) {
      int event = i;
      RecordedBody.json(events.get(i).event().data())
          .ifPresent(document -> {
            documents.put(event, document);
            collect(event, place(document), document);
          });
    }
  }

  /** What tells one stream of pieces from another that looks the same. */
  private static String place(JsonNode document) {
    return document.path("type").asString("")
        + document.path("output_index").asString("")
        + document.path("content_index").asString("");
  }

  private void collect(int event, String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      String here = path + "#" + object.path("index").asString("");
      object
          .properties()
          .forEach(member -> {
            String place = here + "." + member.getKey();
            if (member.getValue().isString()) {
              Piece piece =
                  new Piece(event, object, member.getKey(), member.getValue().stringValue());
              texts.computeIfAbsent(place, key -> new ArrayList<>()).add(piece);
            } else {
              collect(event, place, member.getValue());
            }
          });
    } else {
      node.forEach(element -> collect(event, path, element));
    }
  }

  private void remove(List<Piece> pieces) {
    StringBuilder joined = new StringBuilder();
    pieces.forEach(piece -> joined.append(piece.text()));
    String text = joined.toString();
    for (String secret : secrets.known()) {
      int at = text.indexOf(secret);
      if (at >= 0) {
        found = true;
        cut(pieces, text, secret);
        return;
      }
    }
  }

  /** Gives everything from the secret on to the piece that it begins in. */
  private void cut(List<Piece> pieces, String text, String secret) {
    int start = text.indexOf(secret);
    int at = 0;
    boolean begun = false;
    for (Piece piece : pieces) {
      int end = at + piece.text().length();
      if (begun) {
        piece.holder().put(piece.member(), "");
      } else if (end > start) {
        begun = true;
        piece.holder().put(piece.member(), secrets.removedFrom(text.substring(at)));
      }
      at = end;
    }
  }

  private List<TimedEvent> written() {
    List<TimedEvent> written = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      TimedEvent event = events.get(i);
      JsonNode document = documents.get(i);
      written.add(
          document == null
              ? event
              : new TimedEvent(
                  event.after(),
                  new ServerSentEvent(event.event().event(), RecordedBody.text(document))));
    }
    return written;
  }
}
