package dev.spillway.emulator.inference;

import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.generation.CallCost;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.FinishReason;
import dev.spillway.emulator.generation.Generator;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.TextRequest;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes the answers to requests for text, as far as the content filter lets them come. */
final class Writer {

  /** What reasoning costs beside its tokens, where there is any. */
  private static final int REASONING_FRAME = 7;

  private final Tokenizers tokenizers;

  Writer(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  TextAnswer write(
      Author.Somebody author,
      CallSeed seed,
      Deployment deployment,
      TextRequest request,
      Prompt prompt,
      Screening screening,
      LimitReadings readings,
      Instant arrived) {
    ModelProfile model = deployment.model();
    boolean whileSending = request.stream() && screening.asynchronous();
    Moderation moderation = whileSending ? Moderation.WHILE_SENDING : Moderation.BEFORE_SENDING;
    List<Choice> choices = new ArrayList<>(request.choices());
    int completionTokens = 0;
    CompletionDetails details = CompletionDetails.NONE;
    for (int i = 0; i < request.candidates(); i++) {
      Conversation conversation = request.conversation(i);
      Draft draft = toldAs(request, draft(author.generator(), conversation, model, seed.choice(i)));
      Choice choice = moderation.apply(draft, screening.completion(i, draft.text()));
      completionTokens += billed(choice.draft(), conversation, model);
      details = details.and(choice.draft());
      if (i < request.choices()) {
        choices.add(choice);
      }
    }
    return new TextAnswer(
        request,
        new Served(
            deployment,
            arrived,
            screening.prompt(),
            usage(author.usage(), prompt, completionTokens, details),
            readings,
            null),
        whileSending,
        choices);
  }

  private static Usage usage(
      StubUsage told, Prompt prompt, int completionTokens, CompletionDetails details) {
    int all = told.prompt() == null ? prompt.tokens() : told.prompt();
    int cached = Math.min(all, prompt.cachedTokens());
    return new Usage(
        all,
        cached,
        Math.min(all - cached, prompt.cacheWriteTokens()),
        told.completion() == null ? completionTokens : told.completion(),
        details);
  }

  /** Before there were tools, calls ended for another reason. */
  private static Draft toldAs(TextRequest request, Draft draft) {
    boolean functions = request instanceof ChatRequest chat && chat.options().functions();
    return functions && draft.finishReason() == FinishReason.TOOL_CALLS
        ? draft.endedBy(FinishReason.FUNCTION_CALL)
        : draft;
  }

  /** Nothing where nothing is allowed, which legacy completions can ask for. */
  private static Draft draft(
      Generator generator, Conversation conversation, ModelProfile model, RandomGenerator random) {
    Integer allowed = conversation.maxTokens();
    return allowed != null && allowed == 0
        ? Draft.text(List.of(), FinishReason.LENGTH)
        : generator.write(conversation, model, random);
  }

  /** Never more than was allowed, however little that was. */
  private int billed(Draft draft, Conversation conversation, ModelProfile model) {
    int tokens = draft.completionTokens() + model.completionOverhead() + frames(draft, model);
    Integer allowed = conversation.maxTokens();
    return allowed == null ? tokens : Math.min(tokens, allowed);
  }

  private int frames(Draft draft, ModelProfile model) {
    int reasoning = draft.reasoningTokens() > 0 ? REASONING_FRAME : 0;
    if (draft.calls().isEmpty()) {
      return reasoning;
    }
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    int names = draft.calls().stream().mapToInt(call -> tokenizer.count(call.name())).sum();
    return reasoning + names + CallCost.frame(draft.calls().size(), model.modelClass());
  }
}
