package dev.spillway.emulator.request;

/** Why an api-version does not take a body that others take. */
public sealed interface FeatureRefusal {

  /** The gateway knows the feature, and since when it can be used. */
  record NotYet(String message) implements FeatureRefusal {}

  /** Nobody knows the member. */
  record Unrecognized(String member) implements FeatureRefusal {

    public InvalidRequest problem() {
      return InvalidRequest.because("Unrecognized request argument supplied: " + member);
    }
  }
}
