package dev.spillway.emulator;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers that call tools, as they stand in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class ToolGoldenTest {

  private static final String FUNCTION =
      "{\"name\":\"get_delivery_date\",\"description\":\"When an order arrives\",\"parameters\":"
          + "{\"type\":\"object\",\"properties\":{\"order_id\":{\"type\":\"string\"}},"
          + "\"required\":[\"order_id\"]}}";

  private final String wire;
  private final Goldens goldens;
  @AutoClose private final EmulatorFixture emulator;

  ToolGoldenTest(String wire) {
    this.wire = wire;
    this.goldens = new Goldens(wire);
    this.emulator = EmulatorFixture.start(wire);
  }

  private void assertGolden(String name, String more) {
    goldens.check(
        name,
        emulator.chat(
            goldens.deployment(),
            goldens.version(),
            EmulatorFixture.asking("When does my delivery come?", more)));
  }

  /** There were functions in 2023, and tools from then on. */
  private String tools() {
    return wire.equals("2023")
        ? ",\"functions\":[" + FUNCTION + "]"
        : ",\"tools\":[{\"type\":\"function\",\"function\":" + FUNCTION + "}]";
  }

  @Test
  void aCall() {
    assertGolden("200-call", tools());
  }

  @Test
  void aCallInAStream() {
    assertGolden(
        "200-stream-call",
        tools() + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  }
}
