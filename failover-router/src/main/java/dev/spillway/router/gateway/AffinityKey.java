package dev.spillway.router.gateway;

import dev.spillway.router.backend.Affinity;
import dev.spillway.router.body.ReplayableBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request has in common with those it belongs to. */
final class AffinityKey {

  /** A prompt of fewer bytes is not cached by any model, so it may go anywhere. */
  private static final int PREFIX_BYTES = 4_096;

  /** Where a prompt is looked for. */
  private static final int LOOKED_AT = 1024 * 1024;

  private static final byte[][] BEFORE_PROMPTS = {
    "\"messages\"".getBytes(StandardCharsets.US_ASCII),
    "\"input\"".getBytes(StandardCharsets.US_ASCII),
    "\"prompt\"".getBytes(StandardCharsets.US_ASCII)
  };

  private AffinityKey() {}

  static @Nullable String of(
      Affinity affinity, Function<String, @Nullable String> header, ReplayableBody body)
      throws IOException {
    return switch (affinity) {
      case Affinity.None none -> null;
      case Affinity.ByHeader byHeader -> header.apply(byHeader.name());
      case Affinity.ByPromptPrefix byPrefix -> prefix(beginning(body));
    };
  }

  private static byte[] beginning(ReplayableBody body) throws IOException {
    try (InputStream in = body.open()) {
      return in.readNBytes(LOOKED_AT);
    }
  }

  private static @Nullable String prefix(byte[] body) {
    for (byte[] member : BEFORE_PROMPTS) {
      int start = indexOf(body, member);
      if (start >= 0 && body.length - start >= PREFIX_BYTES) {
        return Integer.toHexString(
            Arrays.hashCode(Arrays.copyOfRange(body, start, start + PREFIX_BYTES)));
      }
    }
    return null;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
