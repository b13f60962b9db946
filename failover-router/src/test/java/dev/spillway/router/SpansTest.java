package dev.spillway.router;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a collector gets them. */
class SpansTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String USAGE =
      "{\"id\":1,\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}";

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                .getResourceSpansList()
                .forEach(resource ->
                    resource
                        .getScopeSpansList()
                        .forEach(scope -> spans.addAll(scope.getSpansList())));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.start();
    micro.answering(429, "{}", "Retry-After", "41");
    turbo.answering(200, USAGE);
  }

  @AfterEach
  void close() {
    fixture.close();
    collector.stop(0);
  }

  @Test
  void aRequestIsASpanBelowItsCallersAndEachAttemptIsOneBelowThat() throws Exception {
    try (FailoverRouter router = router("http://127.0.0.1:" + collector.getAddress().getPort())) {
      fixture.post(
          router, "/completions", "{}", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");
    }

    assertThat(spans).hasSize(3);
    Span server =
        spans.stream()
            .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
            .findFirst()
            .orElseThrow();
    List<Span> attempts = spans.stream().filter(span -> !span.equals(server)).toList();
    assertThat(hex(server.getParentSpanId().toByteArray())).isEqualTo(PARENT);
    assertThat(spans).allMatch(span -> hex(span.getTraceId().toByteArray()).equals(TRACE));
    assertThat(attempts).allMatch(span -> span.getParentSpanId().equals(server.getSpanId()));
    assertThat(attempts)
        .extracting(Span::getName)
        .containsExactlyInAnyOrder("chat micro-dep", "chat 35turbo");
    assertThat(attributes(server))
        .contains(
            entry("http.response.status_code", "200"),
            entry("spillway.pool", "gpt"),
            entry("spillway.attempts", "2"));
    assertThat(attributes(attempt(attempts, "turbo")))
        .contains(
            entry("gen_ai.operation.name", "chat"),
            entry("gen_ai.provider.name", "azure.ai.openai"),
            entry("gen_ai.request.model", "35turbo"),
            entry("server.address", "127.0.0.1"),
            entry("gen_ai.usage.input_tokens", "10"),
            entry("gen_ai.usage.output_tokens", "5"),
            entry("spillway.class", "served"))
        .doesNotContainKey("error.type");
    assertThat(attributes(attempt(attempts, "micro")))
        .contains(entry("error.type", "429"), entry("spillway.class", "lost"));
    assertThat(micro.last().header("Traceparent"))
        .isEqualTo(
            "00-"
                + TRACE
                + "-"
                + hex(attempt(attempts, "micro").getSpanId().toByteArray())
                + "-01");
    assertThat(turbo.last().header("Traceparent"))
        .isEqualTo(
            "00-"
                + TRACE
                + "-"
                + hex(attempt(attempts, "turbo").getSpanId().toByteArray())
                + "-01");
  }

  @Test
  void aCallerWhoIsNotSampledLeavesNoSpan() throws Exception {
    try (FailoverRouter router = router("http://127.0.0.1:" + collector.getAddress().getPort())) {
      fixture.post(
          router, "/completions", "{}", "traceparent", "00-" + TRACE + "-" + PARENT + "-00");
    }

    assertThat(spans).isEmpty();
    assertThat(turbo.last().header("Traceparent")).startsWith("00-" + TRACE).endsWith("-00");
  }

  /** Nobody listens there. */
  @Test
  void aDeadCollectorIsNoConcernOfTheCallers() throws Exception {
    try (FailoverRouter router = router("http://127.0.0.1:1")) {
      assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(200);
    }
    assertThat(spans).isEmpty();
  }

  @Test
  void withoutACollectorTheCallersHeaderIsPassedOn() throws Exception {
    String parent = "00-" + TRACE + "-" + PARENT + "-01";
    fixture.post(
        fixture.router(micro.url(), turbo.url()), "/completions", "{}", "traceparent", parent);

    assertThat(turbo.last().header("Traceparent")).isEqualTo(parent);
  }

  private FailoverRouter router(String endpoint) {
    return FailoverRouter.start(
        RouterConfig.parse(
            "router.yaml",
            RouterFixture.yaml(micro.url(), turbo.url(), "otlp: {endpoint: \"" + endpoint + "\"}"),
            name -> null),
        fixture.clock);
  }

  private static Span attempt(List<Span> attempts, String backend) {
    return attempts.stream()
        .filter(span -> backend.equals(attributes(span).get("spillway.backend")))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> attributes(Span span) {
    Map<String, String> attributes = new TreeMap<>();
    for (KeyValue attribute : span.getAttributesList()) {
      AnyValue value = attribute.getValue();
      attributes.put(
          attribute.getKey(),
          value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue());
    }
    return attributes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
