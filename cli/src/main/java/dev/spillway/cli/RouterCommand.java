package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.cli.log.Console;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.config.LogKeys;
import dev.spillway.time.TimeSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "router",
    description = {
      "Finishes a request that was throttled on another deployment.",
      "",
      "Stands where API Management stands: callers bring a key of the router's, and the router"
          + " adds each backend's own api-version and api-key.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  spillway router --check router.yaml",
      "  spillway router --explain request.json --config router.yaml",
      "  ROUTER_KEY=... AOAI_KEY=... spillway router router.yaml",
      "",
      "While it runs:",
      "  what happened to the last requests   curl localhost:8081/router/traces",
      "  how the backends are                 curl localhost:8081/router/backends",
      "  forget that a backend is resting     curl -X POST"
          + " localhost:8081/router/backends/micro/reset",
      "  follow the changed file              by itself, within a second; or kill -HUP, or"
          + " curl -X POST localhost:8081/router/reload",
      "",
      "Ctrl-C or SIGTERM: calls under way are finished within drain-timeout; a second one ends it"
          + " at once."
    })
final class RouterCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "${env:SPILLWAY_ROUTER_CONFIG:-router.yaml}",
      description = "Default: router.yaml in this folder. [SPILLWAY_ROUTER_CONFIG]")
  private Path file = Path.of("router.yaml");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:SPILLWAY_ROUTER_LISTEN}",
      description =
          "Where to listen instead of where the file says; port 0 for any that is free."
              + " [SPILLWAY_ROUTER_LISTEN]")
  private @Nullable String listen;

  @Option(
      names = "--check",
      description =
          "Says what is wrong with the file, and whether its backends can be reached, and ends: 0"
              + " for nothing, 1 for warnings, 2 for errors.")
  private boolean check;

  @Option(names = "--offline", description = "With --check: leaves the backends alone.")
  private boolean offline;

  @Option(
      names = "--probe",
      description = "With --check: asks every backend for its models, which costs nothing.")
  private boolean probe;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The same as FILE, for where that reads better.")
  private @Nullable Path config;

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of the file, for editors, and ends.")
  private boolean schema;

  @Option(
      names = "--explain",
      paramLabel = "REQUEST",
      description =
          "Says what would become of the request that this JSON file describes with 'path',"
              + " 'method', 'headers' and 'body', sends nothing, and ends.")
  private @Nullable Path explain;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "With --explain: where to it is sent; the file is then its body alone.")
  private @Nullable String path;

  @Option(
      names = "--caller",
      paramLabel = "CLIENT",
      description = "With --explain: the client whose key it comes with.")
  private @Nullable String caller;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "With --check and --explain: ${COMPLETION-CANDIDATES}. Default: text.")
  private Format format = Format.text;

  /** How findings are written. */
  enum Format {
    text,
    json
  }

  @Override
  public Integer call() throws Exception {
    if (schema) {
      EditorSchema.print(FailoverRouter.class, "router.schema.json");
      return 0;
    }
    if (config != null) {
      file = config;
    }
    if (explain != null) {
      boolean json = format == Format.json;
      return new RouterExplain(explain, path, caller, json).run(config(), System.out);
    }
    if (check) {
      return new RouterCheck(file, offline, probe, format == Format.json).run(System.out);
    }
    RouterConfig first = config();
    FailoverRouter router =
        Foreground.start(() -> FailoverRouter.start(first, TimeSource.system()));
    router.reloadFrom(this::config);
    boolean unused = Signals.on(Signals.HANG_UP, router::reload);
    System.out.print(router.summary());
    return Foreground.untilStopped(router::drain, router, FileWatch.start(file, router::reload));
  }

  private RouterConfig config() {
    RouterConfig read = RouterConfig.read(file, System::getenv);
    LogKeys log = read.reports().log();
    Console.follow(Level.valueOf(log.level().name()), Console.Format.valueOf(log.format().name()));
    try {
      return listen == null ? read : read.withListen(listen);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }
}
