package dev.spillway.emulator.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallSeedsTest {

  private final CallSeeds seeds = new CallSeeds(42);

  private static CallSeed next(CallSeeds seeds, String body) {
    return seeds.next("/chat", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSameRequestGetsTheSameTextAndOtherIdentifiers() {
    CallSeed first = next(seeds, "a");
    CallSeed second = next(seeds, "a");

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.choice(0).nextLong()).isEqualTo(first.choice(0).nextLong());
    assertThat(second.guid("x")).isNotEqualTo(first.guid("x"));
    assertThat(second.id("chatcmpl-", 29)).isNotEqualTo(first.id("chatcmpl-", 29));
  }

  @Test
  void anotherBodyPathOrSeedGetsAnotherText() {
    long usual = next(seeds, "a").text();

    assertThat(next(seeds, "b").text()).isNotEqualTo(usual);
    assertThat(seeds.next("/other", new byte[] {'a'}).text()).isNotEqualTo(usual);
    assertThat(next(new CallSeeds(43), "a").text()).isNotEqualTo(usual);
  }

  @Test
  void theSameSequenceGetsTheSameSeeds() {
    CallSeeds again = new CallSeeds(42);

    for (int i = 0; i < 100; i++) {
      assertThat(next(again, "a" + i % 7)).isEqualTo(next(seeds, "a" + i % 7));
    }
  }

  @Test
  void afterAResetItCountsAsAtTheBeginning() {
    CallSeed first = next(seeds, "a");

    seeds.reset();

    assertThat(next(seeds, "a")).isEqualTo(first);
  }

  @Test
  void noIdentifierComesTwiceEvenAfterMoreRequestsThanItRemembers() {
    Set<Long> identities = new HashSet<>();

    for (int i = 0; i < 250_000; i++) {
      identities.add(next(seeds, i % 5 == 0 ? "the usual" : "number " + i).identity());
    }

    assertThat(identities.size()).isEqualTo(250_000);
  }

  @Test
  void aGuidIsARandomUuidAndDiffersByPurpose() {
    CallSeed seed = next(seeds, "a");

    UUID uuid = UUID.fromString(seed.guid("apim-request-id"));

    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(seed.guid("x-request-id")).isNotEqualTo(uuid.toString());
  }

  @Test
  void anIdIsItsPrefixAndLettersAndDigits() {
    assertThat(next(seeds, "a").id("chatcmpl-", 29)).matches("chatcmpl-[A-Za-z0-9]{29}");
  }

  @Test
  void theChoicesOfOneAnswerDiffer() {
    CallSeed seed = next(seeds, "a");

    assertThat(seed.choice(0).nextLong()).isNotEqualTo(seed.choice(1).nextLong());
  }
}
