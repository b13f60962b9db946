package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackendTransportTest {

  private final Hesitant transport = new Hesitant();
  private final HttpClient client = new HttpClient(transport);
  private HttpServer backend;

  @BeforeEach
  void start() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    backend.start();
    client.setSocketAddressResolver(new SocketAddressResolver.Sync());
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    backend.stop(0);
  }

  @Test
  void oneConnectionThatFailsFailsOneRequest() throws Exception {
    CompletableFuture<Integer> first = ask();
    CompletableFuture<Integer> second = ask();
    CompletableFuture<Integer> third = ask();

    transport.refuseOne();

    assertThat(first).isCompletedExceptionally();
    assertThatThrownBy(first::join).hasRootCauseInstanceOf(ConnectException.class);
    assertThat(second).isNotDone();
    assertThat(third).isNotDone();

    transport.connectAll();
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(204);
    assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo(204);
  }

  @Test
  void everyRequestFailsWhenEveryConnectionDoes() {
    CompletableFuture<Integer> first = ask();
    CompletableFuture<Integer> second = ask();

    transport.refuseOne();
    transport.refuseOne();

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThat(transport.asked).isEmpty();
  }

  private CompletableFuture<Integer> ask() {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    client
        .newRequest("http://127.0.0.1:" + backend.getAddress().getPort() + "/")
        .send(result -> {
          if (result.isSucceeded()) {
            status.complete(result.getResponse().getStatus());
          } else {
            status.completeExceptionally(result.getFailure());
          }
        });
    return status;
  }

  /** Connects, or not, when it is told to. */
  private static final class Hesitant extends BackendTransport {

    private record Asked(SocketAddress address, Map<String, Object> context) {}

    private final Queue<Asked> asked = new ArrayDeque<>();

    Hesitant() {
      super(new ClientConnector());
    }

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
      asked.add(new Asked(address, context));
    }

    @SuppressWarnings("unchecked") // Jetty's own way to hand it on
    void refuseOne() {
      Object promise = asked.remove().context().get(Connection.PROMISE_CONTEXT_KEY);
      ((Promise<Connection>) Objects.requireNonNull(promise))
          .failed(new ConnectException("refused"));
    }

    void connectAll() {
      while (!asked.isEmpty()) {
        Asked one = asked.remove();
        super.connect(one.address(), one.context());
      }
    }
  }
}
