package dev.spillway.cli;

import dev.spillway.cli.demo.SeedStory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Plays the seed story: a deployment is throttled, and the router makes it disappear.",
      "",
      "Starts the emulator and the router on free ports and exits with 0 when every step went as"
          + " promised.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--keep",
      description = "Leave both running afterwards and print how to call them with curl.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    boolean coloured = Help.Ansi.AUTO.enabled();
    SeedStory story = SeedStory.on(System.out, coloured);
    boolean kept = play(story);
    if (keep && kept) {
      story.keep();
      return Foreground.untilStopped(story);
    }
    story.close();
    return kept ? 0 : Main.FAILED;
  }

  private static boolean play(SeedStory story) {
    try {
      return story.play();
    } catch (RuntimeException e) {
      story.close();
      throw e;
    }
  }
}
