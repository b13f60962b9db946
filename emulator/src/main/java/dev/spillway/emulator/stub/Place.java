package dev.spillway.emulator.stub;

/** What fills a place of a template. */
@FunctionalInterface
interface Place {

  /** The text; empty where the request has nothing of the kind. */
  String in(Scene scene);
}
