package dev.spillway.router.identity;

import dev.spillway.router.upstream.Tokens.Held;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the token of one credential fresh: asks for the next one when {@code refreshAt} has come,
 * or five minutes before the end (half-way, where a token lives for less than ten), and after a
 * failure again in {@code 1 s x 2^n}, at most a minute.
 *
 * <p>One question at a time, and never on a request's own thread. A request waits only for the
 * first answer there is; while the endpoint fails, it hears so at once.
 */
final class TokenKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 6;
  private static final int MOST_SHOWN = 200;

  /** A token, and until when it is good. */
  private record Kept(String value, long until) {}

  private final String name;
  private final TokenSource source;
  private final TimeSource time;

  private @Nullable Kept kept;
  private @Nullable String failure;
  private int failures;
  private @Nullable CompletableFuture<@Nullable Void> question;
  private @Nullable Thread alarm;
  private @Nullable Long renewedAt;
  private boolean closed;

  /**
   * A keeper that asks for its first token at once.
   *
   * @param name what the log calls the credential
   */
  TokenKeeper(String name, TokenSource source, TimeSource time) {
    this.name = name;
    this.source = source;
    this.time = time;
    var unused = ask(false);
  }

  Held held(Duration patience) throws InterruptedException {
    CompletableFuture<@Nullable Void> answer;
    synchronized (this) {
      Kept now = valid();
      if (now != null) {
        return new Held.Valid(now.value());
      }
      if (failure != null) {
        return new Held.Missing(failure);
      }
      answer = ask(false);
    }
    await(answer, patience);
    return afterwards();
  }

  private synchronized Held afterwards() {
    Kept now = valid();
    if (now != null) {
      return new Held.Valid(now.value());
    }
    return new Held.Missing(failure != null ? failure : "the token does not come in time");
  }

  /** Whether there is another token than this one, after having asked for one if there was not. */
  boolean hasAnother(String refused, Duration patience) throws InterruptedException {
    CompletableFuture<@Nullable Void> answer;
    synchronized (this) {
      if (isAnother(refused)) {
        return true;
      }
      long now = time.nanoTime();
      if (renewedAt != null && now - renewedAt < BETWEEN_RENEWALS.toNanos()) {
        return false;
      }
      renewedAt = now;
      answer = ask(true);
    }
    await(answer, patience);
    synchronized (this) {
      return isAnother(refused);
    }
  }

  private boolean isAnother(String refused) {
    Kept now = valid();
    return now != null && !now.value().equals(refused);
  }

  private @Nullable Kept valid() {
    Kept now = kept;
    return now != null && now.until() - time.nanoTime() > 0 ? now : null;
  }

  /** The question that is open, or a new one. */
  private synchronized CompletableFuture<@Nullable Void> ask(boolean another) {
    CompletableFuture<@Nullable Void> open = question;
    if (open == null || open.isDone()) {
      CompletableFuture<@Nullable Void> asked = new CompletableFuture<>();
      question = asked;
      var unused = Thread.ofVirtual().name("token-" + name).start(() -> fetch(another, asked));
      return asked;
    }
    return open;
  }

  private void fetch(boolean another, CompletableFuture<@Nullable Void> asked) {
    try {
      got(source.fetch(another));
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    } finally {
      boolean unused = asked.complete(null);
    }
  }

  private synchronized void got(TokenSource.Fresh token) {
    Instant wall = time.instant();
    long now = time.nanoTime();
    Duration life = Duration.between(wall, token.expiresAt());
    kept = new Kept(token.value(), now + life.toNanos());
    if (failure != null) {
      LOG.info("there is a token for {} again", name);
    }
    failure = null;
    failures = 0;
    Duration pause =
        token.refreshAt() == null ? ahead(life) : Duration.between(wall, token.refreshAt());
    askAgainIn(pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause, now);
  }

  private static Duration ahead(Duration life) {
    return life.compareTo(AHEAD.multipliedBy(2)) > 0 ? life.minus(AHEAD) : life.dividedBy(2);
  }

  private synchronized void failed(Throwable cause) {
    String why = reason(cause);
    if (failure == null) {
      LOG.warn("there is no token for {}: {}", name, why);
    }
    failure = why;
    Duration pause = Duration.ofSeconds(Math.min(60, 1L << Math.min(failures, DOUBLINGS)));
    failures++;
    askAgainIn(pause, time.nanoTime());
  }

  private void askAgainIn(Duration pause, long now) {
    if (alarm != null) {
      alarm.interrupt();
    }
    if (!closed) {
      long when = now + pause.toNanos();
      alarm = Thread.ofVirtual().name("token-alarm-" + name).start(() -> askAt(when));
    }
  }

  private void askAt(long when) {
    try {
      time.sleepUntil(when);
    } catch (InterruptedException e) {
      return; // another alarm, or the end
    }
    synchronized (this) {
      if (!closed && Thread.currentThread().equals(alarm)) {
        alarm = null;
        var unused = ask(false);
      }
    }
  }

  private static void await(CompletableFuture<@Nullable Void> answer, Duration patience)
      throws InterruptedException {
    Duration longest = patience.compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT;
    try {
      var unused = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // it may still come, for the next request
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first line of what went wrong at first. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).strip();
    String line = message.lines().findFirst().orElse(cause.getClass().getSimpleName());
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (alarm != null) {
      alarm.interrupt();
    }
  }
}
