package dev.spillway.emulator.dataplane;

import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What the content filter looks for, and how it says that it found nothing. */
enum FilterCategory {
  HATE(false),
  JAILBREAK(true),
  PROTECTED_MATERIAL_CODE(true),
  PROTECTED_MATERIAL_TEXT(true),
  SELF_HARM(false),
  SEXUAL(false),
  VIOLENCE(false);

  private final String onTheWire = name().toLowerCase(Locale.ROOT);
  private final boolean detected;

  FilterCategory(boolean detected) {
    this.detected = detected;
  }

  /** {@code content_filter_results} of a text that every category lets pass. */
  static void writeNothingFound(JsonGenerator json, List<FilterCategory> categories) {
    json.writeObjectPropertyStart("content_filter_results");
    for (FilterCategory category : categories) {
      category.write(json);
    }
    json.writeEndObject();
  }

  private void write(JsonGenerator json) {
    json.writeObjectPropertyStart(onTheWire);
    if (detected) {
      json.writeBooleanProperty("detected", false);
      json.writeBooleanProperty("filtered", false);
    } else {
      json.writeBooleanProperty("filtered", false);
      json.writeStringProperty("severity", "safe");
    }
    json.writeEndObject();
  }
}
