package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies of all sizes meet a 429 and are finished elsewhere, byte by byte the same but for the
 * model (threads 79 to 83).
 *
 * <p>{@code -Dspillway.sweep=whole} takes every power of two from 1 byte to 32 MiB, and one byte
 * more and less, in every shape; otherwise it is a choice of them. Nobody here holds a body in
 * memory: callers make them as they go, and backends keep a checksum.
 */
class BodySweepTest {

  private static final boolean WHOLE = "whole".equals(System.getProperty("spillway.sweep"));
  private static final int MIB = 1024 * 1024;
  private static final int LARGEST = 32 * MIB;
  private static final String MODEL = "gpt-35-turbo";
  private static final String FORM = "multipart/form-data; boundary=b0";

  /** What a body looks like, and how it is sent and answered. */
  private record Shape(boolean form, boolean chunked, boolean streamed) {
    static List<Shape> all() {
      List<Shape> all = new ArrayList<>();
      for (int bits = 0; bits < 8; bits++) {
        all.add(new Shape((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0));
      }
      return all;
    }

    String path(int size) {
      return size < 256
          ? "/completions"
          : form ? "/openai/v1/audio/transcriptions" : "/openai/v1/chat/completions";
    }

    /**
     * So that the caller's body is of this size; below 256 bytes it is no JSON and has no model.
     */
    Body body(int size, String model) {
      if (size < 256) {
        return new Body("", size, "");
      }
      String before =
          form
              ? "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
              : "{\"stream\":" + streamed + ",\"messages\":\"";
      String after =
          form
              ? "\r\n--b0\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--b0--\r\n"
              : "\",\"model\":\"%s\"}";
      int filling = size - before.length() - after.formatted(MODEL).length();
      return new Body(before, filling, after.formatted(model));
    }
  }

  /** A body that is made while it is read. */
  private record Body(String before, int filling, String after) {
    InputStream open() {
      return new SequenceInputStream(
          Collections.enumeration(List.of(text(before), new Filling(filling), text(after))));
    }

    Sum sum() throws IOException {
      return Sum.of(open());
    }

    private static InputStream text(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Letters and line ends, different everywhere. */
  private static final class Filling extends InputStream {
    private final int length;
    private int position;

    Filling(int length) {
      this.length = length;
    }

    @Override
    public int read() {
      if (position == length) {
        return -1;
      }
      int mixed = (position * 0x9E3779B1) >>> 24;
      position++;
      return 'A' + mixed % 26;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) {
      int count = Math.min(wanted, length - position);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = (byte) read();
      }
      return count == 0 && wanted > 0 ? -1 : count;
    }
  }

  private record Sum(long length, long checksum) {
    static Sum of(InputStream in) throws IOException {
      CRC32C checksum = new CRC32C();
      byte[] buffer = new byte[64 * 1024];
      long length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
        length += read;
      }
      return new Sum(length, checksum.getValue());
    }
  }

  private final RouterFixture fixture = new RouterFixture();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Sum> atMicro = Collections.synchronizedList(new ArrayList<>());
  private final List<Sum> atTurbo = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch go = new CountDownLatch(1);
  private HttpServer micro;
  private HttpServer turbo;
  private boolean held;
  private boolean streamed;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    micro = server();
    micro.createContext(
        "/",
        exchange -> {
          atMicro.add(Sum.of(exchange.getRequestBody()));
          answer(exchange, 429, "application/json", "{\"error\":{\"code\":\"429\"}}");
        });
    turbo = server();
    turbo.createContext("/", this::serve);
  }

  @AfterEach
  void close() {
    go.countDown();
    fixture.close();
    micro.stop(0);
    turbo.stop(0);
    threads.shutdownNow();
  }

