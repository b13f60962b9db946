package dev.spillway.router.health;

import java.time.Duration;

/** Who is told of the rests that this router has come to know of. Must not block. */
public interface RestNews {

  RestNews NOBODY =
      new RestNews() {
        @Override
        public void rests(String quota, Duration wait) {}

        @Override
        public void goesOn(String quota) {}
      };

  /** A quota rests from now on for so long. */
  void rests(String quota, Duration wait);

  /** Its rest has been ended by hand. */
  void goesOn(String quota);
}
