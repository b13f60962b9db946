package dev.spillway.router.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that arrives, with somebody who is told when it is waited for and when it is left. */
final class LiveStream extends FilterInputStream {

  /** Who is told. */
  interface Watcher {

    /** A read begins to wait for the backend. */
    void waiting();

    /** It has got something, or the end. */
    void served();

    /**
     * Nobody reads any more.
     *
     * @param ended whether there was nothing left to read
     */
    void left(boolean ended);
  }

  private final Watcher watcher;
  private boolean ended;
  private boolean closed;

  LiveStream(InputStream stream, Watcher watcher) {
    super(stream);
    this.watcher = watcher;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    watcher.waiting();
    int read = super.read(buffer, offset, length);
    watcher.served();
    ended = read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      watcher.left(ended);
      super.close();
    }
  }
}
