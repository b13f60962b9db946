package dev.spillway.emulator.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.user|{\"user\":\"me\",\"a\":{\"user\":\"me\"}}|{\"user\":\"REMOVED\",\"a\":{\"user\":\"me\"}}",
        "$..user|[{\"user\":\"me\"},{\"a\":{\"user\":1}}]|[{\"user\":\"REMOVED\"},{\"a\":{\"user\":\"REMOVED\"}}]",
        "$.m[*].name|{\"m\":[{\"name\":\"x\"},{\"b\":1}]}|{\"m\":[{\"name\":\"REMOVED\"},{\"b\":1}]}",
        "$.m[1]|{\"m\":[1,2]}|{\"m\":[1,\"REMOVED\"]}",
        "$.meta.*|{\"meta\":{\"a\":1,\"b\":null}}|{\"meta\":{\"a\":\"REMOVED\",\"b\":null}}",
        "$.x.y|{\"x\":[1]}|{\"x\":[1]}",
      })
  void aPlaceIsTakenOut(String path, String before, String after) {
    assertThat(new Redactor(List.of(JsonPath.parse(path)), Set.of()).document(before))
        .isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$", "user", "$user", "$.", "$.a b", "$.a[x]", "$.a[", "$...a"})
  void whatIsNoPlaceIsRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonPath.parse(path));
  }

  @ParameterizedTest
  @CsvSource({
    "a known-secret b, a REMOVED b",
    "https://x?sv=1&sig=abc%2F&se=2, https://x?sv=1&sig=REMOVED&se=2",
    "Bearer abcdefghijklmnop1234, Bearer REMOVED",
    "sk-proj-abcdefghij1234567890, sk-REMOVED",
    "AccountKey=abcdefghijklmnop12==;x, AccountKey=REMOVED;x",
    "risk-averse task-force, risk-averse task-force",
    "signed sig of the bearer, signed sig of the bearer",
  })
  void whatLooksLikeASecretIsTakenOut(String before, String after) {
    Redactor redactor = new Redactor(List.of(), Set.of("known-secret", "short"));

    assertThat(redactor.document(before)).isEqualTo(after);
    assertThat(redactor.document(after)).isEqualTo(after);
  }

  @Test
  void whatHoldsNoSecretKeepsEveryByte() {
    String odd = "{ \"a\" : 1.50,\n \"b\" : \"\\u0041\" }";

    assertThat(new Redactor(RecordingsConfig.NAMES, Set.of("known-secret")).document(odd))
        .isEqualTo(odd);
  }

  @Test
  void aSecretIsFoundHoweverJsonWritesIt() {
    Redactor redactor = new Redactor(List.of(), Set.of("pass/w\u00f6rd"));

    assertThat(redactor.document("{\"a\":\"pass\\/w\\u00f6rd\",\"pass/w\u00f6rd\":1}"))
        .isEqualTo("{\"a\":\"REMOVED\",\"REMOVED\":1}");
  }
}
