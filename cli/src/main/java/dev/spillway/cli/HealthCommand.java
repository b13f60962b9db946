package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.Durations;
import dev.spillway.yaml.ListenAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "health",
    description = {
      "Asks an emulator or a router whether it is up.",
      "",
      "Without an address it asks where both listen on this machine; it is well when one of them is"
          + " up and none is ill. The image's health check is this command.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it is up", "1:it is not", "2:the command line cannot be used"},
    footer = {
      "",
      "Example, in a build that has just started both:",
      "  spillway health --wait 30s http://localhost:8080 http://localhost:8081"
    })
final class HealthCommand implements Callable<Integer> {

  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int PATIENCE_MILLIS = 2_000;
  private static final String EMULATOR = "/emulator/health";
  private static final String ROUTER = "/router/ready";

  @Parameters(
      arity = "0..*",
      paramLabel = "URL",
      description =
          "Where it is. Default: where SPILLWAY_EMULATOR_LISTEN and SPILLWAY_ROUTER_LISTEN say,"
              + " else 127.0.0.1:8080 and 127.0.0.1:8081.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      description = "How long to wait until it is up. Default: it is asked once.")
  private @Nullable String wait;

  private final Map<String, String> environment;
  private final TimeSource time;

  HealthCommand() {
    this(System.getenv(), TimeSource.system());
  }

  HealthCommand(Map<String, String> environment, TimeSource time) {
    this.environment = environment;
    this.time = time;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<URI> asked = urls.stream().map(HealthCommand::address).toList();
    long deadline = time.nanoTime() + patience().toNanos();
    Report report = ask(asked);
    while (!report.well() && time.nanoTime() < deadline) {
      time.sleep(BETWEEN);
      report = ask(asked);
    }
    (report.well() ? System.out : System.err).print(report.lines());
    return report.well() ? 0 : Main.FAILED;
  }

  /** What was found, a line for each address. */
  private record Report(boolean well, String lines) {}

  private Report ask(List<URI> asked) {
    return asked.isEmpty() ? ofThisMachine() : ofAll(asked);
  }

  private static Report ofAll(List<URI> asked) {
    boolean well = true;
    StringBuilder lines = new StringBuilder();
    for (URI address : asked) {
      Pulse pulse = pulse(address);
      well &= pulse instanceof Pulse.Up;
      lines.append(line(address, pulse));
    }
    return new Report(well, lines.toString());
  }

  private Report ofThisMachine() {
    boolean anyUp = false;
    boolean anyIll = false;
    StringBuilder lines = new StringBuilder();
    for (URI address :
        List.of(
            local("SPILLWAY_EMULATOR_LISTEN", "127.0.0.1:8080", EMULATOR),
            local("SPILLWAY_ROUTER_LISTEN", "127.0.0.1:8081", ROUTER))) {
      Pulse pulse = pulse(address);
      anyUp |= pulse instanceof Pulse.Up;
      anyIll |= pulse instanceof Pulse.Ill;
      lines.append(line(address, pulse));
    }
    return new Report(anyUp && !anyIll, lines.toString());
  }

  private static Pulse pulse(URI address) {
    if (!address.getPath().isEmpty() && !address.getPath().equals("/")) {
      return withTls(address);
    }
    Pulse asEmulator = withTls(address.resolve(EMULATOR));
    return asEmulator instanceof Pulse.Ill ? withTls(address.resolve(ROUTER)) : asEmulator;
  }

  /** Asks with TLS when it says nothing without: a router's file decides which of them it has. */
  private static Pulse withTls(URI address) {
    Pulse plain = Pulse.of(address, PATIENCE_MILLIS);
    if (!(plain instanceof Pulse.Silent) || !address.getScheme().equals("http")) {
      return plain;
    }
    Pulse secure = Pulse.of(URI.create("https" + address.toString().substring(4)), PATIENCE_MILLIS);
    return secure instanceof Pulse.Silent ? plain : secure;
  }

  private static String line(URI address, Pulse pulse) {
    String found =
        switch (pulse) {
          case Pulse.Up up -> "up";
          case Pulse.Ill ill -> "answers " + ill.status();
          case Pulse.Silent silent -> "nothing answers (" + silent.why() + ")";
        };
    return address + "  " + found + System.lineSeparator();
  }

  private URI local(String variable, String otherwise, String path) {
    String listen = environment.getOrDefault(variable, otherwise);
    try {
      ListenAddress address = ListenAddress.parse(listen);
      return URI.create("http://" + address.reachableHost() + ":" + address.port() + path);
    } catch (IllegalArgumentException e) {
      throw new BadInput(variable + ": " + e.getMessage());
    }
  }

  private Duration patience() {
    if (wait == null) {
      return Duration.ZERO;
    }
    try {
      return Durations.parse(wait);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--wait must be a duration such as 30s or 2m, not '" + wait + "'");
    }
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new BadInput(
        "an address to ask is one such as http://127.0.0.1:8080, not '" + text + "'");
  }
}
