package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.attempt.Fixtures;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Credential.Kind;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.JettyUpstream;
import dev.spillway.router.upstream.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a backend is shown, over a socket. */
class BackendTokenTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Credential.Token SYSTEM = token(new Kind.ManagedIdentity(null));
  private static final Credential.Token APP =
      token(new Kind.ClientSecret("t", "app", new Secret("s"), null));

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();
  private final Scripted tokens = new Scripted();
  private final JettyUpstream upstream =
      new JettyUpstream(Outbound.DEFAULT, Duration.ofSeconds(2), tokens, 1_000_000, fixture.clock);

  @AfterEach
  void close() {
    upstream.close();
    fixture.close();
  }

  /** Invariant I7. */
  @Test
  void everyBackendIsShownItsOwnCredentialAndNothingElse() throws Exception {
    tokens.held.put(SYSTEM, "token-of-the-system");
    tokens.held.put(APP, "token-of-the-app");

    ask(micro, SYSTEM);
    assertThat(micro.last().header("Authorization")).isEqualTo("Bearer token-of-the-system");
    assertThat(micro.last().header("Api-key")).isEqualTo("(none)");

    ask(turbo, APP);
    assertThat(turbo.last().header("Authorization")).isEqualTo("Bearer token-of-the-app");

    ask(turbo, new Credential.ApiKey(new Secret("key-of-turbo")));
    assertThat(turbo.last().header("Authorization")).isEqualTo("(none)");
    assertThat(turbo.last().header("Api-key")).isEqualTo("key-of-turbo");

    ask(turbo, Credential.NONE);
    assertThat(turbo.last().headers()).doesNotContainKeys("Authorization", "Api-key");
  }

  @Test
  void withoutATokenTheBackendIsNotAsked() throws Exception {
    assertThat(ask(micro, SYSTEM)).isEqualTo(new AttemptResult.NoToken("down"));
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void a401ToAnOldTokenIsNoRejectionAndOneToTheNewestIs() throws Exception {
    micro.answering(401, "{\"error\":{\"code\":\"401\"}}");
    tokens.held.put(SYSTEM, "old");
    tokens.next = "new";

    assertThat(ask(micro, SYSTEM)).isInstanceOf(AttemptResult.TokenRefused.class);
    assertThat(ask(micro, SYSTEM)).isInstanceOf(AttemptResult.Rejected.class);
    assertThat(micro.seen())
        .extracting(seen -> seen.header("Authorization"))
        .containsExactly("Bearer old", "Bearer new");
  }

  @Test
  void a403IsARejectionWhateverTheToken() throws Exception {
    micro.answering(403, "{\"error\":{\"code\":\"403\"}}");
    tokens.held.put(SYSTEM, "old");
    tokens.next = "new";

    assertThat(ask(micro, SYSTEM)).isInstanceOf(AttemptResult.Rejected.class);
  }

  private AttemptResult ask(FakeBackend backend, Credential credential)
      throws InterruptedException {
    Backend asked =
        new Backend(
            "b",
            URI.create(backend.url()),
            Api.azure("b", "2024-10-21"),
            credential,
            Map.of(),
            "b");
    return upstream.send(asked, Fixtures.call(), new AttemptLimits(MINUTE, MINUTE, MINUTE, MINUTE));
  }

  private static Credential.Token token(Kind kind) {
    return new Credential.Token(kind, "https://cognitiveservices.azure.com/.default");
  }

  /** Tokens as the test says. */
  private static final class Scripted implements Tokens {

    private final Map<Credential.Token, String> held = new HashMap<>();
    private String next = "";

    @Override
    public Held of(Credential.Token credential, Duration patience) {
      String token = held.get(credential);
      return token == null ? new Held.Missing("down") : new Held.Valid(token);
    }

    @Override
    public boolean hasAnother(Credential.Token credential, String refused, Duration patience) {
      held.put(credential, next);
      return !refused.equals(next);
    }
  }
}
