package dev.spillway.emulator.filter;

import java.util.List;

/** Terms that neither a prompt nor a completion may have in it. */
public record Blocklist(String name, List<TextPattern> terms) {

  public Blocklist {
    terms = List.copyOf(terms);
  }
}
