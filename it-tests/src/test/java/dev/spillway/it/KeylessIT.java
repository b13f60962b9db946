package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** azure-identity as it is, in processes of their own, against an emulator that takes no key. */
final class KeylessIT {

  private static final String CLIENT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String SERVED = "200 with 1 choice\n";

  @TempDir private Path folder;
  private Emulator emulator;

  @BeforeEach
  void start() {
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                tls: {listen: 127.0.0.1:0, folder: "${FOLDER}"}
                entra:
                  mode: validated
                  tenant: 11111111-2222-3333-4444-555555555555
                  clients: {aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee: the-secret}
                  default-roles: []
                  principals:
                    system-assigned: {roles: [Cognitive Services OpenAI User]}
                    aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee: {roles: [Cognitive Services OpenAI User]}
                resources:
                  contoso:
                    local-auth: false
                    deployments: {micro: {model: gpt-4o, capacity: 100}}
                """,
                Map.of("FOLDER", folder.toString())::get));
  }

  @AfterEach
  void stop() {
    assertThat(journal()).asString().doesNotContain("eyJ", "the-secret");
    emulator.close();
  }

  private List<JournalEntry> journal() {
    return emulator.control().journal(JournalQuery.all());
  }

  /** What the emulator's start tells people to set. */
  private Map<String, String> appService() {
    return Map.of(
        "IDENTITY_ENDPOINT",
        emulator.uri() + "/msi/token",
        "IDENTITY_HEADER",
        "spillway-identity-header");
  }

  private Map<String, String> imds() {
    return Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", emulator.uri().toString());
  }

  private Map<String, String> authority() {
    return Map.of(
        "AUTHORITY",
        "https://localhost:" + emulator.tlsUri().orElseThrow().getPort() + "/",
        "TENANT",
        TENANT,
        "SECRET",
        "the-secret");
  }

  private String run(Map<String, String> more, String... arguments) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("ENDPOINT", emulator.uri().toString());
    environment.put("CLIENT", CLIENT);
    List<String> java =
        List.of(
            Program.javaHome().resolve("bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djavax.net.ssl.trustStore=" + folder.resolve("spillway-ca.p12"),
            "-Djavax.net.ssl.trustStorePassword=spillway",
            "-cp",
            System.getProperty("java.class.path"),
            KeylessCaller.class.getName());
    try (Program caller =
        Program.start(
            folder, environment, Stream.concat(java.stream(), Stream.of(arguments)).toList())) {
      assertThat(caller.awaitExit()).as(caller::err).isZero();
      return caller.out();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "managed"})
  void onAppServiceTheEnvironmentIsAllThatACallerNeeds(String kind) {
    assertThat(run(appService(), kind)).isEqualTo(SERVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "managed"})
  void onAVirtualMachineTheEnvironmentIsAllThatACallerNeeds(String kind) {
    assertThat(run(imds(), kind)).isEqualTo(SERVED);
  }

  @Test
  void anIdentityOfItsOwnIsNamedInTheJournal() {
    assertThat(run(imds(), "user-assigned")).isEqualTo(SERVED);

    assertThat(journal()).extracting(JournalEntry::caller).containsExactly(CLIENT);
  }

  @Test
  void aClientWithASecretGetsItsTokenOverTls() {
    assertThat(run(authority(), "secret")).isEqualTo(SERVED);

    assertThat(journal()).extracting(JournalEntry::caller).containsExactly(CLIENT);
  }

  @Test
  void aWorkloadGetsItsTokenForThatOfItsCluster() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "e30.e30.c2ln");
    Map<String, String> environment = new HashMap<>(authority());
    environment.put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
    environment.put("AZURE_TENANT_ID", TENANT);
    environment.put("AZURE_CLIENT_ID", CLIENT);

    assertThat(run(environment, "workload")).isEqualTo(SERVED);
  }

  @Test
  void aTokenExpiresOnTheEmulatorsClockAndAFreshOneIsTaken() {
    String aDayLater = run(appService(), "default", "and again a day later");

    assertThat(aDayLater).startsWith(SERVED + "401 ").contains("or have expired.");
    assertThat(run(appService(), "default")).isEqualTo(SERVED);
  }

  @Test
  void anIdentityWithoutTheRoleIsToldSo() {
    var unused = emulator.control().put(PrincipalSpec.of("system-assigned", "Owner"));

    assertThat(run(appService(), "default"))
        .startsWith("401 ")
        .contains("PermissionDenied", "lacks the required data action");
  }
}
