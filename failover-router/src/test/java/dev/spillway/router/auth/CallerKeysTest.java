package dev.spillway.router.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerKeysTest {

  private final CallerKeys keys =
      new CallerKeys(
          List.of(
              new Client(Caller.of("analysts"), new Secret("one")),
              new Client(Caller.of("batch"), new Secret("two"))));

  @ParameterizedTest
  @CsvSource({
    "api-key, one, analysts",
    "api-key, two, batch",
    "Ocp-Apim-Subscription-Key, two, batch",
    "Authorization, Bearer two, batch",
    "Authorization, bearer two, batch",
    "Authorization, two,",
    "Authorization, Basic two,",
    "api-key, three,",
    "api-key, on,",
    "api-key, '',",
    "x-api-key, one,",
  })
  void knowsTheCallerByTheKey(String header, String value, String caller) {
    assertThat(keys.callerOf(Map.of(header, value)::get).map(Caller::name).orElse(null))
        .isEqualTo(caller);
  }

  @Test
  void withoutClientsEverybodyMayCall() {
    assertThat(new CallerKeys(List.of()).callerOf(name -> null)).hasValue(Caller.ANYBODY);
  }
}
