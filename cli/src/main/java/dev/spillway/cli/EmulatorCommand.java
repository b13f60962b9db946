package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.dataplane.WireProfile;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.emulator.ratelimit.ChargeBy;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.YamlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "emulator",
    description = {
      "Imitates Azure OpenAI deployments with their token and request limits.",
      "",
      "Starts from a file, from flags alone, or with nothing at all: then there are two"
          + " deployments of gpt-35-turbo, 'micro' and '35turbo', with 40k tokens a minute each and"
          + " the key 'emulator-key'. What a flag says goes before what the file says.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  spillway emulator",
      "  spillway emulator emulator.yaml",
      "  spillway emulator --key my-key --deployment micro=gpt-35-turbo:1k",
      "  spillway emulator --record https://contoso.openai.azure.com --recordings tapes",
      "  spillway emulator --replay tapes",
      "",
      "While it runs:",
      "  lower a limit   curl -X PATCH localhost:8080/emulator/deployments/micro -d"
          + " '{\"capacity\": 1}'",
      "  freeze time     curl -X POST localhost:8080/emulator/clock/freeze",
      "  move time       curl -X POST 'localhost:8080/emulator/clock/advance?by=60s'",
      "  see the calls   curl localhost:8080/emulator/journal"
    })
final class EmulatorCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(EmulatorCommand.class);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "${env:SPILLWAY_EMULATOR_CONFIG}",
      description = "An emulator.yaml. [SPILLWAY_EMULATOR_CONFIG]")
  private @Nullable Path file;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:SPILLWAY_EMULATOR_LISTEN}",
      description =
          "Where to listen; port 0 for any that is free. Default: 127.0.0.1:8080."
              + " [SPILLWAY_EMULATOR_LISTEN]")
  private @Nullable String listen;

  @Option(
      names = "--deployment",
      paramLabel = DeploymentFlag.LABEL,
      converter = DeploymentFlag.class,
      split = ",",
      defaultValue = "${env:SPILLWAY_EMULATOR_DEPLOYMENTS}",
      description =
          "A deployment; may be repeated, or several with commas between. LIMIT is tokens a minute"
              + " such as 40k or 1000, unlimited, or PTUs such as 100ptu. These are then all there"
              + " are. [SPILLWAY_EMULATOR_DEPLOYMENTS]")
  private List<DeploymentSpec> deployments = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:SPILLWAY_EMULATOR_KEY}",
      description = "A key of the resource; may be given twice. [SPILLWAY_EMULATOR_KEY]")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "${env:SPILLWAY_EMULATOR_REGION}",
      description =
          "The resource's region, such as swedencentral. Default: eastus. [SPILLWAY_EMULATOR_REGION]")
  private @Nullable String region;

  @Option(
      names = "--tls",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:SPILLWAY_EMULATOR_TLS}",
      description =
          "Where to listen with TLS, too; what clients are to trust is written into the folder"
              + " spillway-tls. [SPILLWAY_EMULATOR_TLS]")
  private @Nullable String tls;

  @Option(
      names = "--wire",
      paramLabel = "YEAR",
      defaultValue = "${env:SPILLWAY_EMULATOR_WIRE}",
      description =
          "Whose bodies and headers to speak: 2023, 2024, 2025 or 2026. Default: 2026."
              + " [SPILLWAY_EMULATOR_WIRE]")
  private @Nullable String wire;

  @Option(
      names = "--api-versions",
      paramLabel = "POLICY",
      defaultValue = "${env:SPILLWAY_EMULATOR_API_VERSIONS}",
      description =
          "Which api-versions the dated routes serve: accept any date, or strict as the service:"
              + " those there were, each with what it had. Default: accept. [SPILLWAY_EMULATOR_API_VERSIONS]")
  private @Nullable String apiVersions;

  @Option(
      names = "--charge",
      paramLabel = "RULE",
      defaultValue = "${env:SPILLWAY_EMULATOR_CHARGE}",
      description =
          "What a request is charged on arrival: documented or measured. Default: documented. [SPILLWAY_EMULATOR_CHARGE]")
  private @Nullable String charge;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "${env:SPILLWAY_EMULATOR_SEED}",
      description = "What answers and ids are derived from. Default: 42. [SPILLWAY_EMULATOR_SEED]")
  private @Nullable Long seed;

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      defaultValue = "${env:SPILLWAY_ADMIN_KEY}",
      description =
          "What the control API asks for in x-admin-key; needed where it shall be open on more"
              + " than loopback. [SPILLWAY_ADMIN_KEY]")
  private @Nullable String adminKey;

  @Option(
      names = "--redis",
      paramLabel = "ADDRESS",
      defaultValue = "${env:SPILLWAY_REDIS}",
      description =
          "A Redis such as redis://localhost:6379/0 that keeps the limits, so that several"
              + " emulators enforce them together. Default: this process keeps them."
              + " [SPILLWAY_REDIS]")
  private @Nullable String redis;

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of the file, for editors, and ends.")
  private boolean schema;

  @Mixin private final RecordingFlags recordings = new RecordingFlags();

  @Override
  public Integer call() throws Exception {
    if (schema) {
      EditorSchema.print(Emulator.class, "emulator.schema.json");
      return 0;
    }
    EmulatorConfig config = config();
    Emulator emulator = Foreground.start(() -> Emulator.start(config));
    System.out.println(emulator.summary());
    if (file == null) {
      return Foreground.untilStopped(emulator);
    }
    boolean unused = Signals.on(Signals.HANG_UP, () -> reload(emulator));
    return Foreground.untilStopped(emulator, FileWatch.start(file, () -> reload(emulator)));
  }

  /** All of the changed file, or nothing of it. */
  private void reload(Emulator emulator) {
    try {
      emulator.reload(config());
      LOG.info("{} has changed, and is followed", file);
    } catch (YamlException | BadInput e) {
      LOG.warn("nothing is changed: {}", e.getMessage());
    } catch (IllegalArgumentException e) {
      LOG.warn("nothing is changed: {}: {}", file, e.getMessage());
    }
  }

  EmulatorConfig config() {
    EmulatorConfig from =
        file == null ? EmulatorConfig.defaults() : EmulatorConfig.read(file, System::getenv);
    EmulatorConfig.Builder config = from.toBuilder();
    try {
      override(config);
      config.recordings(recordings.over(from));
      return config.build();
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private void override(EmulatorConfig.Builder config) {
    if (listen != null) {
      config.listen(listen);
    }
    if (tls != null) {
      config.tls(ListenAddress.parse(tls));
    }
    if (wire != null) {
      config.wire(wireProfile(wire));
    }
    if (apiVersions != null) {
      config.apiVersions(policy(apiVersions));
    }
    if (seed != null) {
      config.seed(seed);
    }
    if (charge != null) {
      config.chargeBy(chargeRule(charge));
    }
    if (region != null) {
      config.region(region);
    }
    if (adminKey != null) {
      config.adminKey(adminKey);
    }
    if (redis != null) {
      config.redis(redis);
    }
    if (keys.size() > 2) {
      throw new BadInput("a resource has at most two keys, not " + keys.size());
    }
    if (!keys.isEmpty()) {
      config.keys(keys);
    }
    if (!deployments.isEmpty()) {
      config.noDeployments();
      deployments.forEach(config::deployment);
    }
  }

  private static WireProfile wireProfile(String year) {
    WireProfile profile = WireProfiles.BY_NAME.get(year);
    if (profile == null) {
      throw new BadInput(
          "--wire must be one of "
              + String.join(", ", WireProfiles.BY_NAME.keySet())
              + ", not '"
              + year
              + "'");
    }
    return profile;
  }

  private static ApiVersions policy(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "accept" -> ApiVersions.ACCEPT;
      case "strict" -> ApiVersions.STRICT;
      default -> throw new BadInput("--api-versions must be accept or strict, not '" + name + "'");
    };
  }

  private static ChargeBy chargeRule(String rule) {
    return switch (rule.toLowerCase(Locale.ROOT)) {
      case "documented" -> ChargeBy.DOCUMENTED;
      case "measured" -> ChargeBy.MEASURED;
      default -> throw new BadInput("--charge must be documented or measured, not '" + rule + "'");
    };
  }
}
