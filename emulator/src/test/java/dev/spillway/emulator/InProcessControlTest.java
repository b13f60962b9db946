package dev.spillway.emulator;

import dev.spillway.control.EmulatorControl;

class InProcessControlTest extends EmulatorControlContract {

  @Override
  EmulatorControl control() {
    return emulator.control();
  }
}
