package dev.spillway.emulator.identity;

/**
 * Whom a token is issued to.
 *
 * @param tenant its tenant's GUID
 * @param managed whether it is a managed identity, whose tokens live for a day
 */
public record Application(String tenant, String clientId, String oid, boolean managed) {}
