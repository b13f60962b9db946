package dev.spillway.rehearsal;

import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What needs the world outside of a simulation, which has a time of its own. */
final class Obstacles {

  private Obstacles() {}

  /** The first one, as it is called in the configuration. */
  static Optional<String> of(EmulatorConfig emulator, RouterConfig router) {
    return Stream.of(
            router.backends().values().stream()
                .filter(backend -> backend.credential() instanceof Credential.Token)
                .map(Obstacles::token),
            found(router.sharedState() != null, "the router's 'shared-state'"),
            found(router.reports().otlp().on(), "the router's 'otlp'"),
            found(emulator.redis() != null, "the emulator's 'redis'"),
            found(asksAnEndpoint(emulator.recordings()), "the emulator's 'recordings.upstream'"))
        .flatMap(each -> each)
        .findFirst();
  }

  private static boolean asksAnEndpoint(@Nullable RecordingsConfig recordings) {
    return recordings != null && recordings.upstream() != null;
  }

  private static String token(Backend backend) {
    return "the token of Entra that the backend '" + backend.name() + "' wants";
  }

  private static Stream<String> found(boolean there, String name) {
    return there ? Stream.of(name) : Stream.empty();
  }
}
