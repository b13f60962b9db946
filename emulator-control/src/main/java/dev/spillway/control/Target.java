package dev.spillway.control;

import org.jspecify.annotations.Nullable;

/** What a call was sent to: a deployment, or the path where it reached none. */
record Target(@Nullable String resource, String name) {

  static Target of(JournalEntry call) {
    String asked = call.spilledFrom() == null ? call.deployment() : call.spilledFrom();
    return new Target(call.resource(), asked == null ? call.path() : asked);
  }

  @Override
  public String toString() {
    return resource == null || name.startsWith("/") ? name : resource + "/" + name;
  }
}
