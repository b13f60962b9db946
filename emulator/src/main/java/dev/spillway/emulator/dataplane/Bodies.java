package dev.spillway.emulator.dataplane;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Error bodies that are the same in every year. */
final class Bodies {

  static final String INVALID_KEY =
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a"
          + " valid key for an active subscription and use a correct regional API endpoint for your"
          + " resource.";
  static final String NO_DEPLOYMENT =
      "The API deployment for this resource does not exist. If you created the deployment within"
          + " the last 5 minutes, please wait a moment and try again.";

  /** DeploymentNotFound until 2025: one blank, before {@code "message"}; 198 bytes. */
  static final String COMPACT_DEPLOYMENT_NOT_FOUND =
      "{\"error\":{\"code\":\"DeploymentNotFound\", \"message\":\"" + NO_DEPLOYMENT + "\"}}";

  /** Two blanks, line feeds, no blank before a colon: how the model engine writes its errors. */
  private static final DefaultPrettyPrinter ENGINE_SPACING =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private static final ObjectWriter ENGINE = new JsonMapper().writer().with(ENGINE_SPACING);

  private Bodies() {}

  /** An error of the model engine, ending in a line feed. */
  static String engineError(EngineError error) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = ENGINE.createGenerator(out)) {
      json.writeStartObject();
      error.write(json);
      json.writeEndObject();
    }
    return out.append('\n').toString();
  }

  /** DeploymentNotFound as the engine's writer spells it since 2026, without a final line feed. */
  static String prettyDeploymentNotFound() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = ENGINE.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("type", "invalid_request_error");
      json.writeStringProperty("code", "DeploymentNotFound");
      json.writeStringProperty("message", NO_DEPLOYMENT);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toString();
  }
}
