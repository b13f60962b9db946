package dev.spillway.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
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

  /** An address of another machine is no more in use than a port that only root may have. */
  @Test
  void saysWhyItCannotBeListenedOn() {
    ListenAddress address = ListenAddress.parse("10.0.0.7:80");
    BindException taken = new BindException("Address already in use");

    assertThat(address.whyNot(taken)).isEqualTo("10.0.0.7:80 is already in use");
    assertThat(address.whyNot(new IOException("Failed to bind", taken)))
        .isEqualTo("10.0.0.7:80 is already in use");
    assertThat(address.whyNot(new IOException("x", new BindException("Permission denied"))))
        .isEqualTo("10.0.0.7:80 cannot be listened on: Permission denied");
    assertThat(address.whyNot(new IOException("no such host")))
        .isEqualTo("10.0.0.7:80 cannot be listened on: no such host");
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(ListenAddress.parse("[::1]:0").withPort(7)).hasToString("[::1]:7");
    assertThat(ListenAddress.parse("127.0.0.1:80")).hasToString("127.0.0.1:80");
  }
}
