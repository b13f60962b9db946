package dev.spillway.emulator.dataplane;

import static dev.spillway.emulator.filter.FilterCategory.HATE;
import static dev.spillway.emulator.filter.FilterCategory.JAILBREAK;
import static dev.spillway.emulator.filter.FilterCategory.SELF_HARM;
import static dev.spillway.emulator.filter.FilterCategory.SEXUAL;
import static dev.spillway.emulator.filter.FilterCategory.VIOLENCE;

import dev.spillway.emulator.filter.Annotation;
import dev.spillway.emulator.filter.FilterCategory;
import dev.spillway.emulator.filter.Severity;
import dev.spillway.emulator.filter.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what the content filter says, as one year did.
 *
 * <p>A year names the categories it knew, as far as the policy looks for them; others only when
 * they are found.
 */
record FilterAnnotations(Set<FilterCategory> known) {

  private static final String RESULTS = "content_filter_results";

  static final FilterAnnotations UNTIL_2024 =
      new FilterAnnotations(EnumSet.of(HATE, SELF_HARM, SEXUAL, VIOLENCE));
  static final FilterAnnotations SINCE_2025 =
      new FilterAnnotations(EnumSet.allOf(FilterCategory.class));

  /**
   * Of pictures and the prompts for them, in every year; a picture has no jailbreak to look for.
   */
  static final FilterAnnotations OF_PICTURES =
      new FilterAnnotations(EnumSet.of(HATE, SELF_HARM, SEXUAL, VIOLENCE, JAILBREAK));

  /** Whether it says anything at all in that year. */
  boolean hasAny(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed passed -> passed.annotations().stream().anyMatch(this::isShown);
      case Verdict.Blocked blocked -> true;
      case Verdict.Unfiltered unfiltered -> true;
      case Verdict.Pending pending -> false;
    };
  }

  /** The results of a choice or a chunk. */
  void write(JsonGenerator json, Verdict verdict) {
    switch (verdict) {
      case Verdict.Passed passed -> write(json, RESULTS, passed.annotations());
      case Verdict.Blocked blocked -> write(json, RESULTS, blocked.annotations());
      case Verdict.Unfiltered unfiltered -> writeError(json);
      case Verdict.Pending pending -> {}
    }
  }

  /** The categories as a member of that name. */
  void write(JsonGenerator json, String name, List<Annotation> annotations) {
    json.writeObjectPropertyStart(name);
    writeBlocklists(json, annotations);
    for (Annotation of : annotations) { // for every token of every stream
      if (isShown(of)) {
        write(json, of);
      }
    }
    json.writeEndObject();
  }

  /** The error stands in the singular, beside an empty plural. */
  private static void writeError(JsonGenerator json) {
    json.writeObjectPropertyStart("content_filter_result");
    json.writeObjectPropertyStart("error");
    json.writeStringProperty("code", "content_filter_error");
    json.writeStringProperty("message", "The contents are not filtered");
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectPropertyStart(RESULTS);
    json.writeEndObject();
  }

  private boolean isShown(Annotation annotation) {
    return switch (annotation) {
      case Annotation.Graded of -> known.contains(of.category()) || of.severity() != Severity.SAFE;
      case Annotation.Detected of -> known.contains(of.category()) || of.detected();
      case Annotation.Listed of -> true;
    };
  }

  private static void write(JsonGenerator json, Annotation annotation) {
    switch (annotation) {
      case Annotation.Graded of -> {
        json.writeObjectPropertyStart(of.category().onTheWire());
        json.writeBooleanProperty("filtered", of.filtered());
        json.writeStringProperty("severity", of.severity().onTheWire());
        json.writeEndObject();
      }
      case Annotation.Detected of -> {
        json.writeObjectPropertyStart(of.category().onTheWire());
        json.writeBooleanProperty("detected", of.detected());
        json.writeBooleanProperty("filtered", of.filtered());
        json.writeEndObject();
      }
      case Annotation.Listed of -> {}
    }
  }

  /** They come first, by the alphabet. */
  private static void writeBlocklists(JsonGenerator json, List<Annotation> annotations) {
    boolean any = false;
    for (Annotation annotation : annotations) {
      if (annotation instanceof Annotation.Listed of) {
        if (!any) {
          json.writeArrayPropertyStart("custom_blocklists");
          any = true;
        }
        json.writeStartObject();
        json.writeBooleanProperty("filtered", of.filtered());
        json.writeStringProperty("id", of.blocklist());
        json.writeEndObject();
      }
    }
    if (any) {
      json.writeEndArray();
    }
  }
}
