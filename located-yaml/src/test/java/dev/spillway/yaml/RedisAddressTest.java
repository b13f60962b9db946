package dev.spillway.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://localhost, redis://localhost",
    "redis://cache:6380/2, redis://cache:6380/2",
    "redis://:secret@cache:6380, redis://cache:6380",
    "rediss://me:secret@cache/0, rediss://cache/0",
  })
  void isShownWithoutWhoAsks(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://:secret@cache",
        "redis://",
        "redis://cache/secret",
        "redis://:sec ret@cache",
        "redis://cache?password=secret",
      })
  void refusesWhatNamesNoRedisAndNeverRepeatsIt(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a Redis is named as redis://host:port/db")
        .hasMessageNotContaining("sec");
  }
}
