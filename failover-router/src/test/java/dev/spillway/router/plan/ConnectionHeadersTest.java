package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionHeadersTest {

  @ParameterizedTest
  @CsvSource({
    "Connection, true",
    "CONTENT-LENGTH, true",
    "te, true",
    "Transfer-Encoding, true",
    "Content-Type, false",
    "x-te, false"
  })
  void whatConcernsOneConnectionIsKnownByName(String name, boolean concerns) {
    assertThat(ConnectionHeaders.contains(name)).isEqualTo(concerns);
  }

  @ParameterizedTest
  @CsvSource({
    "'close', close, true",
    "'keep-alive, X-Hop', x-hop, true",
    "'keep-alive , x-hop ', X-Hop, true",
    "'keep-alive', x-hop, false",
    "'x-hop-by-hop', x-hop, false",
    "'', x-hop, false"
  })
  void whatAConnectionListsIsOfThisConnectionOnly(String list, String name, boolean listed) {
    assertThat(ConnectionHeaders.isListed(list, name)).isEqualTo(listed);
  }
}
