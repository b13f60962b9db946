package dev.spillway.emulator.ratelimit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Arrays;
import java.util.Optional;

/** One key in Redis, and what is asked of it. */
record RedisKey(String name, StatefulRedisConnection<byte[], byte[]> connection, RedisGuard guard) {

  byte[] bytes() {
    return name.getBytes(UTF_8);
  }

  Optional<String> get() {
    return guard.ask(
        () -> Optional.ofNullable(connection.sync().get(bytes())).map(it -> new String(it, UTF_8)));
  }

  /** Runs a script that answers with a whole number. */
  long number(byte[] script, Object... arguments) {
    byte[][] keys = {bytes()};
    byte[][] values =
        Arrays.stream(arguments)
            .map(argument -> argument.toString().getBytes(US_ASCII))
            .toArray(byte[][]::new);
    Long answer =
        guard.ask(
            () -> connection.sync().<Long>eval(script, ScriptOutputType.INTEGER, keys, values));
    return answer;
  }

  /** Runs a script that answers with a text, or with nothing. */
  Optional<String> text(byte[] script, Object... arguments) {
    byte[][] keys = {bytes()};
    byte[][] values =
        Arrays.stream(arguments)
            .map(argument -> argument.toString().getBytes(US_ASCII))
            .toArray(byte[][]::new);
    byte[] answer =
        guard.ask(
            () -> connection.sync().<byte[]>eval(script, ScriptOutputType.VALUE, keys, values));
    return Optional.ofNullable(answer).map(it -> new String(it, UTF_8));
  }

  void delete() {
    Long unused = guard.ask(() -> connection.sync().del(bytes()));
  }
}
