package dev.spillway.emulator;

import dev.spillway.emulator.identity.EntraConfig;
import dev.spillway.emulator.identity.EntraMode;
import dev.spillway.emulator.identity.Principal;
import dev.spillway.emulator.identity.Role;
import dev.spillway.emulator.identity.Tenants;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code entra} of an {@code emulator.yaml}. */
final class EntraYaml {

  private static final EntraConfig DEFAULTS = EntraConfig.defaults();
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

  private EntraYaml() {}

  static EntraConfig entra(YamlValue value, List<ResourceConfig> resources) {
    YamlMap keys = value.map();
    EntraConfig entra =
        new EntraConfig(
            keys.find("mode").map(mode -> mode.oneOf(EntraMode.class)).orElse(DEFAULTS.mode()),
            keys.find("tenant").map(EntraYaml::guid).orElse(null),
            keys.find("clients").map(EntraYaml::clients).orElse(DEFAULTS.clients()),
            keys.find("principals")
                .map(all -> principals(all, names(resources)))
                .orElse(DEFAULTS.principals()),
            keys.find("default-roles").map(EntraYaml::roles).orElse(DEFAULTS.defaultRoles()),
            keys.find("role-propagation")
                .map(YamlValue::duration)
                .orElse(DEFAULTS.rolePropagation()),
            keys.find("token-lifetime").map(EntraYaml::lifetime).orElse(null),
            keys.find("identity-header").map(EntraYaml::header).orElse(DEFAULTS.identityHeader()));
    keys.end();
    return entra;
  }

  private static Map<String, Boolean> names(List<ResourceConfig> resources) {
    return resources.stream().collect(Collectors.toMap(one -> one.resource().name(), one -> true));
  }

  private static String guid(YamlValue value) {
    String guid = value.text().toLowerCase(Locale.ROOT);
    if (!Tenants.isGuid(guid)) {
      throw value.expected("a GUID such as 11111111-2222-3333-4444-555555555555");
    }
    return guid;
  }

  private static Map<String, String> clients(YamlValue value) {
    Map<String, String> clients = new LinkedHashMap<>();
    value.map().entries().forEach((id, secret) -> clients.put(id, secret(secret)));
    return clients;
  }

  private static String secret(YamlValue value) {
    String secret = value.text();
    if (secret.isBlank()) {
      throw value.expected("a secret that is not empty");
    }
    return secret;
  }

  private static List<Principal> principals(YamlValue value, Map<String, Boolean> resources) {
    List<Principal> principals = new ArrayList<>();
    value.map().entries().forEach((id, one) -> principals.add(principal(id, one, resources)));
    return principals;
  }

  private static Principal principal(String id, YamlValue value, Map<String, Boolean> resources) {
    YamlMap keys = value.map();
    String oid = keys.find("oid").map(EntraYaml::guid).orElse(null);
    Set<Role> roles = keys.find("roles").map(EntraYaml::roles).orElse(Set.of());
    Set<String> places = keys.find("resources").map(all -> places(all, resources)).orElse(Set.of());
    keys.end();
    try {
      return new Principal(id, oid, roles, places);
    } catch (IllegalArgumentException e) {
      throw value.problem("cannot be used: " + e.getMessage());
    }
  }

  private static Set<String> places(YamlValue value, Map<String, Boolean> resources) {
    return value.list().stream()
        .map(name -> {
          boolean unused = name.lookUp("resource", resources);
          return name.text();
        })
        .collect(Collectors.toSet());
  }

  private static Set<Role> roles(YamlValue value) {
    return value.list().stream()
        .map(name -> name.lookUp("role", Role.BY_NAME))
        .collect(Collectors.toSet());
  }

  private static Duration lifetime(YamlValue value) {
    Duration lifetime = value.duration();
    if (lifetime.toSeconds() < 1) {
      throw value.expected("a duration of 1s and more");
    }
    return lifetime;
  }

  private static String header(YamlValue value) {
    String header = value.text();
    if (!HEADER.matcher(header).matches()) {
      throw value.expected("1 to 128 letters, digits, '.', '_', '~' or '-'");
    }
    return header;
  }
}
