package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.EmulatorControl;
import java.net.ConnectException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tests have an emulator together. */
class SharingTest {

  private static final Set<URI> ENDPOINTS = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void forget() {
    ENDPOINTS.clear();
  }

  @Test
  void nestedClassesShareThatOfTheClassAroundThem() {
    Played played = Played.of(Outer.class);

    assertThat(played.succeeded()).isEqualTo(4);
    assertThat(ENDPOINTS).hasSize(1);
  }

  @Test
  void aNestedClassWithAnAnnotationHasItsOwn() {
    Played played = Played.of(OuterOfAnother.class);

    assertThat(played.succeeded()).isEqualTo(3);
    assertThat(ENDPOINTS).hasSize(2);
  }

  @Test
  void subclassesHaveOneEach() {
    assertThat(Played.of(FirstChild.class, SecondChild.class).succeeded()).isEqualTo(2);
    assertThat(ENDPOINTS).hasSize(2);
  }

  @Test
  void subclassesHaveOneEachOfAnExtensionThatTheyInherit() {
    assertThat(Played.of(FirstHeir.class, SecondHeir.class).succeeded()).isEqualTo(2);
    assertThat(ENDPOINTS).hasSize(2);
  }

  @Test
  void allOfThemEndWithTheirClasses() {
    Played played =
        Played.of(Outer.class, OuterOfAnother.class, FirstHeir.class, WithParameters.class);

    assertThat(played.failures()).isEmpty();
    assertThat(ENDPOINTS)
        .hasSize(6)
        .allSatisfy(endpoint ->
            assertThatThrownBy(() -> Chat.ask(endpoint, "emulator-key", "micro"))
                .hasCauseInstanceOf(ConnectException.class));
  }

  /** Each of its invocations has its own. */
  @AzureOpenAi
  @ParameterizedClass
  @ValueSource(ints = {1, 2})
  static class WithParameters {

    @Parameter int number;

    @Test
    void one(@Endpoint URI endpoint) {
      ENDPOINTS.add(endpoint);
      assertThat(number).isPositive();
    }
  }

  @AzureOpenAi
  static class Outer {

    @Emulated EmulatedAzure azure;

    @Test
    void one() {
      ENDPOINTS.add(azure.endpoint());
    }

    @Nested
    class Inner {

      @Emulated EmulatorControl control;

      @Test
      void two(@Endpoint URI endpoint) {
        ENDPOINTS.add(endpoint);
        assertThat(control).isSameAs(azure.control());
      }

      @Nested
      class Innermost {
        @Test
        void three(@Endpoint URI endpoint) {
          ENDPOINTS.add(endpoint);
        }
      }
    }

    @Nested
    class Second {
      @Test
      void four(@Endpoint URI endpoint) {
        ENDPOINTS.add(endpoint);
      }
    }
  }

  @AzureOpenAi
  static class OuterOfAnother {

    @Emulated EmulatorControl control;

    @Test
    void one(@Endpoint URI endpoint) {
      ENDPOINTS.add(endpoint);
      assertThat(control.health().wire()).isEqualTo("2026");
    }

    @Nested
    @AzureOpenAi(wire = "2023")
    class Inner {
      @Test
      void two(@Endpoint URI endpoint) {
        ENDPOINTS.add(endpoint);
        assertThat(control.health().wire()).isEqualTo("2023");
      }
    }

    @Nested
    class Other {
      @Test
      void three(@Endpoint URI endpoint) {
        ENDPOINTS.add(endpoint);
      }
    }
  }

  @AzureOpenAi
  abstract static class Parent {
    @Test
    void one(@Endpoint URI endpoint) {
      ENDPOINTS.add(endpoint);
    }
  }

  static class FirstChild extends Parent {}

  static class SecondChild extends Parent {}

  abstract static class Testator {

    @RegisterExtension
    static final AzureOpenAiExtension azure = AzureOpenAiExtension.builder().build();

    @Test
    void one(@Endpoint URI endpoint) {
      ENDPOINTS.add(endpoint);
      assertThat(azure.endpoint()).isEqualTo(endpoint);
    }
  }

  static class FirstHeir extends Testator {}

  static class SecondHeir extends Testator {}
}
