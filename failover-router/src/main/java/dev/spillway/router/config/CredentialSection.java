package dev.spillway.router.config;

import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Credential.Kind;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a backend is shown: its {@code api-key}, or a {@code credential} that gets tokens. */
final class CredentialSection {

  private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

  /** The kinds as they are written. */
  private enum Type {
    MANAGED_IDENTITY,
    CLIENT_SECRET,
    WORKLOAD_IDENTITY,
    DEFAULT
  }

  private CredentialSection() {}

  /** The credential among a backend's keys. */
  static Credential read(YamlMap backend) {
    Optional<YamlValue> key = backend.find("api-key");
    Optional<YamlValue> credential = backend.find("credential");
    if (key.isPresent() && credential.isPresent()) {
      throw credential.get().problem("and 'api-key' exclude each other");
    }
    return credential
        .map(CredentialSection::token)
        .or(() -> key.map(value -> new Credential.ApiKey(new Secret(value.text()))))
        .orElse(Credential.NONE);
  }

  private static Credential token(YamlValue value) {
    if (!value.isMap()) {
      return new Credential.Token(bare(value), SCOPE);
    }
    YamlMap keys = value.map();
    Kind kind = kind(keys);
    String scope = keys.find("scope").map(YamlValue::text).orElse(SCOPE);
    keys.end();
    return new Credential.Token(kind, scope);
  }

  private static Kind bare(YamlValue value) {
    return switch (value.oneOf(Type.class)) {
      case MANAGED_IDENTITY -> new Kind.ManagedIdentity(null);
      case WORKLOAD_IDENTITY -> new Kind.WorkloadIdentity(null, null, null);
      case DEFAULT -> new Kind.Default(null, null);
      case CLIENT_SECRET ->
          throw value.problem("needs more: {type: client-secret, tenant, client-id, secret}");
    };
  }

  private static Kind kind(YamlMap keys) {
    return switch (keys.get("type").oneOf(Type.class)) {
      case MANAGED_IDENTITY -> new Kind.ManagedIdentity(text(keys, "client-id"));
      case CLIENT_SECRET ->
          new Kind.ClientSecret(
              keys.get("tenant").text(),
              keys.get("client-id").text(),
              ClientSection.secret(keys.get("secret")),
              authority(keys));
      case WORKLOAD_IDENTITY ->
          new Kind.WorkloadIdentity(text(keys, "tenant"), text(keys, "client-id"), authority(keys));
      case DEFAULT -> new Kind.Default(text(keys, "client-id"), authority(keys));
    };
  }

  private static @Nullable String text(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::text).orElse(null);
  }

  private static @Nullable URI authority(YamlMap keys) {
    return keys.find("authority")
        .map(value -> value.parse("an https:// address", CredentialSection::https))
        .orElse(null);
  }

  private static URI https(String text) {
    URI uri = URI.create(text);
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
