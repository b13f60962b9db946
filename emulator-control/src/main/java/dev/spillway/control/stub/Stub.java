package dev.spillway.control.stub;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes stubs: {@code Stub.when(user().contains("weather")).callsTool("get_weather", Map.of("city",
 * "Paris")).then().says("It is sunny.")}.
 */
public final class Stub {

  private Stub() {}

  /** A stub for the requests that fit. */
  public static Step when(Condition condition) {
    return new Step(answer -> new StubSpec(null, null, condition, answer, List.of()));
  }

  /** A stub for all requests. */
  public static Step always() {
    return when(Condition.ANY);
  }

  /** Where a stub's next answer is said; texts are templates. */
  public static final class Step {
    private final Function<StubAnswer, StubSpec> stub;

    Step(Function<StubAnswer, StubSpec> stub) {
      this.stub = stub;
    }

    public StubSpec answers(StubAnswer answer) {
      return stub.apply(answer);
    }

    public StubSpec says(String text) {
      return answers(StubAnswer.says(text));
    }

    /** A text in the pieces that a stream sends it in. */
    public StubSpec streams(String... chunks) {
      return answers(StubAnswer.streams(chunks));
    }

    /** The model declines, in these words. */
    public StubSpec refuses(String refusal) {
      return answers(StubAnswer.refuses(refusal));
    }

    public StubSpec callsTool(String tool, Map<String, ?> arguments) {
      return answers(StubAnswer.calls(StubCall.of(tool, arguments)));
    }
  }
}
