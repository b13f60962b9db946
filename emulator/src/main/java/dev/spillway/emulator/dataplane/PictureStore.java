package dev.spillway.emulator.dataplane;

import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that answers gave a URL for: for a day, and no more than {@value #MOST_BYTES} bytes
 * of them, of which the oldest go first.
 */
final class PictureStore {

  static final Duration KEPT = Duration.ofHours(24);

  private static final long MOST_BYTES = 32 << 20;

  /**
   * A picture.
   *
   * @param expiry when its URL ends
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(byte[] file, String contentType, Instant expiry) {}

  private final TimeSource time;
  private final Map<String, Kept> pictures = new LinkedHashMap<>();
  private long bytes;

  PictureStore(TimeSource time) {
    this.time = time;
  }

  synchronized Kept add(String id, byte[] file, String contentType) {
    forget(id);
    Kept kept = new Kept(file, contentType, time.instant().plus(KEPT));
    pictures.put(id, kept);
    bytes += file.length;
    Iterator<Kept> oldest = pictures.values().iterator();
    while (bytes > MOST_BYTES && pictures.size() > 1) {
      bytes -= oldest.next().file().length;
      oldest.remove();
    }
    return kept;
  }

  /** The picture, be its time over; null when there is none. */
  synchronized @Nullable Kept find(String id) {
    return pictures.get(id);
  }

  boolean isOver(Kept kept) {
    return !time.instant().isBefore(kept.expiry());
  }

  private void forget(String id) {
    Kept before = pictures.remove(id);
    bytes -= before == null ? 0 : before.file().length;
  }
}
