package dev.spillway.router.backend;

/** On which of its routes an Azure resource is asked. */
public enum AzurePath {
  /** On the one that the caller uses. */
  CALLERS,
  /** With an api-version that is a date, and the deployment in the path. */
  DATED,
  /** Without an api-version, and the deployment in the body. */
  V1
}
