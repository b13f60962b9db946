package dev.spillway.cli;

import dev.spillway.cli.log.Console;
import dev.spillway.control.ControlException;
import dev.spillway.emulator.http.ListenException;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.recording.RecordingFolder;
import dev.spillway.emulator.tls.AuthorityFolder.UnusableFolder;
import dev.spillway.router.RouterStartException;
import dev.spillway.yaml.YamlException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of {@code spillway}. */
@Command(
    name = "spillway",
    description = {
      "Test the failover in front of Azure OpenAI without Azure.",
      "",
      "The emulator imitates Azure OpenAI deployments and throttles them as the service does;"
          + " the router finishes a throttled request on another deployment.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      EmulatorCommand.class,
      RouterCommand.class,
      DemoCommand.class,
      CheckCommand.class,
      VerdictCommand.class,
      HealthCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything went well; a signal stopped it, and nothing was cut off",
      "1:it could not start, a step of the demo failed, a client is found to misbehave, nothing is"
          + " up, or a call was cut off at the end",
      "2:the command line or a configuration file cannot be used"
    },
    footer = {"", "Start with:  spillway demo"})
public final class Main implements Runnable {

  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** What the programs log while they run. */
  enum LogLevel {
    error,
    warn,
    info,
    debug
  }

  /** How they log it. */
  enum LogFormat {
    text,
    json
  }

  private Main() {}

  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      defaultValue = "${env:SPILLWAY_LOG_LEVEL}",
      description =
          "What to log to standard error: ${COMPLETION-CANDIDATES}. Default: info."
              + " [SPILLWAY_LOG_LEVEL]")
  void logLevel(@Nullable LogLevel level) {
    if (level != null) {
      Console.want(Level.valueOf(level.name().toUpperCase(Locale.ROOT)), null);
    }
  }

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      defaultValue = "${env:SPILLWAY_LOG_FORMAT}",
      description =
          "How a line of the log looks: ${COMPLETION-CANDIDATES}. Default: text."
              + " [SPILLWAY_LOG_FORMAT]")
  void logFormat(@Nullable LogFormat format) {
    if (format != null) {
      Console.want(null, Console.Format.valueOf(format.name().toUpperCase(Locale.ROOT)));
    }
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler((problem, args) -> oneLine(problem))
        .setExecutionExceptionHandler((failure, command, parsed) -> oneLine(failure, command));
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int oneLine(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    String said =
        problem instanceof UnmatchedArgumentException unmatched
            ? "there is no '" + unmatched.getUnmatched().getFirst() + "'"
            : problem.getMessage();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().println("spillway: " + said + "; '" + help + "' shows what there is");
    return BAD_INPUT;
  }

  /** What a person can mend is one line; anything else is our fault and shows where it happened. */
  private static int oneLine(Exception failure, CommandLine command) throws Exception {
    int exitCode =
        switch (failure) {
          case YamlException badFile -> BAD_INPUT;
          case BadInput badInput -> BAD_INPUT;
          case ControlException refused -> BAD_INPUT;
          case ListenException taken -> FAILED;
          case UnusableFolder folder -> FAILED;
          case RecordingFolder.Unusable folder -> FAILED;
          case LimitStoreException gone -> FAILED;
          case RouterStartException taken -> FAILED;
          default -> throw failure;
        };
    command.getErr().println("spillway: " + failure.getMessage());
    return exitCode;
  }

  /** Something the user wrote that cannot be used, in one line. */
  static final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String message) {
      super(message);
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "spillway " + (version == null ? "(built from source)" : version),
        "JDK " + Runtime.version()
      };
    }
  }
}
