package dev.spillway.emulator;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.identity.EntraConfig;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.upstream.UpstreamConfig;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything secret that an emulator was configured with, or has made since. */
final class Secrets {

  private Secrets() {}

  static Set<String> of(EmulatorConfig config, Resources resources) {
    Set<String> secrets = new LinkedHashSet<>();
    resources.all().stream().map(Resource::keys).forEach(secrets::addAll);
    EntraConfig entra = config.entraOrDefaults();
    secrets.addAll(entra.clients().values());
    RecordingsConfig recordings = config.recordings();
    UpstreamConfig upstream = recordings == null ? null : recordings.upstream();
    addIfThere(secrets, config.adminKey());
    addIfThere(secrets, upstream == null ? null : upstream.apiKey());
    return secrets;
  }

  private static void addIfThere(Set<String> secrets, @Nullable String secret) {
    if (secret != null) {
      secrets.add(secret);
    }
  }
}
