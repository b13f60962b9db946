package dev.spillway.emulator.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingsTest {

  private static final String ASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5}";

  private static Lookup find(Matching matching, String body) {
    return recordings(matching).find(Exchanges.asking(body));
  }

  private static Recordings recordings(Matching matching) {
    Recording recording = Exchanges.of(Exchanges.asking(ASKED), "[1]");
    return new Recordings(List.of(new NamedRecording("a.yaml", recording)), matching, Repeat.LAST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"temperature\":0.50,\"messages\":[{\"content\":\"Hi\",\"role\":\"user\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":5e-1,\"user\":\"x\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"stream\":false}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"seed\":null}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"model\":\"gpt\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"a\":\"b\"}}",
      })
  void whatMeansTheSameIsTheSame(String body) {
    assertThat(find(Matching.STRICT, body)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void samplingCountsOnlyWhenMatchingIsStrict() {
    String other = ASKED.replace("0.5", "0.7");

    assertThat(find(Matching.LOOSE, other)).isInstanceOf(Lookup.Found.class);
    assertThat(find(Matching.STRICT, other))
        .isEqualTo(
            new Lookup.Missing(
                "No recording is of this request. The nearest is a.yaml:"
                    + " body.temperature is 0.7, and was 0.5."));
  }

  @Test
  void theDeploymentAndApiVersionCountOnlyWhenMatchingIsStrict() {
    RecordedRequest elsewhere =
        new RecordedRequest(
            "POST",
            "/openai/deployments/other/chat/completions",
            "2025-01-01",
            Exchanges.asking(ASKED).body());

    assertThat(recordings(Matching.LOOSE).find(elsewhere)).isInstanceOf(Lookup.Found.class);
    assertThat(recordings(Matching.STRICT).find(elsewhere))
        .isEqualTo(
            new Lookup.Missing(
                "No recording is of this request. The nearest is a.yaml:"
                    + " api-version is 2025-01-01, and was 2024-10-21."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"messages\":[]}|body.messages is [], and was not there",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}|body.temperature is missing, and was 0.5",
      })
  void theFirstDifferenceIsNamed(String body, String difference) {
    assertThat(find(Matching.STRICT, body))
        .isEqualTo(
            new Lookup.Missing(
                "No recording is of this request. The nearest is a.yaml: " + difference + "."));
  }

  @Test
  void withoutAnyRecordingThatIsSaid() {
    Recordings none = new Recordings(List.of(), Matching.STRICT, Repeat.LAST);

    assertThat(none.find(Exchanges.question("Hi")))
        .isEqualTo(new Lookup.Missing("No recording is of this request; there is none at all."));
  }

  @Test
  void aNewFirstRecordingTakesThePlaceOfAllOfItsRequest() {
    Recordings recordings = recordings(Matching.STRICT);
    RecordedRequest request = Exchanges.question("Ho");
    for (String name : List.of("b-12345678.yaml", "b-12345678-2.yaml", "b-12345678.yaml")) {
      recordings.add(new NamedRecording(name, Exchanges.of(request, "[]")));
    }

    assertThat(recordings.list())
        .extracting(one -> one.recording().name())
        .containsExactly("a.yaml", "b-12345678.yaml");
  }
}
