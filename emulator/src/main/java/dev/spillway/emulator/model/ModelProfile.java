package dev.spillway.emulator.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What is known of one model.
 *
 * @param name the Azure name
 * @param modelClass decides windows, charge and overheads
 * @param encoding name of the vocabulary, one of {@link #ENCODINGS}
 * @param version the version of a deployment that names none
 * @param snapshot how answers call it
 * @param contextTokens prompt and answer together
 * @param outputTokens the longest answer
 * @param rpmPerUnit requests a minute for each unit of capacity
 * @param tpmPerUnit tokens a minute for each unit of capacity
 * @param completionOverhead tokens billed beside those of the answer's text
 * @param ptu what a provisioned deployment of it gives
 * @param reports what its answers tell of how they were made
 * @param family what it makes of pictures and sound
 * @param vectors which it makes of texts
 * @param capabilities what it can do
 * @param lifecycle from when to when there is one
 */
public record ModelProfile(
    String name,
    ModelClass modelClass,
    String encoding,
    String version,
    String snapshot,
    int contextTokens,
    int outputTokens,
    int rpmPerUnit,
    int tpmPerUnit,
    int completionOverhead,
    PtuWeights ptu,
    Reports reports,
    MediaFamily family,
    Vectors vectors,
    Capabilities capabilities,
    Lifecycle lifecycle) {

  public static final List<String> ENCODINGS =
      List.of("o200k_base", "cl100k_base", "p50k_base", "r50k_base");

  /** A chat model of today. */
  static final ModelProfile UNKNOWN =
      new ModelProfile(
          "unknown",
          ModelClass.CHAT,
          "o200k_base",
          "1",
          "unknown",
          128_000,
          16_384,
          1,
          1_000,
          0,
          PtuWeights.UNPUBLISHED,
          Reports.NOTHING,
          MediaFamily.NONE,
          Vectors.NONE,
          new Capabilities(
              Set.of(
                  Capability.CHAT,
                  Capability.RESPONSES,
                  Capability.VISION,
                  Capability.TOOLS,
                  Capability.STRUCTURED_OUTPUTS),
              List.of()),
          Lifecycle.usual(Lifecycle.Status.GENERALLY_AVAILABLE, LocalDate.of(2026, 1, 1)));

  public boolean has(Capability capability) {
    return capabilities.has(capability);
  }

  /** How the service lists it: {@code gpt-4o-2024-11-20}. */
  public String id() {
    String shared = version.substring(0, version.indexOf('-') + 1);
    return !shared.isEmpty() && name.endsWith("-" + shared.substring(0, shared.length() - 1))
        ? name + version.substring(shared.length() - 1)
        : name + "-" + version;
  }

  ModelProfile named(String other) {
    return new ModelProfile(
        other,
        modelClass,
        encoding,
        version,
        other,
        contextTokens,
        outputTokens,
        rpmPerUnit,
        tpmPerUnit,
        completionOverhead,
        ptu,
        reports,
        family,
        vectors,
        capabilities,
        lifecycle);
  }
}
