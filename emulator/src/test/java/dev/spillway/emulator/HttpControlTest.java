package dev.spillway.emulator;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.HttpEmulatorControl;
import org.junit.jupiter.api.AutoClose;

class HttpControlTest extends EmulatorControlContract {

  @AutoClose
  private final HttpEmulatorControl http = new HttpEmulatorControl(emulator.emulator.uri());

  @Override
  EmulatorControl control() {
    return http;
  }
}
