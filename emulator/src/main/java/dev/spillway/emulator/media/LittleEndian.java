package dev.spillway.emulator.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of a file whose numbers have their lowest byte first. */
final class LittleEndian {

  private final ByteArrayOutputStream out;

  LittleEndian(int capacity) {
    this.out = new ByteArrayOutputStream(capacity);
  }

  LittleEndian ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  LittleEndian bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  LittleEndian int8(int value) {
    out.write(value);
    return this;
  }

  LittleEndian int16(int value) {
    return int8(value).int8(value >> 8);
  }

  LittleEndian int32(int value) {
    return int16(value).int16(value >> 16);
  }

  LittleEndian int64(long value) {
    return int32((int) value).int32((int) (value >> 32));
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
