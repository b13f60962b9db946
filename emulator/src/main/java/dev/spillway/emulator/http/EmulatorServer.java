package dev.spillway.emulator.http;

import dev.spillway.emulator.arm.ArmApi;
import dev.spillway.emulator.controlplane.ControlApi;
import dev.spillway.emulator.dataplane.DataPlane;
import dev.spillway.emulator.identityplane.IdentityPlane;
import dev.spillway.wire.ErrorEnvelope;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin with all planes on it; every error, even of the HTTP itself, is JSON. */
public final class EmulatorServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmulatorServer.class);
  private static final long STOP_TIMEOUT_MILLIS = 1_000;

  private final Javalin javalin;
  private final Map<Door, AbstractNetworkConnector> listening;

  private EmulatorServer(Javalin javalin, Map<Door, AbstractNetworkConnector> listening) {
    this.javalin = javalin;
    this.listening = listening;
  }

  /**
   * Starts to listen.
   *
   * @throws ListenException when an address cannot be used
   */
  public static EmulatorServer start(
      List<Door> doors,
      Connectors connectors,
      ControlApi controlPlane,
      ArmApi resourceManager,
      IdentityPlane identityPlane,
      DataPlane dataPlane) {
    Map<Door, AbstractNetworkConnector> listening = new LinkedHashMap<>();
    Javalin javalin =
        Javalin.create(config -> {
          plain(config);
          doors.forEach(door ->
              config.jetty.addConnector((server, http) -> {
                AbstractNetworkConnector connector = door.open(connectors, server, http);
                listening.put(door, connector);
                return connector;
              }));
          resourceManager.addTo(config.routes);
          controlPlane.addTo(config.routes);
          identityPlane.addTo(config.routes);
          dataPlane.addTo(config.routes);
          config.routes.exception(Exception.class, EmulatorServer::failed);
        });
    try {
      return new EmulatorServer(javalin.start(), listening);
    } catch (RuntimeException e) {
      listening.values().forEach(AbstractNetworkConnector::close);
      javalin.stop();
      throw ListenException.because(e);
    }
  }

  /** The port that a door listens on, or did before it was closed. */
  public int port(Door door) {
    AbstractNetworkConnector connector = connector(door);
    int port = connector.getLocalPort();
    return port > 0 ? port : connector.getPort();
  }

  private AbstractNetworkConnector connector(Door door) {
    return Objects.requireNonNull(listening.get(door));
  }

  /** Opens a door, or closes it, cuts who came in by it, and refuses all others. */
  public void listen(Door door, boolean open) {
    AbstractNetworkConnector connector = connector(door);
    try {
      if (open && !connector.isRunning()) {
        connector.start();
      } else if (!open && connector.isRunning()) {
        connector.setPort(connector.getLocalPort());
        connector.stop();
      }
    } catch (Exception e) {
      LOG.error("{} cannot be {}", door.address(), open ? "opened again" : "closed", e);
    }
  }

  /** Stops, and cuts what clients keep open: an idle connection with TLS does not end by itself. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      LOG.debug("connections were still open", e);
    }
  }

  /** Virtual threads, and none of the extras that would change what goes on the wire. */
  private static void plain(JavalinConfig config) {
    config.concurrency.useVirtualThreads = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    // MSAL asks the IMDS of AZURE_POD_IDENTITY_AUTHORITY_HOST for //metadata/...
    config.router.treatMultipleSlashesAsSingleSlash = true;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendDateHeader(false);
      http.setHeaderCacheSize(0); // it would take tens of kilobytes of each connection
    });
    config.jetty.modifyServer(server -> {
      server.setHandler(new GracefulHandler()); // Javalin's own wraps every write of every answer
      server.setStopTimeout(STOP_TIMEOUT_MILLIS);
      server.setErrorHandler(EmulatorServer::badHttp);
    });
  }

  private static void failed(Exception failure, Context ctx) {
    if (isGone(failure)) {
      LOG.debug("the caller left before the end of its answer");
      return;
    }
    LOG.error("{} {} failed", ctx.req().getMethod(), ctx.path(), failure);
    ErrorEnvelope error =
        new ErrorEnvelope("InternalServerError", "The emulator failed; its log says why.");
    if (!ctx.res().isCommitted()) {
      ctx.status(500).contentType("application/json").result(error.toJson());
    }
  }

  private static boolean isGone(@Nullable Throwable failure) {
    return failure instanceof EofException
        || (failure instanceof IOException && failure.getCause() instanceof EofException);
  }

  /** What Jetty refuses before anybody else sees it: broken HTTP, headers too large. */
  private static boolean badHttp(Request request, Response response, Callback callback) {
    int status = response.getStatus() == 0 ? 400 : response.getStatus();
    ErrorEnvelope error =
        new ErrorEnvelope(Integer.toString(status), "The HTTP request cannot be read.");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    byte[] body = error.toJson().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
