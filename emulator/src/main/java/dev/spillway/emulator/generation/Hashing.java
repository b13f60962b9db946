package dev.spillway.emulator.generation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Fast 64-bit hashing with no secrets and no adversary: the same everywhere, spread evenly. */
final class Hashing {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  static long hash(long seed, byte[] bytes) {
    long hash = mix(seed, bytes.length);
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = (rest << 8) | (bytes[at] & 0xff);
    }
    return mix(hash, rest);
  }

  /** The finisher of MurmurHash3 over both. */
  static long mix(long hash, long value) {
    long mixed = (hash ^ value) * PRIME;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
