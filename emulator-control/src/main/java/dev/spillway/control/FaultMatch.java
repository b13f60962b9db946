package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a fault strikes; what is null does not narrow.
 *
 * @param resource the one the call came to
 * @param region the resource's, as Azure names it
 * @param deployment the one that is asked
 * @param operation as the path says it, such as {@code chat/completions}
 * @param stream whether the call asks for a stream
 * @param caller as the journal names it
 * @param headers of the request, which must all be there; an empty value stands for any
 * @param body what the request's body contains, as it was written
 * @param bodyRegex what is found in the request's body
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FaultMatch(
    @Nullable String resource,
    @Nullable String region,
    @Nullable String deployment,
    @Nullable String operation,
    @Nullable Boolean stream,
    @Nullable String caller,
    @Nullable Map<String, String> headers,
    @Nullable String body,
    @JsonProperty("body-regex") @JsonAlias("bodyRegex") @Nullable String bodyRegex) {

  public static final FaultMatch ANY =
      new FaultMatch(null, null, null, null, null, null, null, null, null);

  public FaultMatch {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
    if (bodyRegex != null) {
      Pattern unused = Pattern.compile(bodyRegex);
    }
  }

  public FaultMatch withResource(@Nullable String wanted) {
    return new FaultMatch(
        wanted, region, deployment, operation, stream, caller, headers, body, bodyRegex);
  }

  public FaultMatch withRegion(@Nullable String wanted) {
    return new FaultMatch(
        resource, wanted, deployment, operation, stream, caller, headers, body, bodyRegex);
  }

  public FaultMatch withDeployment(@Nullable String wanted) {
    return new FaultMatch(
        resource, region, wanted, operation, stream, caller, headers, body, bodyRegex);
  }

  public FaultMatch withOperation(@Nullable String wanted) {
    return new FaultMatch(
        resource, region, deployment, wanted, stream, caller, headers, body, bodyRegex);
  }

  public FaultMatch withStream(@Nullable Boolean wanted) {
    return new FaultMatch(
        resource, region, deployment, operation, wanted, caller, headers, body, bodyRegex);
  }

  public FaultMatch withCaller(@Nullable String wanted) {
    return new FaultMatch(
        resource, region, deployment, operation, stream, wanted, headers, body, bodyRegex);
  }

  public FaultMatch withHeaders(@Nullable Map<String, String> wanted) {
    return new FaultMatch(
        resource, region, deployment, operation, stream, caller, wanted, body, bodyRegex);
  }

  public FaultMatch withBody(@Nullable String contained) {
    return new FaultMatch(
        resource, region, deployment, operation, stream, caller, headers, contained, bodyRegex);
  }

  public FaultMatch withBodyRegex(@Nullable String found) {
    return new FaultMatch(
        resource, region, deployment, operation, stream, caller, headers, body, found);
  }

  /** Whether it asks nothing but where: a resource, a region, a deployment. */
  boolean isOfAPlace() {
    return withResource(null).withRegion(null).withDeployment(null).equals(ANY);
  }
}
