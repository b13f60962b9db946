package dev.spillway.router.plan;

/** One header line. */
public record Header(String name, String value) {}
