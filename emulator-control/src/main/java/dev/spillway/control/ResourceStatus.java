package dev.spillway.control;

import java.util.List;

/**
 * A resource as it stands; its keys are told by nobody.
 *
 * @param name such as {@code contoso-eastus}
 * @param region as Azure names it
 * @param kind {@code OpenAI} or {@code AIServices}
 * @param path what puts it before Azure's paths, below the emulator's address
 * @param deployments in the order of their names
 */
public record ResourceStatus(
    String name, String region, String kind, String path, List<DeploymentStatus> deployments) {}
