package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalQuery;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTest {

  @Test
  void everyTestFindsWhatTheAnnotationSays() {
    assertThat(Played.of(Annotated.class).succeeded()).isEqualTo(2);
  }

  @Test
  void everyTestFindsWhatTheBuilderSays() {
    assertThat(Played.of(Built.class).succeeded()).isEqualTo(2);
  }

  @Test
  void anInstanceFieldGivesEveryTestItsOwn() {
    Played played = Played.of(BuiltForEach.class);

    assertThat(played.failures()).isEmpty();
    assertThat(played.succeeded()).isEqualTo(2);
  }

  @Test
  void withoutResetTheNextTestFindsWhatTheLastOneLeft() {
    assertThat(Played.of(NotReset.class).succeeded()).isEqualTo(2);
  }

  @Test
  void everyInvocationOfATestWithParametersIsATest() {
    Played played = Played.of(WithParameters.class);

    assertThat(played.failures()).isEmpty();
    assertThat(played.succeeded()).isEqualTo(2);
  }

  @Test
  void theTestsOfAFactoryBeginTogether() {
    Played played = Played.of(Factory.class);

    assertThat(played.failures()).isEmpty();
    assertThat(played.succeeded()).isEqualTo(2);
  }

  /** Leaves everything different from how it was found. */
  private static void use(EmulatedAzure azure) {
    EmulatorControl control = azure.control();
    assertThat(control.deployment("micro").spec().capacity().count()).isEqualTo(2);
    assertThat(control.deployment("micro").tokens().remaining().count()).isEqualTo(2_000);
    assertThat(control.faults()).isEmpty();
    assertThat(control.journal(JournalQuery.all())).isEmpty();
    assertThat(control.clock().frozen()).isTrue();
    assertThat(Chat.ask(azure, "micro")).isEqualTo(200);
    assertThat(Chat.ask(azure, "micro")).isEqualTo(200);
    assertThat(Chat.ask(azure, "micro")).isEqualTo(429);
    control.patch("micro", DeploymentPatch.capacity(1));
    control.inject(FaultSpec.of("down", "status 503"));
    control.resume();
    control.advance(Duration.ofSeconds(30));
  }

  @AzureOpenAi(
      frozen = true,
      deployments = @Deployment(name = "micro", model = "gpt-35-turbo", capacity = 2))
  static class Annotated {

    @Test
    void one(EmulatedAzure azure) {
      use(azure);
    }

    @Test
    void two(EmulatedAzure azure) {
      use(azure);
    }
  }

  static class Built {

    @RegisterExtension
    static final AzureOpenAiExtension azure =
        AzureOpenAiExtension.builder().deployment("micro", "gpt-35-turbo", 2).frozen(true).build();

    @Test
    void one() {
      use(azure);
    }

    @Test
    void two(EmulatedAzure given) {
      use(given);
    }
  }

  static class BuiltForEach {

    private static int before;

    @RegisterExtension
    final AzureOpenAiExtension azure =
        AzureOpenAiExtension.builder().deployment("micro", "gpt-35-turbo", 2).frozen(true).build();

    @Emulated EmulatorControl control;

    @Test
    void one() {
      use(azure);
      before = System.identityHashCode(control);
    }

    @Test
    void two() {
      use(azure);
      assertThat(System.identityHashCode(control)).isNotEqualTo(before);
    }
  }

  @AzureOpenAi(
      frozen = true,
      deployments = @Deployment(name = "micro", model = "gpt-35-turbo", capacity = 2))
  static class WithParameters {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void both(int number, EmulatedAzure azure) {
      use(azure);
    }
  }

  @AzureOpenAi
  static class Factory {
    @TestFactory
    Stream<DynamicTest> calls(EmulatedAzure azure) {
      return IntStream.of(1, 2)
          .mapToObj(number ->
              dynamicTest(
                  "call " + number,
                  () -> {
                    Chat.ask(azure, "micro");
                    assertThat(azure.control().journal(JournalQuery.all())).hasSize(number);
                  }));
    }
  }

  @AzureOpenAi(reset = false)
  @TestMethodOrder(MethodName.class)
  static class NotReset {

    @Test
    void one(EmulatedAzure azure) {
      Chat.ask(azure, "micro");
    }

    @Test
    void two(EmulatorControl control) {
      assertThat(control.journal(JournalQuery.all())).hasSize(1);
    }
  }
}
