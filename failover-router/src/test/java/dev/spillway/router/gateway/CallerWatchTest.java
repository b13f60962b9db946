package dev.spillway.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerWatchTest {

  private final ScheduledExecutorScheduler timer = new ScheduledExecutorScheduler();
  private final CallerWatch watch = new CallerWatch();
  private ServerSocketChannel server;

  @BeforeEach
  void start() throws Exception {
    timer.start();
    watch.start();
    server =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    server.close();
    timer.stop();
  }

  @Test
  void oneConnectionThatCannotBeWatchedKeepsNobodyFromBeingWatched() throws Exception {
    try (SocketChannel caller = SocketChannel.open(server.getLocalAddress());
        SocketChannel blocking = server.accept();
        Callers.Served unwatchable = watch.serve(connection(blocking))) {
      assertThat(isInterruptedWhenItsCallerLeaves()).isTrue();
      caller.shutdownOutput();
      assertThat(unwatchable.hasLeft()).isFalse();
      assertThat(isInterruptedWhenItsCallerLeaves()).isTrue();
    }
  }

  private boolean isInterruptedWhenItsCallerLeaves() throws Exception {
    CountDownLatch serving = new CountDownLatch(1);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        SocketChannel caller = SocketChannel.open(server.getLocalAddress());
        SocketChannel accepted = server.accept()) {
      accepted.configureBlocking(false);
      Future<Boolean> left =
          workers.submit(() -> {
            try (Callers.Served served = watch.serve(connection(accepted))) {
              serving.countDown();
              return waits() && served.hasLeft();
            }
          });
      serving.await();
      caller.shutdownOutput();
      return left.get(10, TimeUnit.SECONDS);
    }
  }

  /** True when it is interrupted. */
  private static boolean waits() {
    try {
      return new CountDownLatch(1).await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @SuppressWarnings("NullAway") // nobody selects here
  private ReadAhead connection(SocketChannel channel) {
    return new ReadAhead(channel, null, null, timer, Runnable::run);
  }
}
