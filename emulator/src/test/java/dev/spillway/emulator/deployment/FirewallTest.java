package dev.spillway.emulator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.0/23, 10.1.3.255, true",
    "10.1.2.0/23, 10.1.4.0, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "2001:db8::/32, 2001:db8:1::7, true",
    "2001:db8::/32, 2001:db9::7, false",
    "fe80::/10, fe80::1%eth0, true",
    "::/0, [::1], true",
    "::/0, 127.0.0.1, false",
    "0.0.0.0/0, localhost, false",
  })
  void aRangeIsOfAddressesThatBeginWithTheSameBits(String range, String caller, boolean let) {
    Firewall firewall = new Firewall(List.of(AddressRange.parse(range)), false);

    assertThat(firewall.lets(caller, null)).isEqualTo(let);
  }

  @Test
  void withoutRulesEverybodyIsLetIn() {
    assertThat(Firewall.OPEN.lets("127.0.0.1", null)).isTrue();
    assertThat(Firewall.OPEN.lets("[::1]", "whatever")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/8", "203.0.113.7", "::/0", "2001:db8::/32", "::1", "fe80::7:0:1"})
  void aRangeIsWrittenAsItWasRead(String text) {
    assertThat(AddressRange.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/", "::/x"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
