package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers with vectors, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class EmbeddingsGoldenTest {

  private final Goldens goldens;
  @AutoClose private final EmulatorFixture emulator;

  EmbeddingsGoldenTest(String wire) {
    this.goldens = new Goldens(wire);
    this.emulator =
        EmulatorFixture.start(
            wire, DeploymentSpec.standard("large", "text-embedding-3-large", Limit.of(1)));
  }

  private RawHttp.Answer embed(String body) {
    return emulator.post(
        "/openai/deployments/large/embeddings?api-version=" + goldens.version(), body);
  }

  @Test
  void numbers() {
    goldens.check(
        "200-embeddings", embed("{\"input\":[\"The river\",\"A lake\"],\"dimensions\":3}"));
  }

  @Test
  void bytes() {
    goldens.check(
        "200-embeddings-base64",
        embed("{\"input\":\"The river\",\"dimensions\":8,\"encoding_format\":\"base64\"}"));
  }

  @Test
  void tooManyTokens() {
    String body = "{\"dimensions\":1,\"input\":\"" + "a".repeat(2_400) + "\"}";
    assertThat(embed(body).statusLine()).contains("200");
    emulator.clock.advance(Duration.ofSeconds(10));

    goldens.check("429-embeddings", embed(body));
  }

  @Test
  void anInputThatIsEmpty() {
    goldens.check("400-embeddings", embed("{\"input\":[\"\"]}"));
  }
}
