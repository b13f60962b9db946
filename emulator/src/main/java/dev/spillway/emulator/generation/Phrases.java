package dev.spillway.emulator.generation;

import java.util.List;

/** What seeded sentences are put together from; each phrase but the first brings its own blank. */
final class Phrases {

  static final List<String> SUBJECTS =
      List.of(
          "The reservoir",
          "A steady stream",
          "The first gate",
          "Every channel",
          "The upper basin",
          "A shallow lake",
          "The old canal",
          "Each turbine",
          "The river",
          "A narrow pipe",
          "The second gate",
          "Heavy rain",
          "The keeper",
          "A quiet valley",
          "The lower dam",
          "Melting snow");

  static final List<String> VERBS =
      List.of(
          " carries",
          " holds back",
          " gathers",
          " releases",
          " shares",
          " measures",
          " slows",
          " feeds",
          " balances",
          " follows",
          " spills",
          " absorbs",
          " levels",
          " guides",
          " returns",
          " divides");

  static final List<String> OBJECTS =
      List.of(
          " the morning flow",
          " a little more than planned",
          " what the hills send down",
          " the whole season's water",
          " its neighbour's share",
          " the surplus",
          " a calm current",
          " half of the load",
          " the pressure",
          " the sudden flood",
          " a thin layer of silt",
          " the summer supply",
          " every passing wave",
          " the reserve",
          " a measured amount",
          " the evening peak");

  static final List<String> ENDINGS =
      List.of(
          ".",
          " without a sound.",
          " before the night ends.",
          " as the level rises.",
          " for the towns below.",
          " until the valley is dry again.",
          ", and nobody notices.",
          ", though only for a minute.",
          " on its way to the sea.",
          " when the gauge says so.",
          " as it has for years.",
          ", which keeps the banks safe.",
          " and waits.",
          " under the bridge.",
          ", drop by drop.",
          " past the last gate.");

  private Phrases() {}
}
