package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedAnswer.Chunk;
import dev.spillway.emulator.recording.RecordedAnswer.Header;
import dev.spillway.emulator.recording.RecordedAnswer.TimedEvent;
import dev.spillway.emulator.recording.RecordedBody.Part;
import dev.spillway.wire.ServerSentEvent;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes secrets and names out of an exchange before anybody keeps it.
 *
 * <p>Doing it again changes nothing, so that a request which was recorded is found by what is left
 * of it.
 */
public final class Redactor {

  private static final JsonNode REMOVED = StringNode.valueOf(Secrets.REMOVED);

  private final List<JsonPath> paths;
  private final Secrets secrets;

  /**
   * @param paths what is taken out of JSON bodies, whatever it is
   * @param secrets what is taken out wherever it stands
   */
  public Redactor(List<JsonPath> paths, Collection<String> secrets) {
    this(paths, new Secrets(secrets));
  }

  private Redactor(List<JsonPath> paths, Secrets secrets) {
    this.paths = List.copyOf(paths);
    this.secrets = secrets;
  }

  /** One that knows these secrets, too. */
  public Redactor with(Collection<String> more) {
    return new Redactor(paths, secrets.with(more));
  }

  public Recording redacted(Recording recording) {
    return new Recording(
        recording.recorded(), redacted(recording.request()), redacted(recording.answer()));
  }

  public RecordedRequest redacted(RecordedRequest request) {
    TreeMap<String, String> query = new TreeMap<>();
    request
        .query()
        .forEach((name, value) -> query.put(name, secrets.removedFromParameter(name, value)));
    String version = request.apiVersion();
    return new RecordedRequest(
        request.method(),
        text(request.path()),
        version == null ? null : text(version),
        query,
        body(request.body()));
  }

  private RecordedAnswer redacted(RecordedAnswer answer) {
    List<Header> headers =
        answer.headers().stream()
            .map(header -> new Header(header.name(), text(header.value())))
            .toList();
    RecordedAnswer.Payload payload =
        switch (answer.payload()) {
          case RecordedAnswer.Whole whole -> new RecordedAnswer.Whole(body(whole.body()));
          case RecordedAnswer.Events events -> events(events);
          case RecordedAnswer.Chunks chunks ->
              new RecordedAnswer.Chunks(chunks.chunks().stream().map(this::chunk).toList());
        };
    return new RecordedAnswer(answer.status(), answer.after(), headers, payload, answer.cut());
  }

  private RecordedAnswer.Events events(RecordedAnswer.Events events) {
    List<TimedEvent> clean = events.events().stream().map(this::event).toList();
    return new RecordedAnswer.Events(
        EchoedSecrets.removedFrom(clean, secrets), text(events.rest()));
  }

  private TimedEvent event(TimedEvent timed) {
    ServerSentEvent event = timed.event();
    return new TimedEvent(
        timed.after(), new ServerSentEvent(event.event(), document(event.data())));
  }

  private Chunk chunk(Chunk chunk) {
    return new Chunk(chunk.after(), bytes(chunk.bytes()));
  }

  private byte[] bytes(byte[] bytes) {
    return RecordedBody.utf8(bytes)
        .map(text -> text(text).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .orElseGet(() -> secrets.removedFrom(bytes));
  }

  /** A text, which may be JSON; one without secrets keeps every byte. */
  public String document(String text) {
    return RecordedBody.json(text)
        .filter(before -> !json(before).equals(before))
        .map(before -> RecordedBody.text(json(before)))
        .orElseGet(() -> text(text));
  }

  private RecordedBody body(RecordedBody body) {
    return switch (body) {
      case RecordedBody.Empty empty -> empty;
      case RecordedBody.Json json -> new RecordedBody.Json(json(json.value()));
      case RecordedBody.Text text -> new RecordedBody.Text(document(text.text()));
      case RecordedBody.Binary binary ->
          new RecordedBody.Binary(secrets.removedFrom(binary.bytes()));
      case RecordedBody.Form form ->
          new RecordedBody.Form(form.parts().stream().map(this::part).toList());
    };
  }

  private Part part(Part part) {
    String file = part.file();
    String text = part.text();
    boolean named = paths.stream().anyMatch(path -> path.text().equals("$." + part.name()));
    return new Part(
        text(part.name()),
        file == null ? null : text(file),
        text == null ? null : named ? Secrets.REMOVED : text(text),
        part.sha256());
  }

  private JsonNode json(JsonNode before) {
    JsonNode after = withoutSecrets(before);
    paths.forEach(path -> path.replace(after, value -> value.isNull() ? value : REMOVED));
    return after;
  }

  private JsonNode withoutSecrets(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode clean = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(member -> clean.set(text(member.getKey()), withoutSecrets(member.getValue())));
        yield clean;
      }
      case ArrayNode array -> {
        ArrayNode clean = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> clean.add(withoutSecrets(element)));
        yield clean;
      }
      case StringNode string -> StringNode.valueOf(text(string.stringValue()));
      default -> node;
    };
  }

  private String text(String text) {
    return secrets.removedFrom(text);
  }
}
