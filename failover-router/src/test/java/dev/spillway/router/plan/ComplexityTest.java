package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComplexityTest {

  @Test
  void everySignIsCounted() {
    String question =
        """
        Prove that the sum is √2 and compare: x^2 ≤ \\\\frac{1}{2}?
        - it must be short
        * only integers
        1. first
        ```java
        int x;
        ```
        """;

    int characters = question.strip().length() - 1; // JSON writes a backslash twice
    assertThat(ofUser(question)).isEqualTo(new Complexity(characters, 1, 1, 5, 2, 4, 1, 0));
  }

  @Test
  void onlyWhatTheUserSaidLastIsLookedAtClosely() {
    Complexity complexity =
        of(
            """
            {"messages": [
              {"role": "system", "content": "You must never prove. Only compare? - ```"},
              {"role": "user", "content": "Prove it without ```code```?"},
              {"role": "assistant", "content": "Why?"},
              {"content": [{"type": "text", "text": "Thanks"}, {"type": "image_url", "image_url": {"url": "must"}}], "role": "user"},
              {"role": "tool", "content": "must must must"}],
             "tools": [{"type": "function"}, {"type": "function"}]}
            """);

    assertThat(complexity).isEqualTo(new Complexity(93, 0, 0, 0, 0, 0, 5, 2));
  }

  @Test
  void aResponseAndALegacyCompletionAreMeasuredAlike() {
    Complexity asked = new Complexity(9, 0, 1, 0, 1, 0, 1, 0);

    assertThat(of("{\"input\": \"Prove it?\"}")).isEqualTo(asked);
    assertThat(of("{\"prompt\": \"Prove it?\"}")).isEqualTo(asked);
    assertThat(of("{\"input\": [{\"role\": \"user\", \"content\": [{\"text\": \"Prove it?\"}]}]}"))
        .isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0, 0, 1, 0, 0",
    "16000, 0, 0, 0, 0, 0, 1, 0, 0.5",
    "160000, 0, 0, 0, 0, 0, 1, 0, 0.5",
    "0, 1, 0, 0, 0, 0, 1, 0, 0.2",
    "0, 0, 2, 0, 0, 0, 1, 0, 0.15",
    "0, 0, 0, 3, 0, 0, 1, 0, 0.25",
    "0, 0, 0, 0, 1, 0, 1, 0, 0.2",
    "0, 0, 0, 0, 0, 3, 1, 0, 0.2",
    "0, 0, 0, 0, 0, 0, 10, 0, 0.1",
    "0, 0, 0, 0, 0, 0, 1, 4, 0.15",
    "0, 2, 0, 6, 0, 0, 1, 0, 0.7",
    "99999, 99, 99, 99, 99, 99, 99, 99, 0.978832",
  })
  void theScoreIsWhatTheTableSays(
      long characters,
      int code,
      int questions,
      int constraints,
      int tasks,
      int maths,
      int messages,
      int tools,
      double score) {
    Complexity complexity =
        new Complexity(characters, code, questions, constraints, tasks, maths, messages, tools);

    assertThat(complexity.score()).isCloseTo(score, within(1e-9));
  }

  @Test
  void aPlainQuestionIsFarFromAHardOne() {
    Complexity plain = ofUser("What is the capital of France?");
    Complexity hard =
        ofUser(
            """
            Refactor the method below so that it is thread-safe without locks, and prove that it
            never loses an update. It must compile with Java 21.
            ```java
            void add(int n) { count += n; }
            ```
            - avoid allocation
            - explain each step
            """);

    assertThat(plain.score()).isLessThan(0.1);
    assertThat(hard.score()).isGreaterThan(0.6);
    assertThat(hard.reasons()).isEqualTo("constraints 0.50, tasks 0.40");
  }

  @Test
  void anAddressIsNoQuestionAndAHyphenNoItem() {
    assertThat(ofUser("see http://a/b?c=d - and e-mail me"))
        .isEqualTo(new Complexity(34, 0, 0, 0, 0, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{\"messages\": 7}",
        "{\"messages\": [[7, null]]}",
        "{\"messages\": [{\"role\""
      })
  void whatIsNoRequestIsNotComplex(String body) {
    assertThat(of(body).score()).isZero();
  }

  private static Complexity ofUser(String text) {
    String escaped = text.strip().replace("\n", "\\n");
    return of("{\"messages\": [{\"role\": \"user\", \"content\": \"" + escaped + "\"}]}");
  }

  private static Complexity of(String body) {
    InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    return new LazyFacts(Optional.empty(), () -> in).complexity();
  }
}
