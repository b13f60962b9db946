package dev.spillway.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, true, 127.0.0.1",
    "localhost:1, true, localhost",
    "[::1]:80, true, [::1]",
    "0.0.0.0:80, false, 127.0.0.1",
    "[::]:80, false, [::1]",
    "10.0.0.7:80, false, 10.0.0.7",
    "127.example.com:80, false, 127.example.com",
  })
  void anAddressIsLoopbackOnlyWhenNobodyElseReachesIt(
      String address, boolean loopback, String reachable) {
    assertThat(ListenAddress.parse(address).isLoopback()).isEqualTo(loopback);
    assertThat(ListenAddress.parse(address).reachableHost()).isEqualTo(reachable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", "host", "host:", "host:x", "host:65536", "::1:80", "a b:80"})
  void anythingElseIsNoAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ListenAddress.parse(text));
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(ListenAddress.parse("[::1]:0").withPort(7)).hasToString("[::1]:7");
    assertThat(ListenAddress.parse("127.0.0.1:80")).hasToString("127.0.0.1:80");
  }
}
