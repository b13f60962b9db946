package dev.spillway.emulator.request;

import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.Operation;
import java.util.Optional;

/** Which dated api-versions are served, and with what. */
public enum ApiVersions {
  /** Any date, with everything that is served at all. */
  ACCEPT {
    @Override
    public boolean know(ApiVersion version) {
      return true;
    }

    @Override
    public boolean serve(Operation operation, ApiVersion version) {
      return true;
    }

    @Override
    public Optional<FeatureRefusal> refusal(ApiVersion version, Parameters parameters) {
      return Optional.empty();
    }
  },
  /** Those there were, each with what it had. */
  STRICT {
    @Override
    public boolean know(ApiVersion version) {
      return KnownVersions.has(version);
    }

    @Override
    public boolean serve(Operation operation, ApiVersion version) {
      return KnownVersions.has(operation, version);
    }

    @Override
    public Optional<FeatureRefusal> refusal(ApiVersion version, Parameters parameters) {
      return FeatureGate.ALL.stream()
          .flatMap(gate -> gate.refusal(version, parameters).stream())
          .findFirst();
    }
  };

  /** Whether there is that version. */
  public abstract boolean know(ApiVersion version);

  /** Whether an operation is there in that version. */
  public abstract boolean serve(Operation operation, ApiVersion version);

  /** The first thing in a body that the version does not take. */
  public abstract Optional<FeatureRefusal> refusal(ApiVersion version, Parameters parameters);
}
