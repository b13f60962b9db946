package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.cli.log.Console;
import dev.spillway.cli.matrix.Matrix;
import dev.spillway.cli.matrix.MatrixTable;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.report.Table;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.run.Kit;
import dev.spillway.scenarios.run.Runner;
import dev.spillway.scenarios.run.ScenarioFiles;
import dev.spillway.scenarios.stage.Stages;
import dev.spillway.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = {
      "Plays scenarios with a router and says whether it did what they expect.",
      "",
      "A scenario is a file that says what is asked, what goes wrong meanwhile, and what is to come"
          + " out. The emulator stands in for Azure OpenAI. Without a file, the ready-made"
          + " scenarios are played with our own router.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every scenario passed",
      "1:one failed, or more",
      "2:it cannot be said: a file cannot be used, or a scenario could not be played"
    },
    footer = {
      "",
      "Examples:",
      "  spillway check",
      "  spillway check --config router.yaml",
      "  spillway check my-scenarios/ --junit target/scenarios.xml",
      "  spillway check --only throttling --router http://localhost:4000 --path /chat/completions",
      "  spillway check --router http://127.0.0.1:18800 --router-command 'nginx -c $PWD/nginx.conf'"
    })
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|FOLDER",
      description = "Scenario files, or folders of them. Default: the ready-made ones.")
  private List<Path> places = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "ROUTER.YAML",
      description =
          "Instead of scenarios: takes this configuration of our own router through every trouble"
              + " of its backends, and shows what callers saw of each.")
  private @Nullable Path config;

  @Mixin private RouterFlags router = new RouterFlags();

  @Option(
      names = "--only",
      paramLabel = "NAME|GROUP",
      split = ",",
      description = "Only those of this group, or with this in their name or their file's name.")
  private List<String> only = new ArrayList<>();

  @Option(names = "--list", description = "Shows which scenarios there are, and ends.")
  private boolean list;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What everything that is left to chance follows from. Default: 42.")
  private long seed = 42;

  @Mixin private ReportFiles reports = new ReportFiles();

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of scenario files, for editors, and ends.")
  private boolean schema;

  @Override
  public Integer call() throws Exception {
    if (schema) {
      EditorSchema.print(Scenario.class, "scenario.schema.json");
      return 0;
    }
    Console.follow(Level.ERROR, Console.Format.TEXT);
    Stages stages = router.stages();
    if (config != null) {
      return ownConfiguration(config, stages);
    }
    List<Scenario> scenarios = scenarios();
    if (list) {
      scenarios.forEach(
          one -> System.out.printf("%-12s %s  (%s)%n", one.group(), one.name(), one.file()));
      return 0;
    }
    List<ScenarioResult> results =
        play(scenarios, stages, result -> System.out.print(Table.of(result)));
    System.out.print("\n" + Table.summary(results));
    return reported(results);
  }

  private int ownConfiguration(Path file, Stages stages) throws InterruptedException {
    if (router.isNamed() || !places.isEmpty()) {
      throw new BadInput("--config is played with our own router, and without other scenarios");
    }
    Matrix matrix = Matrix.of(file);
    List<Scenario> scenarios = matrix.scenarios();
    Progress progress = new Progress(scenarios.size());
    List<ScenarioResult> results = play(scenarios, stages, result -> progress.step());
    System.out.print(MatrixTable.of(matrix, results));
    return reported(results);
  }

  private int reported(List<ScenarioResult> results) {
    reports.write(results);
    return exitCode(results);
  }

  private List<ScenarioResult> play(
      List<Scenario> scenarios, Stages stages, Consumer<ScenarioResult> shown)
      throws InterruptedException {
    Runner runner = new Runner(stages, seed, TimeSource.system());
    List<ScenarioResult> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      ScenarioResult result = Foreground.quietly(() -> runner.run(scenario));
      shown.accept(result);
      System.out.flush();
      results.add(result);
    }
    return results;
  }

  private static int exitCode(List<ScenarioResult> results) {
    boolean allPlayed = results.stream().allMatch(ScenarioResult.Played.class::isInstance);
    boolean someFailed =
        results.stream().anyMatch(one -> one instanceof ScenarioResult.Played && !one.passes());
    return someFailed ? Main.FAILED : allPlayed ? 0 : Main.BAD_INPUT;
  }

  /** All of them are read before the first is played. */
  private List<Scenario> scenarios() {
    ScenarioReader reader = new ScenarioReader(System::getenv, router::asAsked);
    List<Scenario> all = new ArrayList<>();
    if (places.isEmpty()) {
      all.addAll(Kit.read(reader));
    }
    for (Path place : places) {
      ScenarioFiles.in(place).forEach(file -> all.add(reader.read(file)));
    }
    List<Scenario> wanted = all.stream().filter(this::isWanted).toList();
    if (wanted.isEmpty()) {
      throw new BadInput(
          all.isEmpty()
              ? "there is no scenario in " + places
              : "no scenario is called " + String.join(" or ", only) + "; --list shows them");
    }
    return wanted;
  }

  private boolean isWanted(Scenario scenario) {
    return only.isEmpty()
        || only.stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .anyMatch(word ->
                scenario.group().equals(word)
                    || scenario.name().toLowerCase(Locale.ROOT).contains(word)
                    || scenario.file().contains(word));
  }
}
