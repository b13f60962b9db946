package dev.spillway.router;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A backend that writes whatever bytes it is told, and then does what no HTTP server would. */
final class RawBackend implements AutoCloseable {

  /** What is done with a connection once its request has been read. */
  interface Script {
    void play(OutputStream out, Socket socket) throws Exception;
  }

  private final ServerSocket server;
  private final Script script;

  private RawBackend(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  static RawBackend start(Script script) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      RawBackend backend = new RawBackend(server, script);
      Thread unused = Thread.ofVirtual().start(backend::accept);
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawBackend writing(String text) {
    return start((out, socket) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread unused = Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      script.play(socket.getOutputStream(), socket);
      socket.getOutputStream().flush();
    } catch (Exception e) {
      // the router has gone, or the script broke the connection: both are part of the test
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
