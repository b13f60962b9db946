package dev.spillway.cli;

import dev.spillway.cli.Main.BadInput;
import dev.spillway.scenarios.report.HtmlReport;
import dev.spillway.scenarios.report.Json;
import dev.spillway.scenarios.report.JunitXml;
import dev.spillway.scenarios.result.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results are written beside the terminal, and as what. */
final class ReportFiles {

  @Option(names = "--junit", paramLabel = "FILE", description = "Writes the results as JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes the results as one HTML page, with a timeline of each scenario.")
  private @Nullable Path html;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the results and all that was seen as JSON.")
  private @Nullable Path json;

  void write(List<ScenarioResult> results) {
    write(junit, results, JunitXml::of);
    write(html, results, HtmlReport::of);
    write(json, results, Json::of);
  }

  private static void write(
      @Nullable Path file,
      List<ScenarioResult> results,
      Function<List<ScenarioResult>, String> report) {
    if (file == null) {
      return;
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, report.apply(results));
    } catch (IOException e) {
      throw new BadInput(file + " cannot be written: " + e.getMessage());
    }
  }
}
