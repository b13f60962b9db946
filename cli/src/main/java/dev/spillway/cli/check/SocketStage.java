package dev.spillway.cli.check;

import dev.spillway.control.EmulatorControl;
import dev.spillway.emulator.Emulator;
import dev.spillway.scenarios.stage.CallerLeftException;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.PartException;
import dev.spillway.scenarios.stage.Reply;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An emulator in this process and a router somewhere, in real time, with sockets between them. */
final class SocketStage implements Stage {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Emulator emulator;
  private final RunningRouter router;
  private final TimeSource time;
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Patience patience = new Patience();

  SocketStage(Emulator emulator, RunningRouter router, TimeSource time) {
    this.emulator = emulator;
    this.router = router;
    this.time = time;
  }

  @Override
  public EmulatorControl emulator() {
    return emulator.control();
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public void play(List<Part> parts) throws InterruptedException {
    CompletionService<Part> ends = new ExecutorCompletionService<>(people);
    try {
      for (Part part : parts) {
        ends.submit(() -> {
          run(part);
          return part;
        });
      }
      for (int i = 0; i < parts.size(); i++) {
        Part unused = ends.take().get();
      }
    } catch (ExecutionException e) {
      people.shutdownNow();
      throw e.getCause() instanceof PartException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      people.shutdownNow();
      throw e;
    }
  }

  private static void run(Part part) {
    try {
      part.body().run();
    } catch (Exception e) {
      throw new PartException(part, e);
    }
  }

  @Override
  public Reply send(HttpCall call) throws IOException, InterruptedException {
    Duration most = call.leavesAfter();
    long leaves = time.nanoTime() + (most == null ? Long.MAX_VALUE / 2 : most.toNanos());
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(request(call), BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> response =
          answer.get(leaves - time.nanoTime(), TimeUnit.NANOSECONDS);
      return new Answer(response, patience.until(leaves - time.nanoTime(), response.body()));
    } catch (TimeoutException e) {
      boolean unused = answer.cancel(true);
      throw new CallerLeftException();
    } catch (InterruptedException e) {
      boolean unused = answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
    }
  }

  private HttpRequest request(HttpCall call) {
    URI address = URI.create(router.address() + call.path());
    BodyPublisher body =
        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
    HttpRequest.Builder request = HttpRequest.newBuilder(address).method(call.method(), body);
    call.headers().forEach(header -> request.header(header.name(), header.value()));
    return request.build();
  }

  @Override
  public List<String> traces() {
    return router.traces();
  }

  @Override
  public void close() {
    people.shutdownNow();
    patience.close();
    http.shutdownNow();
    router.close();
    emulator.close();
  }

  private record Answer(HttpResponse<InputStream> response, Patience.Guarded body)
      implements Reply {

    @Override
    public int status() {
      return response.statusCode();
    }

    @Override
    public List<Header> headers() {
      return response.headers().map().entrySet().stream()
          .flatMap(each -> each.getValue().stream().map(value -> new Header(each.getKey(), value)))
          .toList();
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
