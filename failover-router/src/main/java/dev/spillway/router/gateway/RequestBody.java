package dev.spillway.router.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads bodies up to a limit. */
record RequestBody(int maxBytes) {

  private static final int DISCARDED_AT_ONCE = 64 * 1024;

  /** The whole body, unless it is too long. */
  Optional<byte[]> read(HttpServletRequest request) throws IOException {
    InputStream in = request.getInputStream();
    long announced = request.getContentLengthLong();
    if (announced > maxBytes) {
      discard(in);
      return Optional.empty();
    }
    if (announced >= 0) {
      return Optional.of(in.readNBytes((int) announced));
    }
    byte[] body = in.readNBytes(maxBytes + 1);
    if (body.length <= maxBytes) {
      return Optional.of(body);
    }
    discard(in);
    return Optional.empty();
  }

  /** Most callers look for an answer only after they have sent everything. */
  private void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[DISCARDED_AT_ONCE];
    long discarded = 0;
    int read = in.read(buffer);
    while (read >= 0 && discarded < maxBytes) {
      discarded += read;
      read = in.read(buffer);
    }
  }
}
