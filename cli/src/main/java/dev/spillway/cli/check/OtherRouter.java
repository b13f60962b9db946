package dev.spillway.cli.check;

import dev.spillway.scenarios.stage.Setup;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Any router at an address: one that runs, or one that a command starts for each scenario. */
public final class OtherRouter implements Routers {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final URI address;
  private final @Nullable String command;
  private final Duration start;

  /**
   * A router.
   *
   * @param address where it listens
   * @param command what starts it, as a shell reads it; null where it runs already
   * @param start how long it may take until it listens
   */
  public OtherRouter(URI address, @Nullable String command, Duration start) {
    this.address = address;
    this.command = command;
    this.start = start;
  }

  @Override
  public RunningRouter ready(Setup setup, TimeSource time)
      throws StageException, InterruptedException {
    if (command == null) {
      if (!listens()) {
        throw new StageException("no router answers at " + address);
      }
      return new Running(base(), null);
    }
    if (listens()) {
      throw new StageException(
          address + " is taken, so that '" + command + "' could not be told from what is there");
    }
    Process process = started(command);
    RunningRouter running = new Running(base(), process);
    try {
      awaitListening(command, process, time);
    } catch (StageException | InterruptedException e) {
      running.close();
      throw e;
    }
    return running;
  }

  private void awaitListening(String command, Process process, TimeSource time)
      throws StageException, InterruptedException {
    long until = time.nanoTime() + start.toNanos();
    while (!listens()) {
      if (!process.isAlive()) {
        throw new StageException(
            "'%s' has ended with %d before it listened at %s"
                .formatted(command, process.exitValue(), address));
      }
      if (time.nanoTime() > until) {
        throw new StageException(
            "'%s' does not listen at %s after %d s".formatted(command, address, start.toSeconds()));
      }
      time.sleep(BETWEEN_LOOKS);
    }
  }

  private static Process started(String command) throws StageException {
    try {
      return new ProcessBuilder("sh", "-c", command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new StageException("'" + command + "' cannot be started: " + e.getMessage(), e);
    }
  }

  private boolean listens() {
    int port = address.getPort() >= 0 ? address.getPort() : defaultPort();
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), port), (int) CONNECT_TIMEOUT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int defaultPort() {
    return "https".equals(address.getScheme()) ? 443 : 80;
  }

  private String base() {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private record Running(String address, @Nullable Process process) implements RunningRouter {

    private static final long GRACE_SECONDS = 5;

    /** What a shell has started ends with it. */
    @Override
    public void close() {
      if (process == null) {
        return;
      }
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      try {
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
