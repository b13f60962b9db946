package dev.spillway.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One exchange over a socket of its own, byte for byte as the emulator sends it. */
final class RawHttp {

  private static final int SILENT_MILLIS = 1_000;
  private static final int SILENT_WHEN_WHOLE_MILLIS = 150;

  /** Everything that came back. */
  record Answer(String statusLine, List<String> headers, String body) {

    String header(String name) {
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    /**
     * All of it as one text: the headers in the order of their names, without the {@code
     * Connection} that answers our own, and {@code {guid}} and {@code {id}} for what is made up.
     */
    String masked() {
      String head =
          headers.stream()
              .filter(line -> !line.startsWith("Connection:"))
              .sorted(String.CASE_INSENSITIVE_ORDER)
              .collect(Collectors.joining("\n"));
      return (statusLine + "\n" + head + "\n\n" + body)
          .replaceAll(
              "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "{guid}")
          .replaceAll("cmpl-[A-Za-z0-9]{29}", "cmpl-{id}")
          .replaceAll("call_[A-Za-z0-9]{24}", "call_{id}")
          .replaceAll("(resp|rs|msg|fc)_[0-9a-f]{50}", "$1_{id}");
    }

    /** The events of a stream, each without its {@code data: }. */
    List<String> events() {
      return Arrays.stream(body.split("\n\n"))
          .map(event -> event.substring("data: ".length()))
          .toList();
    }
  }

  /** How a connection was when nothing more was read from it. */
  enum End {
    /** Closed by the emulator. */
    FIN,
    /** Reset by the emulator. */
    RST,
    /** Open, and silent. */
    OPEN
  }

  /** All bytes of an answer as they came, and how the connection ended. */
  record Bytes(String text, End end) {

    /** What follows the headers; nothing where there are none. */
    String body() {
      int head = text.indexOf("\r\n\r\n");
      return head < 0 ? "" : text.substring(head + 4);
    }

    String statusLine() {
      return text.lines().findFirst().orElse("");
    }

    String header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private RawHttp() {}

  /**
   * Reads on a connection that may be kept, until it ends or is silent: for a second, or for less
   * when the answer is whole, after which little is to be expected.
   *
   * @param ends whether it will end, and is waited for
   */
  static Bytes bytes(int port, String head, String body, boolean ends) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      write(socket, head + "\nHost: localhost", body);
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      End end = read(socket, ends, read);
      return new Bytes(read.toString(StandardCharsets.UTF_8), end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static End read(Socket socket, boolean ends, ByteArrayOutputStream read)
      throws IOException {
    InputStream in = socket.getInputStream();
    socket.setSoTimeout(ends ? 20_000 : SILENT_MILLIS);
    byte[] buffer = new byte[8192];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.write(buffer, 0, count);
        if (!ends && isWhole(read.toString(StandardCharsets.ISO_8859_1))) {
          socket.setSoTimeout(SILENT_WHEN_WHOLE_MILLIS);
        }
      }
      return End.FIN;
    } catch (SocketTimeoutException e) {
      return End.OPEN;
    } catch (SocketException e) {
      return End.RST;
    }
  }

  /** Whether an answer has as many bytes as it says, or its last chunk. */
  private static boolean isWhole(String answer) {
    Bytes so = new Bytes(answer, End.OPEN);
    String length = so.header("Content-Length");
    return answer.contains("\r\n\r\n")
        && (length.isEmpty()
            ? answer.endsWith("0\r\n\r\n")
            : so.body().length() >= Integer.parseInt(length));
  }

  private static void write(Socket socket, String head, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String lines = head.strip().replace("\n", "\r\n");
    String request = lines + "\r\nContent-Length: " + content.length + "\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.write(content);
    out.flush();
  }

  static Answer send(int port, String head, String body) {
    String host = head.contains("\nHost: ") ? "" : "\nHost: localhost";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      write(socket, head.strip() + host + "\nConnection: close", body);
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> lines = Arrays.asList(text.substring(0, end).split("\r\n"));
    String body = text.substring(end + 4);
    List<String> headers = lines.subList(1, lines.size());
    boolean chunked =
        headers.stream().anyMatch(h -> h.equalsIgnoreCase("transfer-encoding: chunked"));
    byte[] content = (chunked ? unchunked(body) : body).getBytes(StandardCharsets.ISO_8859_1);
    return new Answer(lines.getFirst(), headers, new String(content, StandardCharsets.UTF_8));
  }

  /** Chunk lengths are in bytes, each of which is a character here. */
  private static String unchunked(String body) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int length = Integer.parseInt(body.substring(at, line), 16);
      if (length == 0) {
        return whole.toString();
      }
      whole.append(body, line + 2, line + 2 + length);
      at = line + 2 + length + 2;
    }
  }
}
