package dev.spillway.cli;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code NAME=MODEL[@VERSION]:LIMIT}. */
final class DeploymentFlag implements ITypeConverter<DeploymentSpec> {

  static final String LABEL = "NAME=MODEL[@VERSION]:LIMIT";

  private static final Pattern FORM = Pattern.compile("([^=]+)=([^@:]+)(?:@([^:]+))?:(.+)");
  private static final String PTU = "ptu";
  private static final long TOKENS_PER_UNIT = 1_000;

  @Override
  public DeploymentSpec convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not of the form " + LABEL + ", such as micro=gpt-35-turbo:40k");
    }
    try {
      String limit = form.group(4);
      return limit.endsWith(PTU)
          ? provisioned(form, Limit.parse(limit.substring(0, limit.length() - PTU.length())))
          : standard(form, Limit.parse(limit));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "': " + e.getMessage());
    }
  }

  private static DeploymentSpec provisioned(Matcher form, Limit ptus) {
    return spec(form, DeploymentSpec.PROVISIONED, ptus, null);
  }

  /** Tokens a minute become capacity; what is no whole thousand is set apart beside it. */
  private static DeploymentSpec standard(Matcher form, Limit tokens) {
    Limit capacity =
        tokens.isUnlimited() ? tokens : Limit.of(Math.ceilDiv(tokens.count(), TOKENS_PER_UNIT));
    Limit apart = capacity.times(TOKENS_PER_UNIT).equals(tokens) ? null : tokens;
    return spec(form, DeploymentSpec.STANDARD, capacity, apart);
  }

  private static DeploymentSpec spec(
      Matcher form, String sku, Limit capacity, @Nullable Limit tpm) {
    return new DeploymentSpec(
        form.group(1), form.group(2), form.group(3), sku, capacity, tpm, null, null, null);
  }
}
