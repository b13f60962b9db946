package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.control.ClientVerdict;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FindingKind;
import dev.spillway.control.HttpEmulatorControl;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.VerdictRules;
import dev.spillway.yaml.Durations;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verdict",
    description = {
      "Judges how a client or router behaved that was throttled by a running emulator.",
      "",
      "Reads the emulator's journal: did it wait as told, did it back off, did it storm, did it"
          + " move on to a deployment with room.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it behaved well",
      "1:it did not",
      "2:it cannot be told: bad input, or no emulator answers"
    },
    footer = {
      "",
      "Example, in a build after the tests that used the emulator:",
      "  spillway verdict --max-attempts 3 --forbid gave-up"
    })
final class VerdictCommand implements Callable<Integer> {

  @Option(
      names = "--emulator",
      paramLabel = "URL",
      defaultValue = "${env:SPILLWAY_EMULATOR:-http://127.0.0.1:8080}",
      description = "Where the emulator is. Default: http://127.0.0.1:8080. [SPILLWAY_EMULATOR]")
  private String emulator = "";

  @Option(
      names = "--admin-key",
      paramLabel = "KEY",
      defaultValue = "${env:SPILLWAY_ADMIN_KEY}",
      description = "The emulator's admin key, where it has one. [SPILLWAY_ADMIN_KEY]")
  private @Nullable String adminKey;

  @Option(names = "--caller", paramLabel = "NAME", description = "Only this caller: key1, key2.")
  private @Nullable String caller;

  @Option(names = "--resource", paramLabel = "NAME", description = "Only calls to this resource.")
  private @Nullable String resource;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "Only calls to this deployment; hides where else a request went.")
  private @Nullable String deployment;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "Only calls since a moment such as 2026-01-31T12:00:00Z, or since so long ago by the"
              + " emulator's clock: 5m.")
  private @Nullable String since;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "How many attempts a request may have. Default: 5.")
  private int maxAttempts = VerdictRules.defaults().maxAttempts();

  @Option(
      names = "--allow-early",
      paramLabel = "TIME",
      description = "How much of a wait a retry may leave out. Default: 50ms.")
  private String allowEarly = VerdictRules.defaults().allowEarlyMillis() + "ms";

  @Option(
      names = "--forbid",
      paramLabel = "FINDING",
      split = ",",
      description =
          "Also fail on these; by default hedged, wasted-tokens, gave-up and"
              + " came-while-resting do not fail.")
  private List<String> forbidden = new ArrayList<>();

  @Option(
      names = "--tolerate",
      paramLabel = "FINDING",
      split = ",",
      description = "Do not fail on these.")
  private List<String> tolerated = new ArrayList<>();

  @Override
  public Integer call() {
    VerdictRules rules = rules();
    try (HttpEmulatorControl control = new HttpEmulatorControl(address(), adminKey)) {
      ClientVerdict verdict = control.verdict(query(control), rules);
      System.out.print(VerdictText.of(verdict));
      return verdict.passes() ? 0 : Main.FAILED;
    }
  }

  private URI address() {
    try {
      URI address = URI.create(emulator);
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw wrong("--emulator", "an address such as http://127.0.0.1:8080", emulator);
  }

  private JournalQuery query(EmulatorControl control) {
    return JournalQuery.all()
        .withCaller(caller)
        .withResource(resource)
        .withDeployment(deployment)
        .withSince(since == null ? null : moment(since, control));
  }

  private static Instant moment(String text, EmulatorControl control) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return control.clock().now().minus(duration("--since", text));
    }
  }

  private VerdictRules rules() {
    try {
      VerdictRules rules =
          VerdictRules.defaults()
              .withMaxAttempts(maxAttempts)
              .withAllowEarly(duration("--allow-early", allowEarly));
      for (String kind : tolerated) {
        rules = rules.tolerating(kind("--tolerate", kind));
      }
      for (String kind : forbidden) {
        rules = rules.forbidding(kind("--forbid", kind));
      }
      return rules;
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option, "a duration such as 250ms, 10s or 5m", text);
    }
  }

  private static FindingKind kind(String option, String text) {
    return FindingKind.of(text).orElseThrow(() -> wrong(option, "one of " + kinds(), text));
  }

  private static String kinds() {
    return Arrays.stream(FindingKind.values())
        .map(FindingKind::text)
        .collect(Collectors.joining(", "));
  }

  private static BadInput wrong(String option, String expected, String given) {
    return new BadInput(option + " must be " + expected + ", not '" + given + "'");
  }
}
