package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Client;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Affinity;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Credential.Kind;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import dev.spillway.router.backend.SpillAt;
import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.config.Drain;
import dev.spillway.router.config.Limits;
import dev.spillway.router.config.LogKeys;
import dev.spillway.router.config.OtlpKeys;
import dev.spillway.router.config.Reports;
import dev.spillway.router.config.Route;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.link.Proxy;
import dev.spillway.router.plan.Detours;
import dev.spillway.router.plan.EmptyAnswers;
import dev.spillway.router.plan.RetryAmbiguous;
import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.plan.Terms;
import dev.spillway.router.routing.Condition;
import dev.spillway.router.routing.Condition.Measure;
import dev.spillway.router.routing.Condition.Want;
import dev.spillway.router.routing.Destination;
import dev.spillway.router.routing.Fallbacks;
import dev.spillway.router.routing.Names;
import dev.spillway.router.routing.Rule;
import dev.spillway.router.routing.Span;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterConfigTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "s3cret");

  private static final String LEAST =
      """
      backends: {a: {url: "http://a"}}
      pools: {p: [{backend: a}]}
      routes: [{deployment: d, pool: p}]
      """;

  @Test
  void everyDefault() {
    RouterConfig config = parse(LEAST);

    Backend backend =
        new Backend(
            "a", URI.create("http://a"), Api.azure("a", null), Credential.NONE, Map.of(), "a");
    Pool pool = Pool.of("p", List.of(new Member(backend, 1)));
    Limits limits =
        new Limits(
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            5,
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            Duration.ZERO,
            RetryAmbiguous.ONCE,
            20,
            10,
            Duration.ofSeconds(10),
            new BodyLimits(67_108_864, 1_048_576, Path.of(System.getProperty("java.io.tmpdir"))),
            8_388_608,
            200,
            true);
    Terms terms =
        new Terms(StreamHold.DEFAULT, Duration.ofMinutes(2), 5, Duration.ZERO, RetryAmbiguous.ONCE);
    assertThat(config)
        .isEqualTo(
            new RouterConfig(
                new ListenAddress("127.0.0.1", 8081),
                List.of(),
                Map.of("a", backend),
                Map.of("p", pool),
                List.of(new Route.ByDeployment("d", Destination.of(pool), terms)),
                null,
                limits,
                new Drain(Duration.ZERO, Duration.ofSeconds(30)),
                Reports.DEFAULT,
                Outbound.DEFAULT,
                null,
                null,
                config.places()));
  }

  @Test
  void everyKey() {
    RouterConfig config =
        parse(
            """
            listen: 0.0.0.0:9000
            clients:
              - {name: analysts, key: "${KEY}", priority: high, routes: [p, m], tokens-per-minute: 40k, requests-per-minute: 60}
            backends:
              a: {url: "https://a.example/base/", deployment: d1, api-version: 2024-10-21, api-key: k1, headers: {x-team: t1}, quota-group: g, limits: {tokens-per-minute: 40k, requests-per-minute: 240, request-window: 60s}}
              b: {kind: openai, url: "http://b:1", model: gpt-4o, limits: {ptu: 50, tokens-per-ptu: 2500, output-weight: 6}}
            pools:
              p:
                balance: least-in-flight
                affinity: "header: x-session"
                backends: [{backend: b, priority: 2, weight: 3, spill-at: 90%}, {backend: a, priority: 1, spill-at: {normal: 80%, low: 50%}}]
            routes:
              - {path: /completions, operation: chat/completions, pool: p}
              - {deployment: d, pool: p, stream: buffer, timeout: 40s, max-attempts: 2, max-wait: 5s, retry-ambiguous: budget, empty-answers: pass, on-context-length: p}
              - {model: m, pool: p, stream: buffer-until, stream-window: 3s}
            admin-key: boss
            timeout: 30s
            connect-timeout: 250ms
            first-byte-timeout: 10s
            first-token-timeout: 11s
            stream-idle-timeout: 12s
            max-attempts: 3
            max-cooldown: 90s
            default-cooldown: 3s
            max-wait: 1s
            retry-ambiguous: never
            retry-share: 30
            retry-floor: 5
            slow-start: 13s
            max-request-bytes: 1000
            max-heap-body: 100
            temporary-folder: /
            max-buffered-response: 2000
            traces: 0
            drain-delay: 2s
            drain-timeout: 20s
            log: {format: json, level: warn, requests: true}
            otlp: {endpoint: "http://collector:4318", headers: {x-key: "a,b"}, service-name: gpt}
            look-ahead: false
            """);

    Credential k1 = new Credential.ApiKey(new Secret("k1"));
    Backend a =
        new Backend(
            "a",
            URI.create("https://a.example/base"),
            Api.azure("d1", "2024-10-21"),
            k1,
            Map.of("x-team", new Secret("t1")),
            "group g",
            new DeploymentLimits.Standard(40_000L, 240L, Duration.ofMinutes(1)));
    Backend b =
        new Backend(
            "b",
            URI.create("http://b:1"),
            new Api.OpenAi("gpt-4o"),
            Credential.NONE,
            Map.of(),
            "b",
            new DeploymentLimits.Provisioned(125_000L, 6));
    Pool pool =
        Pool.of(
            "p",
            Balance.LEAST_IN_FLIGHT,
            new Affinity.ByHeader("x-session"),
            List.of(
                new Member(b, 2, 3, new SpillAt(Double.POSITIVE_INFINITY, 90, 60)),
                new Member(a, 1, 1, new SpillAt(Double.POSITIVE_INFINITY, 80, 50))));
    Destination to = Destination.of(pool);
    Limits limits =
        new Limits(
            Duration.ofSeconds(30),
            Duration.ofMillis(250),
            Duration.ofSeconds(10),
            Duration.ofSeconds(11),
            Duration.ofSeconds(12),
            3,
            Duration.ofSeconds(90),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            RetryAmbiguous.NEVER,
            30,
            5,
            Duration.ofSeconds(13),
            new BodyLimits(1000, 100, Path.of("/")),
            2000,
            0,
            false);
    assertThat(config)
        .isEqualTo(
            new RouterConfig(
                new ListenAddress("0.0.0.0", 9000),
                List.of(
                    new Client(
                        new Caller(
                            "analysts", Priority.HIGH, Set.of("p", "m"), new Quota(40_000, 60)),
                        new Secret("s3cret"))),
                Map.of("a", a, "b", b),
                Map.of("p", pool),
                List.of(
                    new Route.ByPath(
                        "/completions", Operation.CHAT_COMPLETIONS, to, whole(StreamHold.DEFAULT)),
                    new Route.ByDeployment(
                        "d",
                        new Destination(List.of(), pool, new Fallbacks(pool, null)),
                        new Terms(
                            new StreamHold.UntilItsEnd(),
                            Duration.ofSeconds(40),
                            2,
                            Duration.ofSeconds(5),
                            RetryAmbiguous.BUDGET,
                            EmptyAnswers.PASS,
                            new Detours("p", null))),
                    new Route.ByModel(
                        "m", to, whole(new StreamHold.ForAWhile(Duration.ofSeconds(3))))),
                new Secret("boss"),
                limits,
                new Drain(Duration.ofSeconds(2), Duration.ofSeconds(20)),
                new Reports(
                    new LogKeys(LogKeys.Format.JSON, LogKeys.Level.WARN, true),
                    new OtlpKeys(
                        true,
                        Map.of(
                            "otel.exporter.otlp.endpoint", "http://collector:4318",
                            "otel.exporter.otlp.headers", "x-key=a%2Cb",
                            "otel.service.name", "gpt"))),
                Outbound.DEFAULT,
                null,
                null,
                config.places()));
    assertThat(config.toString()).doesNotContain("s3cret", "k1", "t1", "boss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listen: 0.0.0.0:1       | 'listen' is open to other machines, which needs 'clients' with keys",
        "listen: here            | 'listen' must be host:port, not 'here'",
        "listen: 127.0.0.1:99999 | 'listen' must be host:port, not '127.0.0.1:99999'",
        "timeuot: 1s             | unknown key 'timeuot'; did you mean 'timeout'?",
        "timeout: 0s             | 'timeout' must be longer than nothing, not '0s'",
        "max-attempts: 0         | 'max-attempts' must be a whole number from 1 to 100, not '0'",
        "retry-ambiguous: often  | 'retry-ambiguous' must be one of never, once, budget, not 'often'",
        "retry-share: 101        | 'retry-share' must be a whole number from 0 to 100, not '101'",
        "clients: [{name: x, key: ''}] | 'clients[0].key' must not be empty",
        "clients: [{name: x, key: a, priority: urgent}] | 'clients[0].priority' must be one of high, normal, low, not 'urgent'",
        "clients: [{name: x, key: a, routes: [dd]}] | 'clients[0].routes[0]' names the route or pool 'dd', which does not exist; did you mean 'd'?",
        "clients: [{name: x, key: a, routes: []}] | 'clients[0].routes' must be a list with at least one route or pool, not a list",
        "clients: [{name: x, key: a, tokens-per-minute: 0}] | 'clients[0].tokens-per-minute' must be a whole number above 0, such as 500, 40k or 2M, not '0'",
        "clients: [{name: x, key: a, requests-per-minute: many}] | 'clients[0].requests-per-minute' must be a whole number above 0, such as 500, 40k or 2M, not 'many'",
        "clients: [{name: x, key: a}, {name: x, key: b}] | 'clients[1]' names the client 'x' again",
      })
  void aWrongValueIsRefusedWithItsLine(String line, String complaint) {
    assertThatThrownBy(() -> parse("# first\n" + line + "\n" + LEAST))
        .isInstanceOf(YamlException.class)
        .hasMessage("router.yaml:2: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "http://a | ftp://a | 1: 'backends.a.url' must be an http:// or https:// address without a query, not 'ftp://a'",
        "\"http://a\"} | \"http://a\", limits: {}} | 1: 'backends.a.limits' must have tokens-per-minute, requests-per-minute or ptu",
        "\"http://a\"} | \"http://a\", limits: {ptu: 1, requests-per-minute: 1}} | 1: unknown key 'backends.a.limits.requests-per-minute'; expected one of ptu, tokens-per-ptu, output-weight",
        "\"http://a\"} | \"http://a\", limits: {requests-per-minute: 1, request-window: 2m}} | 1: 'backends.a.limits.request-window' must be from 1s to 60s, not '2m'",
        "\"http://a\"} | \"http://a\", quota-group: g, limits: {ptu: 1}}, b: {url: \"http://b\", quota-group: g, limits: {ptu: 2, tokens-per-ptu: 2k}} | 1: 'backends.b' has other 'limits' than another backend of its quota-group",
        "{backend: a} | {backend: a, spill-at: 0%} | 2: 'pools.p[0].spill-at' must be a share from 1% to 100%, not '0%'",
        "{backend: a} | {backend: a, spill-at: {lwo: 5%}} | 2: unknown key 'pools.p[0].spill-at.lwo'; did you mean 'low'?",
        "{backend: a} | {backend: b} | 2: 'pools.p[0].backend' names the backend 'b', which does not exist; did you mean 'a'?",
        "{backend: a} | {backend: a}, {backend: a} | 2: 'pools.p[1]' names the backend 'a' again",
        "pool: p | pool: q | 3: 'routes[0].pool' names the pool 'q', which does not exist; did you mean 'p'?",
        "deployment: d | deployment: d, model: m | 3: 'routes[0]' must have one of path, deployment, model and resource",
        "[{deployment: d, pool: p} | [{deployment: d, pool: p}, {deployment: d, pool: p} | 3: 'routes[1]' gives a second pool to /openai/deployments/d/...",
        "deployment: d | path: /router/x, operation: responses | 3: 'routes[0].path' may not lie below /openai, /router or /metrics",
        "deployment: d | path: /x | 3: 'routes[0].operation' is missing",
        "{url: | {kind: aws, url: | 1: 'backends.a.kind' must be one of azure, openai, not 'aws'",
        "{url: | {model: m, url: | 1: 'backends.a.model' is a key of kind 'openai'; an azure backend has a 'deployment'",
        "{url: | {kind: openai, deployment: m, url: | 1: 'backends.a.deployment' is a key of kind 'azure'; an openai backend has a 'model'",
        "{url: | {kind: openai, api-version: v1, url: | 1: 'backends.a.api-version' is a key of kind 'azure'; an openai backend has none",
        "{url: | {kind: openai, route: v1, url: | 1: 'backends.a.route' is a key of kind 'azure'; an openai backend has only one",
        "{url: | {route: v2, url: | 1: 'backends.a.route' must be one of dated, v1, not 'v2'",
        "{url: | {route: dated, url: | 1: 'backends.a.route' needs an api-version: callers on v1 have none",
        "{url: | {route: v1, api-version: 2024-10-21, url: | 1: 'backends.a.api-version' is not sent on route v1",
        "{url: | {headers: {Host: b}, url: | 1: 'backends.a.headers.Host' is no header that can be set",
        "{url: | {headers: {a b: c}, url: | 1: 'backends.a.headers.a b' is no header that can be set",
        "{url: | {headers: {a: é}, url: | 1: 'backends.a.headers.a' must be a text of printable ASCII characters, not 'é'",
        "{a: { | {\"a b\": { | 1: 'backends.a b' may be named with letters, digits, '.', '_' and '-' only",
      })
  void aNameThatPointsNowhereIsRefusedWithItsLine(String part, String wrong, String complaint) {
    assertThatThrownBy(() -> parse(LEAST.replace(part, wrong)))
        .hasMessage("router.yaml:" + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "shared-state: {redis: 'localhost:6379'} | 'shared-state.redis' must be redis://host:port/db, or rediss:// for TLS, with :password@ before the host where there is one",
        "shared-state: {} | 'shared-state.redis' is missing",
        "proxy: proxy.corp | 'proxy' must be host:port, not 'proxy.corp'",
        "proxy: proxy.corp:0 | 'proxy' must be host:port, not 'proxy.corp:0'",
        "no-proxy: [a] | 'no-proxy' is of no use without 'proxy'",
        "ca: /nowhere/ca.pem | 'ca' names the file '/nowhere/ca.pem', which does not exist",
        "tls: {certificate: c.pem} | 'tls.key' is missing",
      })
  void aWayThatCannotBeTakenIsRefusedWithItsLine(String line, String complaint) {
    assertThatThrownBy(() -> parse(line + "\n" + LEAST)).hasMessage("router.yaml:1: " + complaint);
  }

  @Test
  void theWayOutAndWhatIsShared() {
    RouterConfig config =
        parse(
            """
            proxy: proxy.corp:3128
            no-proxy: [cache.internal, "*.corp.example", .example]
            shared-state: {redis: "rediss://:${KEY}@cache:6380/1"}
            """
                + LEAST);

    assertThat(config.outbound().proxy())
        .isEqualTo(
            new Proxy("proxy.corp", 3128, List.of("cache.internal", ".corp.example", ".example")));
    assertThat(config.sharedState())
        .isEqualTo(RedisAddress.parse("rediss://:s3cret@cache:6380/1"))
        .hasToString("rediss://cache:6380/1");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

  @Test
  void everyCredential() {
    RouterConfig config =
        parse(
            """
            backends:
              none: {url: "http://a"}
              key: {url: "http://a", api-key: k1}
              machine: {url: "http://a", credential: managed-identity}
              named: {url: "http://a", credential: {type: managed-identity, client-id: c, scope: "https://ai.azure.com/.default"}}
              app:
                url: "http://a"
                credential: {type: client-secret, tenant: t, client-id: c, secret: "${KEY}", authority: "https://entra:8443/"}
              pod: {url: "http://a", credential: {type: workload-identity, tenant: t, client-id: c}}
              bare-pod: {url: "http://a", credential: workload-identity}
              developer: {url: "http://a", credential: default}
            pools: {p: [{backend: none}]}
            routes: [{deployment: d, pool: p}]
            """);

    assertThat(config.backends().values())
        .extracting(Backend::credential)
        .containsExactly(
            Credential.NONE,
            new Credential.ApiKey(new Secret("k1")),
            new Credential.Token(new Kind.ManagedIdentity(null), SCOPE),
            new Credential.Token(new Kind.ManagedIdentity("c"), "https://ai.azure.com/.default"),
            new Credential.Token(
                new Kind.ClientSecret(
                    "t", "c", new Secret("s3cret"), URI.create("https://entra:8443/")),
                SCOPE),
            new Credential.Token(new Kind.WorkloadIdentity("t", "c", null), SCOPE),
            new Credential.Token(new Kind.WorkloadIdentity(null, null, null), SCOPE),
            new Credential.Token(new Kind.Default(null, null), SCOPE));
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "credential: managed | 'backends.a.credential' must be one of managed-identity, client-secret, workload-identity, default, not 'managed'",
        "credential: client-secret | 'backends.a.credential' needs more: {type: client-secret, tenant, client-id, secret}",
        "credential: {type: client-secret, tenant: t, client-id: c} | 'backends.a.credential.secret' is missing",
        "credential: {type: client-secret, tenant: t, client-id: c, secret: ''} | 'backends.a.credential.secret' must not be empty",
        "credential: {client-id: c} | 'backends.a.credential.type' is missing",
        "credential: {type: managed-identity, tenant: t} | unknown key 'backends.a.credential.tenant'; expected one of type, client-id, scope",
        "credential: {type: default, authority: 'http://x'} | 'backends.a.credential.authority' must be an https:// address, not 'http://x'",
        "credential: default, api-key: k | 'backends.a.credential' and 'api-key' exclude each other",
      })
  void aCredentialThatCannotBeUsedIsRefusedWithItsLine(String keys, String complaint) {
    String url = "{url: \"http://a\"";

    assertThatThrownBy(() -> parse(LEAST.replace(url, url + ", " + keys)))
        .hasMessage("router.yaml:1: " + complaint);
  }

  @Test
  void everyConditionOfARule() {
    String rules =
        """
        rules:
            - name: all
              when:
                model: "gpt-4*"
                headers: {x-tier: gold, x-team: "*"}
                caller: anybody
                priority: [high, normal]
                operation: [chat/completions, responses]
                prompt-characters: {above: 10, below: 1000}
                prompt-tokens: {above: 8000}
                messages: {below: 5}
                complexity: {above: 0.6}
                tools: true
                images: false
                json: true
                stream: false
              pool: p
          default: p
        """;
    String yaml = LEAST.replace("[{deployment: d, pool: p}]", "\n- deployment: d\n  " + rules);

    Rule rule = parse(yaml).routes().getFirst().to().rules().getFirst();

    double all = Double.POSITIVE_INFINITY;
    assertThat(rule.name()).isEqualTo("all");
    assertThat(rule.conditions())
        .containsExactly(
            new Condition.Model(new Names(List.of("gpt-4*"))),
            new Condition.Header("x-tier", new Names(List.of("gold"))),
            new Condition.Header("x-team", new Names(List.of("*"))),
            new Condition.CallerName(new Names(List.of("anybody"))),
            new Condition.CallerPriority(Set.of(Priority.HIGH, Priority.NORMAL)),
            new Condition.Operations(Set.of(Operation.CHAT_COMPLETIONS, Operation.RESPONSES)),
            new Condition.Measured(Measure.PROMPT_CHARACTERS, new Span(10, 1000)),
            new Condition.Measured(Measure.PROMPT_TOKENS, new Span(8000, all)),
            new Condition.Measured(Measure.MESSAGES, new Span(-all, 5)),
            new Condition.Measured(Measure.COMPLEXITY, new Span(0.6, all)),
            new Condition.Wants(Want.TOOLS, true),
            new Condition.Wants(Want.IMAGES, false),
            new Condition.Wants(Want.JSON, true),
            new Condition.Wants(Want.STREAM, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rules: [{when: {tools: true}, pool: p}] | 3: 'routes[0]' has rules and needs 'default', the pool of what no rule fits",
        "rules: [], default: p | 3: 'routes[0].rules' must be a list with at least one rule, not a list",
        "pool: p, default: p | 3: 'routes[0].default' belongs to 'rules'",
        "pool: p, rules: [{when: {tools: true}, pool: p}] | 3: 'routes[0].pool' is for a route without rules; here each rule has one, and 'default'",
        "pool: p, on-context-length: q | 3: 'routes[0].on-context-length' names the pool 'q', which does not exist; did you mean 'p'?",
        "default: p, rules: [{pool: p}] | 3: 'routes[0].rules[0].when' is missing",
        "default: p, rules: [{when: {}, pool: p}] | 3: 'routes[0].rules[0].when' has no condition; what no rule fits goes to 'default'",
        "default: p, rules: [{when: {tools: true}, pool: q}] | 3: 'routes[0].rules[0].pool' names the pool 'q', which does not exist; did you mean 'p'?",
        "default: p, rules: [{when: {tols: true}, pool: p}] | 3: unknown key 'routes[0].rules[0].when.tols'; did you mean 'tools'?",
        "default: p, rules: [{when: {complexity: {above: 1.5}}, pool: p}] | 3: 'routes[0].rules[0].when.complexity.above' must be a number from 0 to 1, not '1.5'",
        "default: p, rules: [{when: {messages: {above: 5, below: 5}}, pool: p}] | 3: 'routes[0].rules[0].when.messages' is never fulfilled: nothing is > 5 and < 5",
        "default: p, rules: [{when: {messages: {}}, pool: p}] | 3: 'routes[0].rules[0].when.messages' must be 'above', 'below' or both, not a mapping",
        "default: p, rules: [{when: {caller: nobody}, pool: p}] | 3: 'routes[0].rules[0].when.caller' names the client 'nobody', which does not exist; did you mean 'anybody'?",
        "default: p, rules: [{when: {operation: chat}, pool: p}] | 3: 'routes[0].rules[0].when.operation' must be one of chat/completions, completions, embeddings, responses, images/generations, images/edits, audio/transcriptions, audio/translations, audio/speech, not 'chat'",
        "default: p, rules: [{name: it's, when: {tools: true}, pool: p}] | 3: 'routes[0].rules[0].name' may have plain letters, digits, spaces and signs only",
      })
  void aRuleThatIsWrongIsRefusedWithItsLine(String keys, String complaint) {
    assertThatThrownBy(
            () -> parse(LEAST.replace("deployment: d, pool: p", "deployment: d, " + keys)))
        .hasMessage("router.yaml:" + complaint);
  }

  @Test
  void theListenAddressCanBeOverriddenButNotOpenedWithoutClients(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("router.yaml"), LEAST);
    RouterConfig config = RouterConfig.read(file, ENVIRONMENT::get);

    assertThat(config.withListen("[::1]:0").listen()).isEqualTo(new ListenAddress("::1", 0));
    assertThatThrownBy(
            () -> FailoverRouter.start(config.withListen("0.0.0.0:0"), TimeSource.system()))
        .isInstanceOf(RouterStartException.class)
        .hasMessage("0.0.0.0:0 is open to other machines, which needs 'clients' with keys");
  }

  /** What the file of {@link #everyKey} says, with this way of keeping streams back. */
  private static Terms whole(StreamHold hold) {
    return new Terms(hold, Duration.ofSeconds(30), 3, Duration.ofSeconds(1), RetryAmbiguous.NEVER);
  }

  private static RouterConfig parse(String yaml) {
    return RouterConfig.parse("router.yaml", yaml, ENVIRONMENT::get);
  }
}
