package dev.spillway.yaml;

import java.net.BindException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program listens, as people write it.
 *
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\s]+)):(\\d{1,5})");
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "::1");

  public ListenAddress {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
  }

  /**
   * Reads {@code 127.0.0.1:8080}, {@code [::1]:8080} or {@code 0.0.0.0:8080}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ListenAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "an address to listen on is host:port such as 127.0.0.1:8080, not '" + text + "'");
    }
    String host = form.group(1) != null ? form.group(1) : form.group(2);
    return new ListenAddress(host, Integer.parseInt(form.group(3)));
  }

  /** Whether only programs of the same machine reach it. */
  public boolean isLoopback() {
    return LOOPBACK.contains(host) || LOOPBACK_V4.matcher(host).matches();
  }

  /** A host that a program of the same machine can call. */
  public String reachableHost() {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }

  /**
   * Why it could not be listened on, in one line.
   *
   * @param failure of the attempt, or what came of it
   */
  public String whyNot(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
          return this + " is already in use";
        }
      }
    }
    return this + " cannot be listened on: " + message;
  }

  /** The same host with the port that was picked. */
  public ListenAddress withPort(int picked) {
    return new ListenAddress(host, picked);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
