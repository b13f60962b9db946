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

  private static final int PIECE_BYTES = 8 * 1024;

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
      case Affinity.ByPromptPrefix byPrefix -> prefix(body);
    };
  }

  private static @Nullable String prefix(ReplayableBody body) throws IOException {
    long end = Math.min(LOOKED_AT, body.length());
    for (byte[] member : BEFORE_PROMPTS) {
      long start = indexOf(body, end, member);
      if (start >= 0 && end - start >= PREFIX_BYTES) {
        return Integer.toHexString(Arrays.hashCode(read(body, start)));
      }
    }
    return null;
  }

  private static byte[] read(ReplayableBody body, long start) throws IOException {
    try (InputStream in = body.open(start, start + PREFIX_BYTES)) {
      return in.readAllBytes();
    }
  }

  /** Where something begins first, looked for piece by piece; -1 where it is not. */
  private static long indexOf(ReplayableBody body, long end, byte[] wanted) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long offset = 0;
    int kept = 0;
    try (InputStream in = body.open(0, end)) {
      while (true) {
        int length = kept + in.readNBytes(piece, kept, PIECE_BYTES - kept);
        int at = indexOf(piece, length, wanted);
        if (at >= 0 || length == kept) {
          return at < 0 ? -1 : offset + at;
        }
        kept = Math.min(length, wanted.length - 1); // it may begin here and go on in the next piece
        System.arraycopy(piece, length - kept, piece, 0, kept);
        offset += length - kept;
      }
    }
  }

  private static int indexOf(byte[] bytes, int length, byte[] wanted) {
    for (int i = 0; i + wanted.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
