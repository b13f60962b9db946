package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.EmulatorControl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong is said in one line. */
class WrongUseTest {

  private static final String HERE = WrongUseTest.class.getName() + "$";

  @Test
  void anUnknownModel() {
    assertThat(lineOf(UnknownModel.class))
        .isEqualTo(
            "@AzureOpenAi of "
                + HERE
                + "UnknownModel: deployment 'micro': the service has no model 'gtp-4o';"
                + " one of your own goes under 'models' of a config");
  }

  @Test
  void aBadCapacity() {
    assertThat(lineOf(BadCapacity.class))
        .isEqualTo(
            "@AzureOpenAi of "
                + HERE
                + "BadCapacity: deployment 'micro':"
                + " a limit is a number from 0 to 10000000000, not -5");
  }

  @Test
  void aBadLimitOfTokens() {
    assertThat(lineOf(BadTokens.class))
        .endsWith(
            "deployment 'micro': a limit is a number such as 1000 or 40k, or 'unlimited', not 'lots'");
  }

  @Test
  void anUnknownWireProfile() {
    assertThat(lineOf(UnknownWire.class))
        .endsWith("there is no wire profile '2027'; there are 2023, 2024, 2025, 2026");
  }

  @Test
  void aConfigThatIsNotThere() {
    assertThat(lineOf(NoConfig.class))
        .contains(
            "the config 'nowhere.yaml' is neither a resource on the class path nor the file /");
  }

  @Test
  void aConfigThatCannotBeUsedIsShownWithItsLine() {
    assertThat(lineOf(BrokenConfig.class)).contains("broken.yaml:4: ").contains("capacity");
  }

  @Test
  void noAnnotation() {
    assertThat(lineOf(NoAnnotation.class))
        .isEqualTo(HERE + "NoAnnotation has no @AzureOpenAi, nor has a class around it");
  }

  @Test
  void anExtensionThatWasBuiltWrong() {
    assertThat(lineOf(BuiltWrong.class))
        .startsWith("the AzureOpenAiExtension of " + HERE + "BuiltWrong: a deployment's name is");
  }

  @Test
  void anEndpointOfAnotherType() {
    assertThat(lineOf(OtherType.class)).contains("@Endpoint is for a String or URI, not for int");
  }

  @Test
  void anUnknownResource() {
    assertThat(lineOf(UnknownResource.class))
        .contains("there is no resource 'mars'; there are [local]");
  }

  @Test
  void aFinalField() {
    assertThat(lineOf(FinalField.class))
        .isEqualTo("field FinalField.control is final, so that nothing can be set");
  }

  @Test
  void anExtensionThatDoesNotRun() {
    AzureOpenAiExtension idle = AzureOpenAiExtension.builder().build();

    assertThatThrownBy(idle::endpoint)
        .hasMessage("the emulator runs only while the tests of its class do");
  }

  private static String lineOf(Class<?> wrong) {
    Throwable failure = Played.of(wrong).failures().getFirst();
    String message = String.valueOf(failure.getMessage());
    assertThat(message).doesNotContain("\n");
    return message;
  }

  abstract static class Wrong {
    @Test
    void neverRuns() {}
  }

  @AzureOpenAi(deployments = @Deployment(name = "micro", model = "gtp-4o"))
  static class UnknownModel extends Wrong {}

  @AzureOpenAi(deployments = @Deployment(name = "micro", model = "gpt-4o", capacity = -5))
  static class BadCapacity extends Wrong {}

  @AzureOpenAi(deployments = @Deployment(name = "micro", model = "gpt-4o", tpm = "lots"))
  static class BadTokens extends Wrong {}

  @AzureOpenAi(wire = "2027")
  static class UnknownWire extends Wrong {}

  @AzureOpenAi(config = "nowhere.yaml")
  static class NoConfig extends Wrong {}

  @AzureOpenAi(config = "broken.yaml")
  static class BrokenConfig extends Wrong {}

  @ExtendWith(AzureOpenAiExtension.class)
  static class NoAnnotation extends Wrong {}

  static class BuiltWrong extends Wrong {
    @RegisterExtension
    static final AzureOpenAiExtension azure =
        AzureOpenAiExtension.builder().deployment("mi cro", "gpt-4o", 1).build();
  }

  @AzureOpenAi
  static class OtherType {
    @Test
    void neverRuns(@Endpoint int port) {}
  }

  @AzureOpenAi
  static class UnknownResource {
    @Test
    void neverRuns(@ApiKey(resource = "mars") String key) {}
  }

  @AzureOpenAi
  static class FinalField extends Wrong {
    @Emulated final @Nullable EmulatorControl control = null;
  }
}
