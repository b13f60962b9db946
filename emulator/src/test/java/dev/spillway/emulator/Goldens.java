package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The answers that stand in {@code wire/<year>/}. */
record Goldens(String wire) {

  /** An api-version of that year whose answers are annotated. */
  String version() {
    return wire.equals("2023") ? "2023-06-01-preview" : "2024-02-01";
  }

  /** A deployment of a model of that year. */
  String deployment() {
    return wire.compareTo("2024") <= 0 ? "35turbo" : "mini";
  }

  void check(String name, RawHttp.Answer answer) {
    assertThat(answer.masked()).isEqualTo(read(name));
  }

  private String read(String name) {
    String file = "wire/" + wire + "/" + name + ".http";
    try (InputStream golden =
        Objects.requireNonNull(Goldens.class.getResourceAsStream(file), file)) {
      return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
