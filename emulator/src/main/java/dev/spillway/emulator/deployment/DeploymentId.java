package dev.spillway.emulator.deployment;

/** Which deployment of which resource; two resources may use the same name. */
public record DeploymentId(String resource, String name) {}
