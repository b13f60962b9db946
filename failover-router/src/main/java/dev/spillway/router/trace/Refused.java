package dev.spillway.router.trace;

/**
 * A request that no pool was asked for: a wrong key, an unknown path, a body that is too long.
 *
 * @param path as the caller wrote it, without its query, cut after 200 characters
 */
public record Refused(RequestId id, String method, String path, int status) {

  private static final int LONGEST_PATH = 200;

  public Refused {
    path = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path;
  }
}
