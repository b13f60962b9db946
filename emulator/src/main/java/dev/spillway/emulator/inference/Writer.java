package dev.spillway.emulator.inference;

import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Screening;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.TextRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the answers to requests for text, as far as the content filter lets them come. */
final class Writer {

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
    for (int i = 0; i < request.choices(); i++) {
      Draft draft = author.generator().write(request.conversation(), model, seed.choice(i));
      Choice choice = moderation.apply(draft, screening.completion(i, draft.text()));
      completionTokens += billed(choice.draft(), request, model);
      choices.add(choice);
    }
    return new TextAnswer(
        request,
        new Served(
            deployment,
            arrived,
            screening.prompt(),
            usage(author.usage(), prompt, completionTokens),
            readings,
            null),
        whileSending,
        choices);
  }

  private static Usage usage(StubUsage told, Prompt prompt, int completionTokens) {
    int all = told.prompt() == null ? prompt.tokens() : told.prompt();
    int cached = Math.min(all, prompt.cachedTokens());
    return new Usage(
        all,
        cached,
        Math.min(all - cached, prompt.cacheWriteTokens()),
        told.completion() == null ? completionTokens : told.completion());
  }

  /** Never more than was allowed, however little that was. */
  private static int billed(Draft draft, TextRequest request, ModelProfile model) {
    int tokens = draft.completionTokens() + model.completionOverhead();
    Integer allowed = request.maxTokens();
    return allowed == null ? tokens : Math.min(tokens, allowed);
  }
}
