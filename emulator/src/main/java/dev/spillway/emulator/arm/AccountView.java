package dev.spillway.emulator.arm;

import dev.spillway.emulator.deployment.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How the resource manager shows an account. */
record AccountView(
    String id,
    String name,
    String type,
    String location,
    String kind,
    Map<String, String> sku,
    Properties properties,
    SystemData systemData,
    String etag) {

  record Properties(
      String endpoint,
      String customSubDomainName,
      String provisioningState,
      String publicNetworkAccess,
      boolean disableLocalAuth,
      List<String> privateEndpointConnections,
      String dateCreated) {}

  /**
   * Shows it.
   *
   * @param address where the caller reaches the emulator; empty for Azure's own names
   * @param started when the emulator started
   */
  static AccountView of(Resource account, String address, Instant started) {
    String endpoint =
        address.isEmpty()
            ? "https://" + account.name() + ".openai.azure.com/"
            : address + account.prefix() + "/";
    String id = Directory.id(account);
    return new AccountView(
        id,
        account.name(),
        Directory.ACCOUNTS,
        account.region(),
        account.kind(),
        Map.of("name", "S0"),
        new Properties(
            endpoint,
            account.name(),
            "Succeeded",
            "Enabled",
            !account.access().localAuth(),
            List.of(),
            started.toString()),
        SystemData.of(started, started),
        "\"" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)) + "\"");
  }
}
