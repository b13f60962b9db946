package dev.spillway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events in a stream that arrives in pieces of any size; the same bytes give the same
 * events however they are cut.
 *
 * <p>Reads line feeds, carriage returns and both together as line ends, passes over comments and
 * unknown fields, and drops an event that the stream's end has cut off, as the HTML standard asks.
 */
public final class ServerSentEventReader {

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private @Nullable String event;
  private boolean afterCarriageReturn;
  private boolean atStart = true;

  /** The events that these bytes complete. */
  public List<ServerSentEvent> feed(byte[] bytes, int offset, int length) {
    List<ServerSentEvent> complete = new ArrayList<>();
    for (int i = offset; i < offset + length; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endLine(complete);
      } else {
        line.write(b);
      }
    }
    return complete;
  }

  public List<ServerSentEvent> feed(byte[] bytes) {
    return feed(bytes, 0, bytes.length);
  }

  /** Whether part of an event has been read that no blank line has completed yet. */
  public boolean isInsideEvent() {
    return line.size() > 0 || hasData || event != null;
  }

  private void endLine(List<ServerSentEvent> complete) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (atStart) {
      atStart = false;
      text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
    if (text.isEmpty()) {
      dispatch(complete);
    } else {
      field(text);
    }
  }

  private void dispatch(List<ServerSentEvent> complete) {
    if (hasData) {
      complete.add(new ServerSentEvent(event, data.toString()));
    }
    data.setLength(0);
    hasData = false;
    event = null;
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (name) {
      case "data" -> addData(value);
      case "event" -> event = value;
      default -> {}
    }
  }

  private void addData(String value) {
    if (hasData) {
      data.append('\n');
    }
    data.append(value);
    hasData = true;
  }
}
