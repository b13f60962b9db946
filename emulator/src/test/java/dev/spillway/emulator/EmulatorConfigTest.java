package dev.spillway.emulator;

import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.control.stub.Stub;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.deployment.Access;
import dev.spillway.emulator.deployment.AddressRange;
import dev.spillway.emulator.deployment.Firewall;
import dev.spillway.emulator.deployment.QuotaPool;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.ResourceGroup;
import dev.spillway.emulator.filter.FilterPolicy;
import dev.spillway.emulator.identity.EntraConfig;
import dev.spillway.emulator.identity.EntraMode;
import dev.spillway.emulator.identity.Principal;
import dev.spillway.emulator.identity.Role;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.emulator.recording.JsonPath;
import dev.spillway.emulator.recording.Matching;
import dev.spillway.emulator.recording.RecordingMode;
import dev.spillway.emulator.recording.RecordingsConfig;
import dev.spillway.emulator.recording.Repeat;
import dev.spillway.emulator.recording.Speed;
import dev.spillway.emulator.recording.Unmatched;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.emulator.upstream.UpstreamConfig;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorConfigTest {

  private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
  private static final String MODELS =
      """
      models:
        - name: gpt-9
          class: reasoning
          encoding: o200k_base
          version: "2027-01-01"
          snapshot: gpt-9-2027-01-01
          context: 500000
          output: 64000
          rpm: 2
          tpm: 3000
          overhead: 3
          reports: cache-writes
          ptu-input-tpm: 1000
          ptu-output-ratio: 10
          ptu-prompt: 128000
          does: [chat, responses, tools, reasoning]
          completing-versions: ["1"]
          status: preview
          released: 2027-01-02
          retires: 2028-01-01
        - {name: vectors-2, class: embeddings, does: [embeddings], vector: 768, shorter-vectors: true}
      """;
  private static final String NOBODYS = "00000000-0000-0000-0000-000000000000";

  private static EmulatorConfig parse(String yaml) {
    return EmulatorConfig.parse("emulator.yaml", yaml, Map.of("KEY", "from outside")::get);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "{}", "listen:", "resources:"})
  void everyDefault(String yaml) {
    assertThat(parse(yaml))
        .isEqualTo(
            new EmulatorConfig(
                new ListenAddress("127.0.0.1", 8080),
                WireProfiles.LATEST,
                ApiVersions.ACCEPT,
                42,
                ChargeBy.DOCUMENTED,
                ModelCatalog.bundled(),
                List.of(
                    new ResourceConfig(
                        new Resource(
                            "local",
                            "eastus",
                            "OpenAI",
                            List.of("emulator-key"),
                            List.of(),
                            new ResourceGroup("00000000-0000-0000-0000-000000000000", "spillway"),
                            Access.OPEN),
                        null,
                        List.of(
                            DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(40)),
                            DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40))))),
                List.of(),
                null,
                null,
                Map.of(),
                null,
                33_554_432,
                10_000,
                true,
                null,
                false,
                List.of(),
                null,
                List.of(),
                false))
        .isEqualTo(EmulatorConfig.defaults());
    assertThat(WireProfiles.LATEST.name()).isEqualTo("2026");
  }

  @Test
  void everyKey() {
    String yaml =
        """
        listen: 0.0.0.0:9090
        wire: "2024"
        api-versions: strict
        seed: -7
        charge: measured
        admin-key: ${KEY}
        max-request-bytes: 1000
        journal: {calls: 5, bodies: false}
        content-filters:
          strict: {mode: asynchronous}
        entra:
          mode: validated
          tenant: 11111111-2222-3333-4444-55555555AAAA
          clients: {app: "${KEY}"}
          default-roles: [Reader]
          role-propagation: 5m
          token-lifetime: 10m
          identity-header: a-secret
          principals:
            app: {oid: 99999999-8888-7777-6666-555555555555, roles: [Owner], resources: [other]}
        tls: {listen: 127.0.0.1:9443, folder: certs, hosts: [emulator]}
        redis: rediss://:from%20outside@cache:6380/2
        abuse-penalty: false
        latency: {time-to-first-token: 1.5s, time-per-token: 0ms}
        recordings:
          folder: tapes
          mode: record
          speed: x10
          unmatched: record
          match: loose
          repeat: cycle
          redact: ["$.user", "$..organization"]
          upstream:
            endpoint: https://contoso.openai.azure.com
            kind: openai
            api-key: ${KEY}
            api-version: 2024-10-21
            deployments: {micro: gpt-4o}
        faults-by-header: true
        faults:
          - {name: cut, match: {deployment: a}, at: chunk 3, what: reset, when: {first: 2}}
        timelines:
          - {name: night, from: 10s, to: 40s, region: eastus, what: [status 503]}
        resources:
          contoso:
            listen: 127.0.0.1:9091
            hosts: [AI.contoso.com]
            region: swedencentral
            kind: AIServices
            subscription: 11111111-2222-3333-4444-555555555555
            resource-group: gpt
            keys: [one, two]
            local-auth: false
            firewall: {allow: [10.0.0.0/8], x-forwarded-for: true}
            latency: model
            deployments:
              a: {model: gpt-4o, version: "2024-08-06", sku: GlobalStandard, capacity: 7,
                  content-filter: strict, generator: {name: stubs, unmatched: refuse}, latency: {
                    preset: gpt-4o, time-to-first-token: 400ms, time-per-prompt-token: 0.05ms,
                    time-per-token: 20ms, jitter: log-normal, spread: 25, load-factor: 2.5,
                    load-calls: 40, utilization-factor: 1.5, delivery: tokens, burst-interval: 1s,
                    while-frozen: wait}}
              b: {model: o1, tpm: 40k, rpm: unlimited, latency: off}
              c: {model: gpt-4o, sku: GlobalProvisionedManaged, capacity: 15, spillover: a}
          other: {}
        quotas:
          - subscription: 11111111-2222-3333-4444-555555555555
            region: swedencentral
            model: gpt-4o
            sku: GlobalStandard
            limit: 7
          - {region: eastus, model: gpt-3.5-turbo, limit: 240}
          - {region: eastus, sku: ProvisionedManaged, limit: 100}
        stubs:
          - {name: greeting, when: {user: {contains: hello}}, answer: Hi.}
        """;

    assertThat(parse(MODELS + yaml))
        .isEqualTo(
            new EmulatorConfig(
                new ListenAddress("0.0.0.0", 9090),
                Objects.requireNonNull(WireProfiles.BY_NAME.get("2024")),
                ApiVersions.STRICT,
                -7,
                ChargeBy.MEASURED,
                ModelCatalog.bundled()
                    .with(LocatedYaml.parse("", MODELS, name -> null).get("models")),
                List.of(
                    new ResourceConfig(
                        new Resource(
                            "contoso",
                            "swedencentral",
                            "AIServices",
                            List.of("one", "two"),
                            List.of("ai.contoso.com"),
                            new ResourceGroup(SUBSCRIPTION, "gpt"),
                            new Access(
                                false,
                                new Firewall(List.of(AddressRange.parse("10.0.0.0/8")), true),
                                false),
                            LatencySpec.preset("model")),
                        new ListenAddress("127.0.0.1", 9091),
                        List.of(
                            new DeploymentSpec(
                                "a",
                                "gpt-4o",
                                "2024-08-06",
                                "GlobalStandard",
                                Limit.of(7),
                                null,
                                null,
                                null,
                                "strict",
                                new LatencySpec(
                                    "gpt-4o",
                                    Duration.ofMillis(400),
                                    Duration.ofNanos(50_000),
                                    Duration.ofMillis(20),
                                    LatencySpec.Jitter.LOG_NORMAL,
                                    25,
                                    2.5,
                                    40,
                                    1.5,
                                    LatencySpec.Delivery.TOKENS,
                                    Duration.ofSeconds(1),
                                    LatencySpec.WhileFrozen.WAIT),
                                GeneratorSpec.stubsElse(GeneratorSpec.Unmatched.REFUSE)),
                            new DeploymentSpec(
                                "b",
                                "o1",
                                null,
                                "Standard",
                                Limit.of(1),
                                Limit.of(40_000),
                                Limit.UNLIMITED,
                                null,
                                null,
                                LatencySpec.off(),
                                null),
                            new DeploymentSpec(
                                "c",
                                "gpt-4o",
                                null,
                                "GlobalProvisionedManaged",
                                Limit.of(15),
                                null,
                                null,
                                "a",
                                null))),
                    new ResourceConfig(
                        new Resource(
                                "other", "eastus", "OpenAI", List.of("emulator-key"), List.of())
                            .withLatency(LatencySpec.of(Duration.ofMillis(1500), Duration.ZERO)),
                        null,
                        List.of())),
                List.of(
                    new QuotaPool(SUBSCRIPTION, "swedencentral", "gpt-4o", "GlobalStandard", 7),
                    new QuotaPool(NOBODYS, "eastus", "gpt-35-turbo", "Standard", 240),
                    new QuotaPool(NOBODYS, "eastus", null, "ProvisionedManaged", 100)),
                new EntraConfig(
                    EntraMode.VALIDATED,
                    "11111111-2222-3333-4444-55555555aaaa",
                    Map.of("app", "from outside"),
                    List.of(
                        new Principal(
                            "app",
                            "99999999-8888-7777-6666-555555555555",
                            Set.of(Role.OWNER),
                            Set.of("other"))),
                    Set.of(Role.READER),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    "a-secret"),
                new Tls(
                    new ListenAddress("127.0.0.1", 9443), Path.of("certs"), List.of("emulator")),
                Map.of("strict", Objects.requireNonNull(FilterPolicy.BUILT_IN.get("asynchronous"))),
                "from outside",
                1_000,
                5,
                false,
                RedisAddress.parse("rediss://:from%20outside@cache:6380/2"),
                false,
                List.of(Stub.when(user().contains("hello")).says("Hi.").named("greeting")),
                new RecordingsConfig(
                    Path.of("tapes"),
                    RecordingMode.RECORD,
                    new UpstreamConfig(
                        URI.create("https://contoso.openai.azure.com"),
                        UpstreamConfig.Kind.OPENAI,
                        "from outside",
                        "2024-10-21",
                        Map.of("micro", "gpt-4o")),
                    new Speed.Times(10),
                    Unmatched.RECORD,
                    Matching.LOOSE,
                    Repeat.CYCLE,
                    List.of(JsonPath.parse("$.user"), JsonPath.parse("$..organization"))),
                List.of(
                    FaultSpec.of("cut", "reset").at("chunk 3").onDeployment("a").first(2),
                    FaultSpec.of("night 1", "status 503")
                        .onRegion("eastus")
                        .between(Duration.ofSeconds(10), Duration.ofSeconds(40))),
                true));
  }

  @Test
  void theAbusePenaltyIsAskedFor() {
    assertThat(parse("abuse-penalty: true"))
        .isEqualTo(EmulatorConfig.defaults().toBuilder().abusePenalty(true).build());
  }

  @Test
  void theAbusePenaltyIsRefusedHoweverItMeetsARedisOrAnotherYear() {
    EmulatorConfig with = parse("abuse-penalty: true");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> with.toBuilder().redis("redis://localhost").build())
        .withMessage(
            "abuse-penalty and redis exclude each other, because the penalty is not shared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with.toBuilder().wire(parse("wire: 2025").wire()).build())
        .withMessage("abuse-penalty: the service had none in 2025, but has one in 2026");
  }

  @Test
  void aWireProfileNeedsNoQuotes() {
    assertThat(parse("wire: 2024").wire().name()).isEqualTo("2024");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lisen: x| 1: unknown key 'lisen'; did you mean 'listen'?",
        "listen: here| 1: 'listen' must be host:port such as 127.0.0.1:8080, not 'here'",
        "listen: 127.0.0.1:99999|"
            + " 1: 'listen' must be host:port such as 127.0.0.1:8080, not '127.0.0.1:99999'",
        "wire: 2022|"
            + " 1: 'wire' names the wire profile '2022', which does not exist; did you mean '2023'?",
        "wire: latest|"
            + " 1: 'wire' names the wire profile 'latest', which does not exist;"
            + " there is 2023, 2024, 2025, 2026",
        "api-versions: lax| 1: 'api-versions' must be one of accept, strict, not 'lax'",
        "seed: many| 1: 'seed' must be a whole number, not 'many'",
        "charge: free| 1: 'charge' must be one of documented, measured, not 'free'",
        "admin-key: ''| 1: 'admin-key' must be a key that is not empty, not ''",
        "max-request-bytes: 0|"
            + " 1: 'max-request-bytes' must be a whole number from 1 to 2147483631, not '0'",
        "journal: 7| 1: 'journal' must be 'key: value' lines below it, not '7'",
        "journal: {call: 7}| 1: unknown key 'journal.call'; did you mean 'calls'?",
        "journal: {calls: -1}| 1: 'journal.calls' must be a whole number from 0 to 10000000,"
            + " not '-1'",
        "journal: {bodies: maybe}| 1: 'journal.bodies' must be true or false, not 'maybe'",
        "redis: localhost:6379| 1: 'redis' cannot be used: a Redis is named as redis://host:port/db,"
            + " or rediss:// for TLS, with :password@ before the host where there is one",
        "models: [gpt-9]| 1: 'models[0]' must be 'key: value' lines below it," + " not 'gpt-9'",
        "models: [{class: chat}]| 1: 'models[0].name' is missing",
        "models: [{name: ''}]| 1: 'models[0].name' must be the name of a model, not ''",
        "models: [{name: a, class: huge}]| 1: 'models[0].class' must be one of older-chat, chat,"
            + " reasoning, embeddings, media, not 'huge'",
        "models: [{name: a, encoding: utf8}]| 1: 'models[0].encoding' must be one of o200k_base,"
            + " cl100k_base, p50k_base, r50k_base, not 'utf8'",
        "models: [{name: a, does: [chat, fly]}]| 1: 'models[0].does[1]' must be one of chat,"
            + " completion, responses, embeddings, images, image-edits, transcription, translation, speech, video,"
            + " vision, audio-in, audio-out, tools, structured-outputs, reasoning, not 'fly'",
        "models: [{name: a, context: 0}]| 1: 'models[0].context' must be a whole number from 1 to"
            + " 100000000, not '0'",
        "models: [{name: a, released: soon}]| 1: 'models[0].released' must be a date such as"
            + " 2026-03-05, not 'soon'",
        "models: [{name: a, does: [embeddings]}]| 1: 'models[0].vector' is missing",
        "models: [{name: a}, {name: a}]| 1: 'models[1].name' is named twice: 'a'",
        "models: [{name: a, color: red}]| 1: unknown key 'models[0].color'; expected one of name,"
            + " version, class, encoding, snapshot, context, output, rpm, tpm, overhead,"
            + " ptu-input-tpm, ptu-output-ratio, ptu-prompt, reports, family, vector, shorter-vectors, does,"
            + " completing-versions, status, released, retires",
        "abuse-penalty: often| 1: 'abuse-penalty' must be true or false, not 'often'",
        "{abuse-penalty: true, wire: 2024}| 1: 'abuse-penalty' cannot be used: abuse-penalty: the"
            + " service had none in 2024, but has one in 2026",
        "{abuse-penalty: true, redis: 'redis://localhost'}| 1: 'abuse-penalty' cannot be used:"
            + " abuse-penalty and redis exclude each other, because the penalty is not shared",
        "resources: []| 1: 'resources' must be 'key: value' lines below it, not a list",
        "resources: {}| 1: 'resources' names no resource",
        "resources: {a: {kind: OpenAi}}|"
            + " 1: 'resources.a.kind' names the kind 'OpenAi', which does not exist;"
            + " did you mean 'OpenAI'?",
        "resources: {a: {kind: Speech}}|"
            + " 1: 'resources.a.kind' names the kind 'Speech', which does not exist;"
            + " there is AIServices, OpenAI",
        "resources: {a: {keys: []}}| 1: 'resources.a.keys' must be one or two keys, not a list",
        "resources: {a: {keys: one}}| 1: 'resources.a.keys' must be a list, not 'one'",
        "resources: {a: {regoin: x}}| 1: unknown key 'resources.a.regoin'; did you mean 'region'?",
      })
  void whatCannotBeUsedIsRefusedWithItsLine(String yaml, String problem) {
    assertRefused(yaml, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "micro: {}| 'resources.a.deployments.micro.model' is missing",
        "micro: gpt-4o|"
            + " 'resources.a.deployments.micro' must be 'key: value' lines below it, not 'gpt-4o'",
        "micro: {model: gpt-4o, capacty: 1}|"
            + " unknown key 'resources.a.deployments.micro.capacty'; did you mean 'capacity'?",
        "micro: {model: gpt-4o, capacity: lots}|"
            + " 'resources.a.deployments.micro.capacity' must be a number such as 40 or 40k,"
            + " or 'unlimited', not 'lots'",
        "micro: {model: gpt-4o, sku: Provisioned}|"
            + " 'resources.a.deployments.micro' cannot be used: the sku of 'micro' must be one of"
            + " Standard, GlobalStandard, DataZoneStandard, ProvisionedManaged,"
            + " GlobalProvisionedManaged, DataZoneProvisionedManaged, not 'Provisioned'",
        "ptu: {model: gpt-4o, sku: ProvisionedManaged, tpm: 40k}|"
            + " 'resources.a.deployments.ptu' cannot be used: 'ptu' is provisioned: its capacity"
            + " counts PTUs, and it takes no tpm or rpm",
        "ptu: {model: gpt-4o, sku: ProvisionedManaged, capacity: unlimited}|"
            + " 'resources.a.deployments.ptu' cannot be used: 'ptu' is provisioned: its capacity"
            + " is a number of PTUs from 1 up",
        "micro: {model: gpt-4o, spillover: other}|"
            + " 'resources.a.deployments.micro' cannot be used: 'micro' cannot spill over: only"
            + " provisioned deployments do",
        "ptu: {model: gpt-4o, sku: GlobalProvisionedManaged, spillover: nobody}|"
            + " 'resources.a.deployments.ptu' cannot be used: 'ptu' spills over to 'nobody', which"
            + " is no GlobalStandard deployment of the resource",
        "art: {model: sora-2, tpm: 40k}|"
            + " 'resources.a.deployments.art' cannot be used: 'art' takes no tpm: sora-2 is limited"
            + " by requests only",
        "a b: {model: gpt-4o}|"
            + " 'resources.a.deployments.a b' cannot be used: a deployment's name is 1 to 64"
            + " letters, digits, '_', '.' or '-', not 'a b'",
      })
  void aDeploymentThatCannotBeUsedIsRefusedWithItsLine(String deployment, String problem) {
    String yaml = "resources:\n  a:\n    deployments:\n      " + deployment;

    assertRefused(yaml, "4: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai: {}| 'resources.openai' cannot be used: a resource's name is 1 to 64 letters,"
            + " digits, '_', '.' or '-', and none of common, consumers, discovery, emulator,"
            + " localhost, metadata, metrics, msi, openai, organizations, providers, subscriptions;"
            + " not 'openai'",
        "a: {hosts: ['a.com:80']}| 'resources.a.hosts[0]' must be a host name without a port, such"
            + " as contoso.openai.azure.com, not 'a.com:80'",
        "a: {subscription: mine}| 'resources.a.subscription' must be a GUID such as"
            + " 00000000-0000-0000-0000-000000000000, not 'mine'",
        "a: {resource-group: g.}| 'resources.a.resource-group' cannot be used: a resource group's"
            + " name is 1 to 90 letters, digits, '_', '-', '(', ')' or '.', and does not end in"
            + " '.'; not 'g.'",
        "a: {local-auth: maybe}| 'resources.a.local-auth' must be true or false, not 'maybe'",
        "a: {firewall: {}}| 'resources.a.firewall.allow' is missing",
        "a: {firewall: {allow: [localhost]}}| 'resources.a.firewall.allow[0]' must be an address"
            + " or range such as 203.0.113.7 or 10.0.0.0/8, not 'localhost'",
        "a: {firewall: {allow: [10.0.0.0/33]}}| 'resources.a.firewall.allow[0]' must be an address"
            + " or range such as 203.0.113.7 or 10.0.0.0/8, not '10.0.0.0/33'",
        "a: {listen: 80}| 'resources.a.listen' must be host:port such as 127.0.0.1:8080, not '80'",
      })
  void aResourceThatCannotBeUsedIsRefusedWithItsLine(String resource, String problem) {
    assertRefused("resources:\n  " + resource, "2: " + problem);
  }

  @Test
  void twoResourcesCannotHaveOneHost() {
    assertRefused(
        "resources:\n  a: {hosts: [one]}\n  b: {hosts: [ONE]}",
        "3: 'resources.b' is called 'one', as 'resources.a' is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{region: eastus, model: gpt-4o}| 'quotas[0].limit' is missing",
        "{model: gpt-4o, limit: 1}| 'quotas[0].region' is missing",
        "{region: eastus, limit: 1}| 'quotas[0]' cannot be used: a quota of Standard names its"
            + " model; only PTUs are pooled over all models",
        "{region: eastus, model: gpt-4o, limit: -1}|"
            + " 'quotas[0].limit' must be a whole number from 0 to 2147483647, not '-1'",
        "{region: eastus, model: gpt-4o, limit: 1, sku: Batch}|"
            + " 'quotas[0].sku' must be one of Standard, GlobalStandard, DataZoneStandard,"
            + " ProvisionedManaged, GlobalProvisionedManaged, DataZoneProvisionedManaged,"
            + " not 'Batch'",
        "{regoin: eastus}| unknown key 'quotas[0].regoin'; did you mean 'region'?",
        "{region: eastus, model: gpt-35-turbo, limit: 79}| 'quotas' are too small: the deployment"
            + " '35turbo' of 'local' takes 40 of the quota 'OpenAI.Standard.gpt-35-turbo' in"
            + " eastus, which has 39 left of 79",
      })
  void aQuotaThatCannotBeUsedIsRefusedWithItsLine(String quota, String problem) {
    assertRefused("quotas:\n  - " + quota, "2: " + problem);
  }

  @Test
  void oneQuotaIsGivenOnce() {
    assertRefused(
        """
        quotas:
          - {region: eastus, model: gpt-4o, limit: 1}
          - {region: EastUS, model: gpt-4o, limit: 2}
        """,
        "3: 'quotas[1]' is the second quota 'OpenAI.Standard.gpt-4o' in EastUS");
  }

  @Test
  void whoHasMoreThanTheQuotaIsNamedWhereItStands() {
    assertRefused(
        """
        resources:
          a:
            deployments: {one: {model: gpt-4o, capacity: 30}}
          b:
            deployments:
              two: {model: gpt-4o, capacity: 1}
              three: {model: gpt-4o, capacity: unlimited, sku: GlobalStandard}
              four: {model: gpt-4o, capacity: 20}
        quotas:
          - {region: eastus, model: gpt-4o, limit: 50}
        """,
        "8: 'resources.b.deployments.four' takes 20 of the quota 'OpenAI.Standard.gpt-4o' in"
            + " eastus, which has 19 left of 50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode: strict| 'entra.mode' must be one of trust, validated, not 'strict'",
        "tenant: mine| 'entra.tenant' must be a GUID such as 11111111-2222-3333-4444-555555555555,"
            + " not 'mine'",
        "clients: {app: ''}| 'entra.clients.app' must be a secret that is not empty, not ''",
        "clients: {app: [a]}| 'entra.clients.app' must be a text, not a list",
        "default-roles: [Ownr]| 'entra.default-roles[0]' names the role 'Ownr', which does not"
            + " exist; did you mean 'Owner'?",
        "principals: {app: {resources: [b]}}| 'entra.principals.app.resources[0]' names the"
            + " resource 'b', which does not exist; did you mean 'a'?",
        "principals: {app: {role: Owner}}| unknown key 'entra.principals.app.role'; did you mean"
            + " 'roles'?",
        "principals: {app: {oid: x}}| 'entra.principals.app.oid' must be a GUID such as"
            + " 11111111-2222-3333-4444-555555555555, not 'x'",
        "token-lifetime: 1ms| 'entra.token-lifetime' must be a duration of 1s and more, not '1ms'",
        "identity-header: 'a b'| 'entra.identity-header' must be 1 to 128 letters, digits, '.',"
            + " '_', '~' or '-', not 'a b'",
        "moed: trust| unknown key 'entra.moed'; did you mean 'mode'?",
      })
  void anEntraThatCannotBeUsedIsRefusedWithItsLine(String entra, String problem) {
    assertRefused("resources: {a: {}}\nentra:\n  " + entra, "3: " + problem);
  }

  @Test
  void anEmptyEntraIsTheDefaultOneAndSaidAtTheStart() {
    assertThat(parse("entra: {}").entra()).isEqualTo(EntraConfig.defaults());
    assertThat(EntraConfig.defaults())
        .isEqualTo(
            new EntraConfig(
                EntraMode.TRUST,
                null,
                Map.of(),
                List.of(),
                Set.of(Role.OPENAI_USER),
                Duration.ZERO,
                null,
                "spillway-identity-header"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mode: play| 'recordings.mode' must be one of off, record, replay, not 'play'",
        "mode: record| 'recordings.mode' needs an upstream: recordings: {upstream: {endpoint:"
            + " 'https://contoso.openai.azure.com'}}",
        "unmatched: record| 'recordings.unmatched' needs an upstream: recordings: {upstream:"
            + " {endpoint: 'https://contoso.openai.azure.com'}}",
        "speed: fast| 'recordings.speed' must be recorded, instant, or a factor such as x10,"
            + " not 'fast'",
        "speed: x0| 'recordings.speed' must be recorded, instant, or a factor such as x10,"
            + " not 'x0'",
        "match: never| 'recordings.match' must be one of strict, loose, not 'never'",
        "repeat: first| 'recordings.repeat' must be one of last, cycle, not 'first'",
        "redact: [user]| 'recordings.redact[0]' must be a place in JSON such as $.user,"
            + " $.messages[*].name or $..organization, not 'user'",
        "upstream: {endpoint: contoso}| 'recordings.upstream.endpoint' must be an http:// or"
            + " https:// address, not 'contoso'",
        "upstream: {kind: azure}| 'recordings.upstream.endpoint' is missing",
        "upstream: {endpoint: 'http://a', api-key: ''}| 'recordings.upstream.api-key' must be a"
            + " key that is not empty, not ''",
        "floder: x| unknown key 'recordings.floder'; did you mean 'folder'?",
      })
  void recordingsThatCannotBeUsedAreRefusedWithTheirLine(String recordings, String problem) {
    assertRefused("recordings:\n  " + recordings, "2: " + problem);
  }

  @Test
  void recordingsAreReplayedFromAFolderOfThatNameWhenNothingElseIsSaid() {
    assertThat(parse("recordings: {}").recordings())
        .isEqualTo(RecordingsConfig.replay(Path.of("recordings")))
        .isEqualTo(
            new RecordingsConfig(
                Path.of("recordings"),
                RecordingMode.REPLAY,
                null,
                new Speed.Automatic(),
                Unmatched.REFUSE,
                Matching.STRICT,
                Repeat.LAST,
                List.of(JsonPath.parse("$.user"), JsonPath.parse("$.safety_identifier"))));
  }

  @Test
  void tlsNeedsToKnowWhereToListen() {
    assertRefused("tls: {folder: x}", "1: 'tls.listen' is missing");
  }

  private static void assertRefused(String yaml, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessage("emulator.yaml:" + problem);
  }
}
