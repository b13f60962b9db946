package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.ServiceError;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example {@code two-regions}: an outage, and back again, and no caller notices. */
class TwoRegionsIT {

  private static final String PATH = "/openai/v1/chat/completions";
  private static final String BODY =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

  private final Example example = Example.of("two-regions", Map.of("ROUTER_KEY", "k"));

  @AfterEach
  void close() {
    example.close();
  }

  @Test
  void anOutageIsServedByTheOtherRegionAndEndsByItself() {
    assertThat(ask()).isEqualTo("eastus");

    example.advance(Duration.ofSeconds(35));
    int askedEastus = 0;
    for (int second = 35; second < 90; second++) {
      Answer answer = answer();
      assertThat(answer.status()).as("at second %d", second).isEqualTo(200);
      assertThat(answer.servedBy()).isEqualTo("sweden");
      askedEastus += answer.trace().contains("eastus=503") ? 1 : 0;
      example.advance(Duration.ofSeconds(1));
    }
    assertThat(askedEastus).isBetween(2, 10);

    example.advance(Duration.ofSeconds(60));
    for (int i = 0; i < 20; i++) {
      assertThat(ask()).isEqualTo("eastus");
      example.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void aThrottledRegionIsHelpedOutByTheOtherInTheSameRequest() {
    example
        .control()
        .resource("contoso-eastus")
        .fail("gpt-4o", ErrorSwitch.next(1, ServiceError.NO_CAPACITY));

    Answer answer = answer();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.trace()).startsWith("eastus=429(").endsWith("sweden=200(0ms)");
  }

  private String ask() {
    Answer answer = answer();
    assertThat(answer.status()).isEqualTo(200);
    return answer.servedBy();
  }

  private Answer answer() {
    return example.post(PATH, BODY, "api-key", "k");
  }
}
