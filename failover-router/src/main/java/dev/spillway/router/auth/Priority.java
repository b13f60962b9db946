package dev.spillway.router.auth;

/** Whose requests come first where there is not enough for everybody. */
public enum Priority {
  HIGH,
  NORMAL,
  LOW
}
