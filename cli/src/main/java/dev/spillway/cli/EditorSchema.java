package dev.spillway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Prints the JSON Schema of a program's file, which is packaged beside the program's class. */
final class EditorSchema {

  private EditorSchema() {}

  static void print(Class<?> program, String name) throws IOException {
    try (InputStream in = program.getResourceAsStream(name)) {
      Objects.requireNonNull(in).transferTo(System.out);
      System.out.flush();
    }
  }
}
