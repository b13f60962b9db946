package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.cli.check.OtherRouter;
import dev.spillway.cli.check.OwnRouter;
import dev.spillway.cli.check.SocketStages;
import dev.spillway.rehearsal.RehearsalStages;
import dev.spillway.scenarios.format.Client;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.Stages;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which router is asked, and how it is called. */
final class RouterFlags {

  private static final Duration START = Duration.ofSeconds(60);

  @Option(
      names = "--router",
      paramLabel = "URL",
      description =
          "The router to ask, instead of our own; the emulator listens where the setups say.")
  private @Nullable URI address;

  @Option(
      names = "--router-command",
      paramLabel = "COMMAND",
      description = "Starts that router before each scenario; it is ended after it.")
  private @Nullable String command;

  @Option(
      names = "--real-time",
      description =
          "Plays our own router over sockets and in real time, and not in one process on a time of"
              + " its own.")
  private boolean realTime;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Where the router takes chat completions, when not where Azure does.")
  private @Nullable String path;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The key that callers have, when not that of the setups.")
  private @Nullable String key;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "Sent with each call, too. May be repeated.")
  private List<String> headers = new ArrayList<>();

  /** Whether it is another one than ours. */
  boolean isNamed() {
    return address != null;
  }

  /** Our own router needs no real time, and every other does. */
  Stages stages() {
    if (address != null) {
      return new SocketStages(new OtherRouter(checked(address), command, START));
    }
    if (command != null) {
      throw new BadInput("--router-command needs --router, which says where it listens");
    }
    return realTime ? new SocketStages(new OwnRouter()) : new RehearsalStages(System::getenv);
  }

  private static URI checked(URI given) {
    if (given.getHost() == null || !List.of("http", "https").contains(given.getScheme())) {
      throw new BadInput(
          "--router must be an address such as http://127.0.0.1:4000, not '" + given + "'");
    }
    return given;
  }

  /** A setup's client, as the command line wants it. */
  Client asAsked(Client client) {
    return client.with(path, key, headers.stream().map(RouterFlags::header).toList());
  }

  private static Header header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new BadInput("--header must be such as 'Authorization: Bearer x', not '" + line + "'");
    }
    return new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
  }
}
