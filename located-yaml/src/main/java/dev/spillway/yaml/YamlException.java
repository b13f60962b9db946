package dev.spillway.yaml;

/** A document that cannot be used, in one line: {@code emulator.yaml:12: what is wrong}. */
public final class YamlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  YamlException(String file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
    this.file = file;
    this.line = line;
  }

  /** About the file as a whole. */
  YamlException(String file, String problem) {
    super(file + ": " + problem);
    this.file = file;
    this.line = 0;
  }

  public String file() {
    return file;
  }

  /** Counted from 1; 0 where the file as a whole is meant. */
  public int line() {
    return line;
  }
}
