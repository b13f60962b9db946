package dev.spillway.router.ledger;

import dev.spillway.router.trace.Purpose;

/** What is added up together. All of it comes from the configuration, so there are never many. */
public record Account(String pool, String backend, String caller, Purpose purpose) {}
