package dev.spillway.emulator.identity;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tenants there are: the configured one, or any.
 *
 * <p>A tenant is asked for by its GUID, by a domain name, or by one of the words for whichever.
 */
public final class Tenants {

  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final Set<String> ANY = Set.of("common", "organizations", "consumers");
  private static final String ISSUER = "https://sts.windows.net/";
  private static final String MADE_UP = guid("the emulator's tenant");

  private final @Nullable String only;

  Tenants(@Nullable String only) {
    this.only = only;
  }

  /** The GUID of the tenant that is asked for, when there is such a one. */
  public Optional<String> find(String asked) {
    String name = asked.toLowerCase(Locale.ROOT);
    if (ANY.contains(name) || DOMAIN.matcher(name).matches()) {
      return Optional.of(own());
    }
    return GUID.matcher(name).matches() && (only == null || only.equals(name))
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The tenant where none is asked for. */
  public String own() {
    return only == null ? MADE_UP : only;
  }

  /** Who issues tokens of version 1.0, which Azure's own services take. */
  public String issuer(String tenant) {
    return ISSUER + tenant + "/";
  }

  boolean isIssuer(@Nullable String issuer) {
    return issuer != null
        && issuer.startsWith(ISSUER)
        && issuer.endsWith("/")
        && issuer.length() > ISSUER.length()
        && find(issuer.substring(ISSUER.length(), issuer.length() - 1)).isPresent();
  }

  /** Whether this is how a tenant's, client's or object's id looks. */
  public static boolean isGuid(String text) {
    return GUID.matcher(text).matches();
  }

  /** The same GUID for the same text. */
  static String guid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
