package dev.spillway.scenarios.play;

import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.Exchange.End;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one call and writes down what its caller sees of the answer. */
final class Recorder {

  /** So much of a body is kept; evidence needs no more. */
  private static final int MOST_KEPT = 64 * 1024;

  private final Stage stage;
  private final long beginning;
  private final String id;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Duration sent;
  private @Nullable Duration answered;
  private @Nullable Duration firstContent;
  private int status;
  private List<Header> headers = List.of();
  private long bytes;

  private Recorder(Stage stage, long beginning, String id) {
    this.stage = stage;
    this.beginning = beginning;
    this.id = id;
    this.sent = now();
  }

  /**
   * Sends it.
   *
   * @param beginning of the scenario, by the stage's {@code nanoTime}
   */
  static Exchange send(Stage stage, long beginning, String id, HttpCall call)
      throws InterruptedException {
    return new Recorder(stage, beginning, id).exchange(call);
  }

  private Exchange exchange(HttpCall call) throws InterruptedException {
    try (Reply reply = stage.send(call)) {
      answered = now();
      status = reply.status();
      headers = reply.headers();
      boolean isStream =
          Header.first(headers, "content-type").orElse("").startsWith("text/event-stream");
      return isStream ? stream(reply.body()) : whole(reply.body());
    } catch (CallerLeftException e) {
      return ended(End.LEFT, e);
    } catch (IOException e) {
      return ended(End.NO_ANSWER, e);
    }
  }

  private Exchange whole(InputStream body) throws CallerLeftException {
    try {
      byte[] buffer = new byte[8192];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        keep(buffer, read);
      }
      if (status < 300) {
        firstContent = now();
      }
      return ended(End.COMPLETE, null);
    } catch (CallerLeftException e) {
      throw e;
    } catch (IOException e) {
      return ended(End.CUT, e);
    }
  }

  private Exchange stream(InputStream body) throws CallerLeftException {
    StreamWatch watch = new StreamWatch();
    try {
      byte[] buffer = new byte[8192];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        keep(buffer, read);
        if (watch.feed(buffer, read)) {
          firstContent = now();
        }
      }
      return ended(end(watch, End.UNFINISHED), null);
    } catch (CallerLeftException e) {
      throw e;
    } catch (IOException e) {
      return ended(end(watch, End.CUT), e);
    }
  }

  private static End end(StreamWatch watch, End otherwise) {
    if (watch.isClosed()) {
      return End.COMPLETE;
    }
    return watch.isError() ? End.ERROR_EVENT : otherwise;
  }

  private void keep(byte[] buffer, int length) {
    bytes += length;
    kept.write(buffer, 0, Math.min(length, MOST_KEPT - kept.size()));
  }

  private Exchange ended(End end, @Nullable IOException problem) {
    return new Exchange(
        id,
        sent,
        answered,
        firstContent,
        now(),
        status,
        headers,
        bytes,
        kept.toString(StandardCharsets.UTF_8),
        end,
        problem == null ? null : String.valueOf(problem.getMessage()));
  }

  private Duration now() {
    return Duration.ofNanos(stage.time().nanoTime() - beginning);
  }
}
