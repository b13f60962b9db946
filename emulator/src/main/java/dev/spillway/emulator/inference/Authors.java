package dev.spillway.emulator.inference;

import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.GeneratorSpec.Unmatched;
import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.generation.Dictation;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.Echo;
import dev.spillway.emulator.generation.FixedText;
import dev.spillway.emulator.generation.Generator;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.TextRequest;
import dev.spillway.emulator.stub.Asked;
import dev.spillway.emulator.stub.StubVerdict;
import dev.spillway.emulator.stub.Stubs;
import dev.spillway.emulator.stub.UnmatchedRequests;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;

/** Finds who writes an answer: the deployment's generator, or the stub that fits the request. */
public final class Authors {

  private final Generator prose;
  private final Generator echo;
  private final Dictation dictation;
  private final Stubs stubs;
  private final UnmatchedRequests unmatched;

  public Authors(Generator prose, Dictation dictation, Stubs stubs, UnmatchedRequests unmatched) {
    this.prose = prose;
    this.echo = new Echo(dictation);
    this.dictation = dictation;
    this.stubs = stubs;
    this.unmatched = unmatched;
  }

  Author of(Call call, Deployment deployment, TextRequest request, Instant now) {
    GeneratorSpec generator = deployment.spec().generatorOrUsual();
    return switch (generator.name()) {
      case PROSE -> by(prose);
      case ECHO -> by(echo);
      case FIXED -> by(new FixedText(dictation, Objects.requireNonNull(generator.text())));
      case STUBS -> stub(call, asked(call, deployment, request), generator, now);
    };
  }

  private static Asked asked(Call call, Deployment deployment, TextRequest request) {
    return new Asked(
        deployment.resource(),
        deployment.name(),
        deployment.model().name(),
        call.operation().path(),
        request.stream(),
        request.conversation(),
        call.sent());
  }

  private Author stub(Call call, Asked asked, GeneratorSpec generator, Instant now) {
    return switch (stubs.ask(asked)) {
      case StubVerdict.Answered answered -> {
        SplittableRandom random = call.origin().seed().random("stub");
        yield new Author.Somebody(
            (conversation, model, ignored) ->
                draft(answered, dictation.draft(answered.words(now, random), conversation, model)),
            answered.usage());
      }
      case StubVerdict.Unmatched none -> unmatched(call, asked, generator, none, now);
    };
  }

  private static Draft draft(StubVerdict.Answered answered, Draft draft) {
    return answered.refuses() ? draft.declining() : draft;
  }

  private Author unmatched(
      Call call, Asked asked, GeneratorSpec generator, StubVerdict.Unmatched none, Instant now) {
    Unmatched instead = generator.unmatchedOrUsual();
    if (instead == Unmatched.REFUSE || stubs.areThere()) {
      unmatched.add(asked, call.origin().requestId(), now, none.nearest());
    }
    return switch (instead) {
      case PROSE -> by(prose);
      case ECHO -> by(echo);
      case REFUSE ->
          new Author.Nobody(
              new InvalidRequest(
                  UnmatchedRequests.sentence(asked, none.nearest()), null, "no_stub_fits"));
    };
  }

  private static Author by(Generator generator) {
    return new Author.Somebody(generator, StubUsage.COUNTED);
  }
}
