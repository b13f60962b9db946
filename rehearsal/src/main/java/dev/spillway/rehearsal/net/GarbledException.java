package dev.spillway.rehearsal.net;

import java.io.IOException;

/** What has come is not HTTP. */
public final class GarbledException extends IOException {

  private static final long serialVersionUID = 1L;

  GarbledException(String why) {
    super(why);
  }
}
