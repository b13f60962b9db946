package dev.spillway.emulator.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.LatencySpec;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What docs/latency.md says is what there is. */
class LatencyPageTest {

  @Test
  void everyMemberHasItsRow() throws IOException {
    String page = page();
    for (RecordComponent member : LatencySpec.class.getRecordComponents()) {
      String name = member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      assertThat(page).contains("\n| `" + name + "` | ");
    }
  }

  @Test
  void everyPresetHasItsRowWithItsFigures() throws IOException {
    String page = page();
    LatencyPresets presets = LatencyPresets.bundled();
    assertThat(presets.named().keySet())
        .filteredOn(name -> !name.equals(LatencySpec.MODEL) && !name.equals(LatencySpec.OFF))
        .hasSizeGreaterThan(15)
        .allSatisfy(name ->
            assertThat(page).contains(row(name, presets.model(LatencySpec.preset(name), name))));
  }

  private static String row(String name, LatencyModel model) {
    return "\n| `%s` | %s | %s | %s | %.0f %% |"
        .formatted(
            name,
            time(model.first()),
            time(model.perPromptToken()),
            time(model.perToken()),
            model.spread().share() * 100);
  }

  private static String time(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    if (nanos == 0) {
      return "-";
    }
    if (time.toSeconds() >= 5) {
      return time.toSeconds() + "s";
    }
    return nanos % 1_000_000 == 0 ? time.toMillis() + "ms" : nanos / 1e6 + "ms";
  }

  private static String page() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    Path here = module.resolve("docs/latency.md");
    return Files.readString(
        Files.exists(here) ? here : module.resolveSibling("docs").resolve("latency.md"));
  }
}