  @Test
  void bodiesOfEverySizeAndShapeAreFinishedElsewhere() throws Exception {
    FailoverRouter router = router();
    List<Shape> shapes = Shape.all();
    int turn = 0;
    for (int size : sizes()) {
      for (Shape shape : WHOLE ? shapes : List.of(shapes.get(turn++ % shapes.size()))) {
        streamed = shape.streamed();
        HttpResponse<String> answer = send(router, shape, size);

        assertThat(answer.statusCode()).as("%d bytes, %s: %s", size, shape, answer).isEqualTo(200);
        assertThat(atMicro.getLast()).isEqualTo(shape.body(size, "micro-dep").sum());
        assertThat(atTurbo.getLast()).isEqualTo(shape.body(size, "35turbo").sum());
        assertThat(folder).isEmptyDirectory();
      }
    }
    assertThat(atMicro).hasSameSizeAs(atTurbo);
    assertThat(openFiles()).isZero();
  }

  @Test
  void aBodyAboveTheLimitIsRefusedHoweverItIsSentAndLeavesNothing() throws Exception {
    FailoverRouter router = router();
    for (Shape shape : Shape.all().subList(0, 4)) {
      HttpResponse<String> answer = send(router, shape, LARGEST + 2);

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.headers().firstValue("x-router-origin")).hasValue("router");
    }
    assertThat(atMicro).isEmpty();
    assertThat(openFiles()).isZero();
  }

  /** What is under way at the backends is not in the heap. */
  @Test
  void largeBodiesUnderWayTakeUpNoHeap() throws Exception {
    held = true;
    FailoverRouter router = router();
    long before = usedHeap();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    Shape shape = new Shape(false, true, false);
    for (int i = 0; i < 4; i++) {
      answers.add(
          fixture.client.sendAsync(request(router, shape, LARGEST), BodyHandlers.ofString()));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> atTurbo.size() == 4);
    long during = usedHeap();
    long files = openFiles();
    go.countDown();

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(files).isEqualTo(4);
    assertThat(during - before).isLessThan(2L * LARGEST);
    await().until(() -> openFiles() == 0);
  }

  private static List<Integer> sizes() {
    List<Integer> powers =
        WHOLE
            ? Stream.iterate(1, power -> power <= LARGEST, power -> 2 * power).toList()
            : List.of(1, 8, 512, 4096, 16 * 1024, 64 * 1024, MIB, 2 * MIB);
    List<Integer> sizes = new ArrayList<>();
    for (int power : powers) {
      sizes.addAll(List.of(power - 1, power, power + 1));
    }
    sizes.add(LARGEST);
    return sizes.stream().distinct().toList();
  }

  private FailoverRouter router() {
    return fixture.router(
        url(micro),
        url(turbo),
        "default-cooldown: 0s",
        "max-request-bytes: " + (LARGEST + 1),
        "temporary-folder: \"" + folder + "\"");
  }

  private HttpResponse<String> send(FailoverRouter router, Shape shape, int size) throws Exception {
    return fixture.client.send(request(router, shape, size), BodyHandlers.ofString());
  }

  private static HttpRequest request(FailoverRouter router, Shape shape, int size) {
    Supplier<InputStream> body = shape.body(size, MODEL)::open;
    BodyPublisher inChunks = BodyPublishers.ofInputStream(body);
    return HttpRequest.newBuilder(URI.create(router.uri() + shape.path(size)))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", shape.form() ? FORM : "application/json")
        .POST(
            shape.chunked() || size == 0 ? inChunks : BodyPublishers.fromPublisher(inChunks, size))
        .build();
  }

  private void serve(HttpExchange exchange) throws IOException {
    atTurbo.add(Sum.of(exchange.getRequestBody()));
    if (held) {
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    if (streamed) {
      answer(
          exchange,
          200,
          "text/event-stream",
          """
          data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}

          data: [DONE]

          """);
    } else {
      answer(exchange, 200, "application/json", "{\"id\":\"1\"}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** After the garbage is gone. */
  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** How many nameless files of the folder this process still has open. */
  private long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(descriptors));
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.filter(each -> pointsInto(each)).count();
    }
  }

  private boolean pointsInto(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith(folder.toString());
    } catch (IOException e) {
      return false;
    }
  }
}
