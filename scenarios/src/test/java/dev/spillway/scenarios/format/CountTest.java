package dev.spillway.scenarios.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {

  @ParameterizedTest
  @CsvSource({
    "all, 10, true",
    "all, 9, false",
    "none, 0, true",
    "none, 1, false",
    "some, 1, true",
    "some, 0, false",
    "9, 9, true",
    "9, 10, false",
    ">= 9, 9, true",
    "> 9, 9, false",
    "<= 9, 9, true",
    "< 9, 9, false",
    "2..4, 4, true",
    "2..4, 5, false",
    "90%, 9, true",
    ">= 90%, 8, false",
    "60%..80%, 7, true",
    "60%..80%, 9, false"
  })
  void saysHowManyOfTen(String count, int seen, boolean holds) {
    assertThat(Count.parse(count).holds(seen, 10)).isEqualTo(holds);
    assertThat(Count.parse(count)).hasToString(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every", "<=", "4..2", "1..", "=> 4"})
  void takesNothingElse(String text) {
    assertThatThrownBy(() -> Count.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
