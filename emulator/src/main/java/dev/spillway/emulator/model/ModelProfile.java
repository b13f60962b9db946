package dev.spillway.emulator.model;

import dev.spillway.wire.Operation;

/**
 * What is known of one model.
 *
 * @param name the Azure name
 * @param modelClass decides windows, charge and overheads
 * @param encoding name of the vocabulary, such as {@code o200k_base}
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
    MediaFamily family) {

  /** Whether an operation can be asked of it. */
  public boolean does(Operation operation) {
    return modelClass == ModelClass.MEDIA ? family.does(operation) : modelClass.does(operation);
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
        family);
  }
}
