package dev.spillway.emulator.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What the endpoint answers, as far as it is there.
 *
 * @param headers those for the caller
 * @param body to be read as it arrives; breaks off with an {@link IOException}
 */
public record UpstreamAnswer(int status, List<UpstreamHeader> headers, InputStream body)
    implements AutoCloseable {

  @Override
  public void close() throws IOException {
    body.close();
  }
}
