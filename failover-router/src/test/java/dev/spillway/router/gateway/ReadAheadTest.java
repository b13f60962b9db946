package dev.spillway.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read ahead stays in its place among all that is read. */
class ReadAheadTest {

  private final ScheduledExecutorScheduler timer = new ScheduledExecutorScheduler();
  private SocketChannel caller;
  private ReadAhead connection;

  @BeforeEach
  @SuppressWarnings("NullAway") // nobody selects here
  void connect() throws Exception {
    timer.start();
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      caller = SocketChannel.open(server.getLocalAddress());
      SocketChannel accepted = server.accept();
      accepted.configureBlocking(false);
      connection = new ReadAhead(accepted, null, null, timer, Runnable::run);
    }
  }

  @AfterEach
  void disconnect() throws Exception {
    caller.close();
    connection.getChannel().close();
    timer.stop();
  }

  private ReadAhead.Sight look() {
    return connection.look(ByteBuffer.allocate(5));
  }

  private void says(String text) throws IOException {
    int unused = caller.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Reads until so many characters have come, as the server does: into one buffer that it drains.
   */
  private String heard(int characters, ByteBuffer buffer) throws IOException {
    StringBuilder heard = new StringBuilder();
    while (heard.length() < characters) {
      int count = connection.fill(buffer);
      assertThat(count).isNotNegative();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      heard.append(new String(bytes, StandardCharsets.US_ASCII));
    }
    return heard.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 8, 64})
  void comesBeforeWhatWasSentLater(int bufferSize) throws IOException {
    says("abcdefgh");
    assertThat(look()).isEqualTo(ReadAhead.Sight.OPEN);
    says("ijkl");

    assertThat(heard(12, BufferUtil.allocate(bufferSize))).isEqualTo("abcdefghijkl");
  }

  @Test
  void comesAfterWhatTheServerHasAlready() throws IOException {
    ByteBuffer buffer = BufferUtil.allocate(8);
    says("ab");
    assertThat(connection.fill(buffer)).isEqualTo(2);
    says("cdefgh");
    assertThat(look()).isEqualTo(ReadAhead.Sight.OPEN);
    says("ij");

    assertThat(heard(10, buffer)).isEqualTo("abcdefghij");
  }

  @Test
  void aFullBufferTakesNothingAndLosesNothing() throws IOException {
    ByteBuffer buffer = BufferUtil.allocate(4);
    says("abcd");
    assertThat(connection.fill(buffer)).isEqualTo(4);
    says("efgh");
    assertThat(look()).isEqualTo(ReadAhead.Sight.OPEN);

    assertThat(connection.fill(buffer)).isZero();
    assertThat(heard(8, buffer)).isEqualTo("abcdefgh");
  }

  @Test
  void nobodyElseIsTakenForOneWhoHasLeft() throws IOException {
    assertThat(look()).isEqualTo(ReadAhead.Sight.OPEN);
    caller.close();

    assertThat(look()).isEqualTo(ReadAhead.Sight.CLOSED);
  }

  /** Whoever sends very much more is not read any further, and loses nothing. */
  @Test
  void readsSixteenKibibytesAheadAtMost() throws IOException {
    String much = "0123456789abcdef".repeat(1_024) + "more";
    says(much);
    await().until(() -> look() == ReadAhead.Sight.FULL);

    assertThat(heard(much.length(), BufferUtil.allocate(1_000))).isEqualTo(much);
  }
}
