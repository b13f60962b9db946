package dev.spillway.emulator.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {

  private static final String TYPE = "multipart/form-data; boundary=xyz";
  private static final String FORM =
      """
      preamble
      --xyz
      Content-Disposition: form-data; name="model"

      whisper
      --xyz
      content-disposition: form-data; name=file; filename="a b.wav"
      Content-Type: audio/wav

      RIFF--xyz in the middle
      --xyz
      Content-Disposition: form-data; name="include[]"

      logprobs
      --xyz--
      epilogue
      """
          .replace("\n", "\r\n");

  @Test
  void partsAreTextsAndFiles() {
    List<MultipartForm.Part> parts = parse(TYPE, FORM).orElseThrow();

    assertThat(parts)
        .extracting(MultipartForm.Part::field)
        .containsExactly("model", "file", "include");
    assertThat(parts)
        .extracting(MultipartForm.Part::fileName)
        .containsExactly(null, "a b.wav", null);
    assertThat(parts)
        .extracting(MultipartForm.Part::text)
        .containsExactly("whisper", "RIFF--xyz in the middle", "logprobs");
  }

  @Test
  void aPartWithoutANameOfItsOwnIsAFileByItsType() {
    String head = "--xyz\r\nContent-Disposition: form-data; name=image\r\nContent-Type: ";

    assertThat(
            parse(TYPE, head + "image/png\r\n\r\nx\r\n--xyz--").orElseThrow().getFirst().fileName())
        .isEmpty();
    assertThat(
            parse(TYPE, head + "text/plain\r\n\r\nx\r\n--xyz--")
                .orElseThrow()
                .getFirst()
                .fileName())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=\"xyz\"",
        "Multipart/Form-Data;charset=utf-8;BOUNDARY=xyz",
        "multipart/form-data; boundary=xyz; charset=utf-8"
      })
  void theBoundaryMayBeWrittenInManyWays(String type) {
    assertThat(parse(type, FORM)).map(List::size).contains(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=xyz",
        "application/json",
        "",
        "multipart/form-data; boundary=other"
      })
  void withoutItsBoundaryItIsNoForm(String type) {
    assertThat(parse(type, FORM)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--xyz",
        "--xyz\r\n",
        "--xyz\r\n\r\nnobody's\r\n--xyz--",
        "--xyz\r\nContent-Disposition: form-data\r\n\r\nnobody's\r\n--xyz--",
        "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nnever ends",
        "--xyz\r\nContent-Disposition: form-data; name=a\r\n--xyz--",
        "--xyzContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xyz--"
      })
  void aBrokenFormIsNone(String body) {
    assertThat(parse(TYPE, body)).isEmpty();
  }

  @Test
  void aFormOfNoPartsAndAnEmptyPartAreWell() {
    assertThat(parse(TYPE, "--xyz--")).contains(List.of());
    assertThat(parse(TYPE, part("a", "") + "--xyz--").orElseThrow().getFirst().text()).isEmpty();
  }

  @Test
  void moreThan128PartsAreTooMany() {
    assertThat(parse(TYPE, part("a", "1").repeat(128) + "--xyz--")).isPresent();
    assertThat(parse(TYPE, part("a", "1").repeat(129) + "--xyz--")).isEmpty();
  }

  @Test
  void aHeadOfMoreThanEightKilobytesIsTooLong() {
    assertThat(parse(TYPE, part("a".repeat(9_000), "1") + "--xyz--")).isEmpty();
  }

  @Test
  void nothingThatComesInBreaksIt() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      byte[] body = FORM.getBytes(StandardCharsets.UTF_8);
      for (int j = 0; j < 5; j++) {
        body[random.nextInt(body.length)] = (byte) "-xyz\r\n:; \"".charAt(random.nextInt(10));
      }
      RequestBody damaged = new RequestBody(body, TYPE);

      assertThat(MultipartForm.parse(damaged).orElse(List.of()).size()).isLessThan(10);
      assertThat(TranscriptionRequestReader.transcription(damaged, Roles.SINCE_2025)).isNotNull();
      assertThat(ImageRequestReader.edit(damaged, Roles.SINCE_2025)).isNotNull();
    }
  }

  private static String part(String name, String content) {
    return "--xyz\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + content
        + "\r\n";
  }

  private static Optional<List<MultipartForm.Part>> parse(String type, String body) {
    return MultipartForm.parse(new RequestBody(body.getBytes(StandardCharsets.UTF_8), type));
  }
}
