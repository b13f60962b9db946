package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Header;
import dev.spillway.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** Reads headers: a mapping of names to values. */
final class HeaderLines {

  private HeaderLines() {}

  static List<Header> read(YamlValue section) {
    List<Header> headers = new ArrayList<>();
    section.map().entries().forEach((name, value) -> headers.add(new Header(name, value.text())));
    return headers;
  }
}
