package dev.spillway.router.check;

import dev.spillway.router.check.Finding.Severity;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Findings for programs. */
public final class FindingsJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private FindingsJson() {}

  /** {@code {"errors":1,"warnings":0,"findings":[…]}}. */
  public static String of(List<Finding> findings) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("errors", count(findings, Severity.ERROR));
    document.put("warnings", count(findings, Severity.WARNING));
    ArrayNode list = document.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
          .put("check", finding.check())
          .put("file", finding.file())
          .put("line", finding.line())
          .put("reason", finding.reason())
          .put("cure", finding.cure());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
