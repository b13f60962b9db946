package dev.spillway.router.telemetry;

import dev.spillway.router.trace.Purpose;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.RequestTrace.Work;
import dev.spillway.router.trace.SpanContext;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Step;
import dev.spillway.router.trace.TraceLine;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans by OpenTelemetry's SDK: one of the server for each request, and below it one of the client
 * for each attempt, after the semantic conventions for HTTP and generative AI.
 *
 * <p>They are made from the trace when the request is over. Only their ids are known before, since
 * the backends are told of them. The SDK sends them from a bounded queue, and drops what does not
 * fit.
 */
final class OtlpSpans implements Spans {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "spillway-router",
          "otel.traces.exporter", "otlp",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private static final long LAST_SECONDS = 5;

  private final PresetIds ids = new PresetIds();
  private final AtomicReference<Sampler> sampler = new AtomicReference<>(Sampler.alwaysOn());
  private final Function<String, Optional<Peer>> peers;
  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  OtlpSpans(Map<String, String> properties, Function<String, Optional<Peer>> peers) {
    SdkLog.take();
    this.peers = peers;
    this.sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> DEFAULTS)
            .addPropertiesCustomizer(config -> new HashMap<>(properties))
            .addSamplerCustomizer((configured, config) -> decideEarlier(configured))
            .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
            .build()
            .getOpenTelemetrySdk();
    this.tracer = sdk.getTracer("dev.spillway.router");
  }

  /** Whether a span is collected must be known when the first attempt is sent. */
  private Sampler decideEarlier(Sampler configured) {
    sampler.set(configured);
    return Sampler.alwaysOn();
  }

  @Override
  public SpanContext begin(Function<String, @Nullable String> header) {
    SpanContext context =
        SpanContext.below(header.apply("traceparent"), header.apply("tracestate"));
    Sampler configured = sampler.get();
    return context.sampledIf(
        configured == null
            || configured
                    .shouldSample(
                        above(context),
                        context.traceId(),
                        "request",
                        SpanKind.SERVER,
                        Attributes.empty(),
                        List.of())
                    .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE);
  }

  @Override
  public void finished(RequestTrace trace) {
    SpanContext context = trace.span();
    if (context == null || !context.sampled()) {
      return;
    }
    Instant end = trace.at().plus(trace.course().took());
    ids.next(context.traceId(), context.span());
    Span server = server(trace, context).startSpan();
    int number = 0;
    for (Work work : trace.works()) {
      ids.next(context.traceId(), context.attempt(number));
      number++;
      attempt(trace, work, Context.root().with(server), end);
    }
    server.end(end);
  }

  private static Context above(SpanContext context) {
    if (context.parent() == null) {
      return Context.root();
    }
    return Context.root()
        .with(
            Span.wrap(
                io.opentelemetry.api.trace.SpanContext.createFromRemoteParent(
                    context.traceId(),
                    context.parent(),
                    context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                    TraceState.getDefault())));
  }

  private SpanBuilder server(RequestTrace trace, SpanContext context) {
    RequestTrace.Asked asked = trace.asked();
    SpanBuilder span =
        tracer
            .spanBuilder(asked.method() + " " + asked.operation())
            .setSpanKind(SpanKind.SERVER)
            .setParent(above(context))
            .setStartTimestamp(trace.at())
            .setAttribute("http.request.method", asked.method())
            .setAttribute("http.response.status_code", (long) trace.outcome().status())
            .setAttribute("gen_ai.operation.name", operation(asked.operation()))
            .setAttribute("gen_ai.request.model", asked.name())
            .setAttribute("spillway.request.id", trace.id().text())
            .setAttribute("spillway.caller", asked.caller())
            .setAttribute("spillway.pool", asked.pool())
            .setAttribute("spillway.attempts", (long) trace.attempts())
            .setAttribute("spillway.ending", trace.outcome().why())
            .setAttribute("spillway.delivery", trace.course().delivery().word())
            .setAttribute("spillway.trace", TraceLine.of(trace.steps()));
    return trace.outcome().status() >= 500
        ? span.setAttribute("error.type", Integer.toString(trace.outcome().status()))
        : span;
  }

  private void attempt(RequestTrace trace, Work work, Context server, Instant end) {
    Step.Attempted attempt = work.attempt();
    String model = peers.apply(attempt.backend()).map(Peer::model).orElse(attempt.backend());
    String operation = operation(trace.asked().operation());
    Instant begun = trace.at().plus(attempt.after());
    Span span =
        tracer
            .spanBuilder(operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(server)
            .setStartTimestamp(begun)
            .setAttribute("gen_ai.operation.name", operation)
            .setAttribute("gen_ai.request.model", model)
            .setAttribute("http.request.method", trace.asked().method())
            .setAttribute("spillway.backend", attempt.backend())
            .setAttribute("spillway.class", work.purpose().name().toLowerCase(Locale.ROOT))
            .startSpan();
    peers
        .apply(attempt.backend())
        .ifPresent(peer -> {
          span.setAttribute("gen_ai.provider.name", peer.provider());
          span.setAttribute("server.address", peer.host());
          span.setAttribute("server.port", (long) peer.port());
        });
    describe(span, work);
    span.end(work.purpose() == Purpose.LOST ? begun.plus(attempt.took()) : end);
  }

  private static void describe(Span span, Work work) {
    Step.Attempted attempt = work.attempt();
    if (attempt.result().matches("\\d+")) {
      span.setAttribute("http.response.status_code", Long.parseLong(attempt.result()));
    }
    if (work.purpose() != Purpose.SERVED) {
      boolean cut = attempt.result().startsWith("2");
      span.setAttribute(
          "error.type", cut ? work.purpose().name().toLowerCase(Locale.ROOT) : attempt.result());
      span.setStatus(StatusCode.ERROR);
    }
    Duration firstToken = attempt.firstToken();
    if (firstToken != null) {
      span.setAttribute("spillway.first_token_ms", (double) firstToken.toNanos() / 1e6);
    }
    if (attempt.spent() instanceof Spent.Reported reported) {
      span.setAttribute("gen_ai.usage.input_tokens", reported.usage().prompt());
      span.setAttribute("gen_ai.usage.output_tokens", reported.usage().completion());
      span.setAttribute("gen_ai.usage.cache_read.input_tokens", reported.usage().cached());
    }
  }

  private static String operation(String path) {
    return switch (path) {
      case "chat/completions", "responses" -> "chat";
      case "completions" -> "text_completion";
      case "embeddings" -> "embeddings";
      default -> path;
    };
  }

  @Override
  public void close() {
    var unused = sdk.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
  }
}
