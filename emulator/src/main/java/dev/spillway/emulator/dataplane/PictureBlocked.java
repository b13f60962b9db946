package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.model.MediaFamily;
import java.time.Instant;

/** The bodies of a 400 for a picture that the content filter does not let be drawn, or let out. */
final class PictureBlocked {

  /** Which of the two it is. */
  enum What {
    PROMPT(
        "Your task failed as a result of our safety system.",
        "Your request was rejected as a result of our safety system. Your prompt may contain text"
            + " that is not allowed by our safety system."),
    PICTURE(
        "Generated image was filtered as a result of our safety system.",
        "Generated image was filtered as a result of our safety system.");

    private final String until2023;
    private final String since2024;

    What(String until2023, String since2024) {
      this.until2023 = until2023;
      this.since2024 = since2024;
    }
  }

  private PictureBlocked() {}

  /** As documented with DALL-E 2 and 3. */
  static byte[] until2023(What what, Instant now) {
    return ChatJson.object(json -> {
      json.writeNumberProperty("created", now.getEpochSecond());
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", "contentFilter");
      json.writeStringProperty("message", what.until2023);
      json.writeEndObject();
    });
  }

  /** With what was found, as in the specification of 2024. */
  static byte[] since2024(What what, MediaFamily family, Verdict.Blocked verdict) {
    boolean dallE = family == MediaFamily.DALL_E;
    return ChatJson.object(json -> {
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", dallE ? "content_policy_violation" : "moderation_blocked");
      json.writeObjectPropertyStart("inner_error");
      json.writeStringProperty("code", "ResponsibleAIPolicyViolation");
      FilterAnnotations.OF_PICTURES.write(json, "content_filter_results", verdict.annotations());
      json.writeEndObject();
      json.writeStringProperty("message", what.since2024);
      json.writeStringProperty(
          "type", dallE ? "invalid_request_error" : "image_generation_user_error");
      json.writeEndObject();
    });
  }
}
