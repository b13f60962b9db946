package dev.spillway.router.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a part of a file, without moving anybody else's place in it. */
final class FileSlice extends InputStream {

  private final FileChannel file;
  private final long end;
  private long position;

  FileSlice(FileChannel file, long from, long to) {
    this.file = file;
    this.position = from;
    this.end = to;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int read = file.read(ByteBuffer.wrap(buffer, offset, wanted), position);
    position += Math.max(read, 0);
    return read;
  }
}
