package dev.spillway.control;

/** Where the control API is found, below {@link #PREFIX}. */
public final class ControlRoutes {

  public static final String PREFIX = "/emulator";
  public static final String DEPLOYMENTS = PREFIX + "/deployments";

  /** Below a deployment. */
  public static final String REDUCTION = "/reduction";

  public static final String RESOURCES = PREFIX + "/resources";
  public static final String ACCESS = PREFIX + "/access";
  public static final String PRINCIPALS = PREFIX + "/principals";
  public static final String STUBS = PREFIX + "/stubs";

  /** Requests that no stub fits. */
  public static final String UNMATCHED = PREFIX + "/unmatched";

  public static final String FAULTS = PREFIX + "/faults";
  public static final String PRESETS = PREFIX + "/presets";
  public static final String CLOCK = PREFIX + "/clock";
  public static final String JOURNAL = PREFIX + "/journal";
  public static final String VERDICT = PREFIX + "/verdict";
  public static final String RECORDINGS = PREFIX + "/recordings";
  public static final String RESET = PREFIX + "/reset";
  public static final String HEALTH = PREFIX + "/health";

  /** Below a deployment. */
  public static final String ERRORS = "/errors";

  /** The header by which a call asks for faults itself, where that is allowed. */
  public static final String FAULT = "x-emulator-fault";

  /** The header that carries the emulator's {@code admin-key}, where it has one. */
  public static final String ADMIN_KEY = "x-admin-key";

  private ControlRoutes() {}
}
