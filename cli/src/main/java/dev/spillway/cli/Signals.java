package dev.spillway.cli;

import java.lang.reflect.Proxy;

/**
 * What the operating system tells a process. Java has this only where it is not documented, so it
 * is looked for, and done without where it is missing.
 */
final class Signals {

  static final String HANG_UP = "HUP";
  static final String INTERRUPT = "INT";
  static final String TERMINATE = "TERM";

  private Signals() {}

  /**
   * Takes a signal, instead of what would happen by itself.
   *
   * @return false when it cannot be taken
   */
  static boolean on(String name, Runnable reaction) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  reaction.run();
                }
                return null;
              });
      var unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
