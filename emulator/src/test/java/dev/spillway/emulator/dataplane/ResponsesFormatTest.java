package dev.spillway.emulator.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.filter.ContentFilters;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.DraftedCall;
import dev.spillway.emulator.generation.FinishReason;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.emulator.inference.Choice;
import dev.spillway.emulator.inference.Served;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.RequestBody;
import dev.spillway.emulator.request.RequestReader;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.request.Roles;
import dev.spillway.time.VirtualClock;
import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model that reasons, speaks and calls functions is written as. */
class ResponsesFormatTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<DraftedCall> CALLS =
      List.of(
          new DraftedCall("add", List.of("{\"a\"", ":1}")), new DraftedCall("sub", List.of("{}")));

  @Test
  void reasoningAMessageAndCallsAreItemsInThisOrder() {
    JsonNode response = json(format(draft(List.of("Let", " me"), CALLS, 7)).whole());

    assertThat(types(response.path("output")))
        .containsExactly("reasoning", "message", "function_call", "function_call");
    assertThat(response.at("/output/1/phase").asString()).isEqualTo("commentary");
    assertThat(response.at("/output/2/arguments").asString()).isEqualTo("{\"a\":1}");
    assertThat(response.at("/output/2/call_id").asString()).matches("call_[A-Za-z0-9]{24}");
    assertThat(response.at("/usage/output_tokens_details/reasoning_tokens").intValue())
        .isEqualTo(7);
  }

  @Test
  void eachItemIsDoneBeforeTheNextIsAdded() {
    assertThat(types(stream(draft(List.of("Let"), CALLS, 7))))
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
  }

  @Test
  void eventsAreNumberedAndTheirItemsAreThoseOfTheEnd() {
    List<JsonNode> events = stream(draft(List.of(), CALLS, 0));
    JsonNode output = events.getLast().at("/response/output");

    assertThat(events)
        .extracting(event -> event.path("sequence_number").intValue())
        .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
    assertThat(types(output)).containsExactly("function_call", "function_call");
    assertThat(events)
        .filteredOn(event -> event.path("type").asString().endsWith("output_item.done"))
        .extracting(event -> event.path("item"))
        .containsExactly(output.get(0), output.get(1));
  }

  /** OpenAI's clients have a name there that may not be missing. */
  @Test
  void argumentsThatAreDoneSayWhoseTheyAre() {
    List<JsonNode> events = stream(draft(List.of(), CALLS, 0));
    JsonNode output = events.getLast().at("/response/output");

    assertThat(events)
        .filteredOn(event -> event.path("type").asString().endsWith("arguments.done"))
        .extracting(event -> event.path("name"), event -> event.path("arguments"))
        .containsExactly(
            tuple(output.at("/0/name"), output.at("/0/arguments")),
            tuple(output.at("/1/name"), output.at("/1/arguments")));
  }

  @Test
  void nothingAtAllIsStillAMessage() {
    List<JsonNode> events = stream(draft(List.of(), List.of(), 0));

    assertThat(types(events.getLast().at("/response/output"))).containsExactly("message");
    assertThat(types(events)).contains("response.output_text.done");
  }

  /** All events of the stream in which that is sent. */
  private static List<JsonNode> stream(Draft draft) {
    ResponsesFormat format = format(draft);
    List<byte[]> bytes = new ArrayList<>();
    bytes.add(format.first());
    bytes.add(format.piece(new Piece.Start(0, Verdict.SILENT)));
    for (String token : draft.tokens()) {
      bytes.add(format.piece(new Piece.Token(0, token, Verdict.SILENT)));
    }
    for (int i = 0; i < draft.calls().size(); i++) {
      DraftedCall call = draft.calls().get(i);
      bytes.add(format.piece(new Piece.CallStart(0, i, call.name(), Verdict.SILENT)));
      for (String token : call.arguments()) {
        bytes.add(format.piece(new Piece.CallArguments(0, i, token, Verdict.SILENT)));
      }
    }
    bytes.add(format.piece(new Piece.End(0, "stop", Verdict.SILENT)));
    bytes.add(format.last());
    return bytes.stream()
        .map(some -> new String(some, StandardCharsets.UTF_8))
        .flatMap(some -> Arrays.stream(some.split("\n\n")))
        .filter(event -> !event.isBlank())
        .map(event -> JsonMapper.shared().readTree(event.substring(event.indexOf("\ndata: ") + 7)))
        .toList();
  }

  private static Draft draft(List<String> tokens, List<DraftedCall> calls, int reasoning) {
    return new Draft(reasoning, tokens, calls, FinishReason.STOP);
  }

  private static ResponsesFormat format(Draft draft) {
    Resource resource = EmulatorConfig.defaults().resources().getFirst().resource();
    Deployment deployment =
        new Deployments(ModelCatalog.bundled())
            .put("local", DeploymentSpec.standard("any", "gpt-5.4", Limit.of(1)));
    ResponsesRequest request = request();
    Screening screening =
        new ContentFilters(Map.of()).find(null, null).orElseThrow().screen(request.texts());
    LimitReading full = new LimitReading(Limit.of(1), 1, Duration.ofMinutes(1), Duration.ZERO);
    TextAnswer answer =
        new TextAnswer(
            request,
            new Served(
                deployment,
                NOW,
                screening.prompt(),
                new Usage(5, 0, 0, 9),
                new LimitReadings.Windows(full, full, null, false),
                null),
            false,
            List.of(new Choice(draft, screening.completion(0, draft.text()))));
    Exchange exchange =
        new Exchange(
            resource, new CallSeed(1, 2), "request", null, Operation.RESPONSES, null, NOW, NOW);
    return new ResponsesFormat(
        WireProfiles.LATEST,
        ResponseShape.OF_2026,
        exchange,
        request,
        answer,
        VirtualClock.frozenAt(NOW));
  }

  private static ResponsesRequest request() {
    byte[] body = "{\"model\":\"any\",\"input\":\"Hi\"}".getBytes(StandardCharsets.UTF_8);
    ParsedBody parsed =
        RequestReader.of(Operation.RESPONSES)
            .orElseThrow()
            .read(new RequestBody(body, null), Roles.SINCE_2025);
    return (ResponsesRequest) ((ParsedBody.Valid) parsed).request();
  }

  private static List<String> types(Iterable<JsonNode> nodes) {
    List<String> types = new ArrayList<>();
    nodes.forEach(node -> types.add(node.path("type").asString()));
    return types;
  }

  private static JsonNode json(byte[] json) {
    return JsonMapper.shared().readTree(json);
  }
}
