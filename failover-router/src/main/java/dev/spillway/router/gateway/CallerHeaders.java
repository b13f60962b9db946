package dev.spillway.router.gateway;

import dev.spillway.router.plan.ConnectionHeaders;
import dev.spillway.router.plan.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which of a caller's headers travel on: all but credentials, what concerns its connection, and
 * what only a router says or is told.
 */
final class CallerHeaders {

  private static final Set<String> KEPT_BACK =
      Set.of(
          "accept-encoding",
          "api-key",
          "authorization",
          "cookie",
          "expect",
          "host",
          "ocp-apim-subscription-key",
          CallerDeadline.HEADER);

  private CallerHeaders() {}

  static List<Header> passedOn(HttpFields fields) {
    String connection = fields.get(HttpHeader.CONNECTION);
    List<Header> headers = new ArrayList<>(fields.size());
    for (HttpField field : fields) {
      if (travels(field.getName(), connection)) {
        headers.add(new Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
      }
    }
    return headers;
  }

  private static boolean travels(String name, @Nullable String connection) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !KEPT_BACK.contains(lower)
        && !lower.startsWith(RouterHeaders.PREFIX)
        && !ConnectionHeaders.contains(name)
        && (connection == null || !ConnectionHeaders.isListed(connection, name));
  }
}
