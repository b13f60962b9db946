package dev.spillway.router.upstream;

/** Whether the model has worked, and thus whether sending again may be paid for twice. */
public enum Execution {
  NOT_EXECUTED,
  MAYBE_EXECUTED,
  EXECUTED
}
