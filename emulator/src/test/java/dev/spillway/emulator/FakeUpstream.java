package dev.spillway.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** An endpoint that says what it is told to, when it is told to, byte for byte. */
final class FakeUpstream implements AutoCloseable {

  private static final String CLOSE = "";

  private final ServerSocket server;
  private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeUpstream() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread unused = Thread.ofVirtual().start(this::serve);
  }

  String uri() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Says the next bytes. */
  void says(String bytes) {
    parts.add(bytes);
  }

  /** Closes the connection. */
  void hangsUp() {
    parts.add(CLOSE);
  }

  /** Answers the next request with this. */
  void answers(String status, String headers, String body) {
    says(
        "HTTP/1.1 "
            + status
            + "\r\n"
            + headers.replace("\n", "\r\n")
            + "\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\nConnection: close\r\n\r\n"
            + body);
    hangsUp();
  }

  void answersJson(String body) {
    answers("200 OK", "Content-Type: application/json", body);
  }

  /** What it was sent: head and body of each request. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        requests.add(request(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        for (String part = parts.take(); !part.equals(CLOSE); part = parts.take()) {
          out.write(part.getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      } catch (IOException | InterruptedException e) {
        return;
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.read());
    }
    int length =
        text.toString()
            .lines()
            .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
