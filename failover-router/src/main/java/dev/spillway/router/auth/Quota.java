package dev.spillway.router.auth;

/** What a caller may use in a minute. {@link #UNLIMITED} leaves either without an end. */
public record Quota(long tokensPerMinute, long requestsPerMinute) {

  public static final long UNLIMITED = Long.MAX_VALUE;

  public static final Quota NONE = new Quota(UNLIMITED, UNLIMITED);
}
