package dev.spillway.emulator.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All recordings that are known, found by their requests; safe for any number of threads. */
public final class Recordings {

  /** How often a recording was played. */
  public record Hits(NamedRecording recording, int count) {}

  /** Those of one request, in the order in which they are played. */
  private static final class Playlist {
    private final List<NamedRecording> recordings = new ArrayList<>();
    private int played;

    NamedRecording next(Repeat repeat) {
      int at =
          switch (repeat) {
            case LAST -> Math.min(played, recordings.size() - 1);
            case CYCLE -> played % recordings.size();
          };
      played++;
      return recordings.get(at);
    }
  }

  private final Matching matching;
  private final Repeat repeat;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RequestKey, Playlist> playlists = new LinkedHashMap<>();
  private final Map<String, Integer> hits = new HashMap<>();

  public Recordings(List<NamedRecording> loaded, Matching matching, Repeat repeat) {
    this.matching = matching;
    this.repeat = repeat;
    loaded.forEach(this::add);
  }

  /** After all others of the same request; those that its file took the place of are gone. */
  public void add(NamedRecording recording) {
    lock.lock();
    try {
      playlists.values().forEach(list -> remove(list, recording.name()));
      playlists
          .computeIfAbsent(key(recording.recording().request()), key -> new Playlist())
          .recordings
          .add(recording);
      playlists.values().removeIf(list -> list.recordings.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private static void remove(Playlist list, String name) {
    list.recordings.removeIf(other -> FileNames.replaces(name, other.name()));
  }

  /** Finds the answers to a request, and plays none of them. */
  public Lookup find(RecordedRequest request) {
    RequestKey key = key(request);
    lock.lock();
    try {
      Playlist found = playlists.get(key);
      if (found != null) {
        return new Lookup.Found(() -> play(found));
      }
      Playlist other = playlists.get(key.otherKind());
      return other != null
          ? new Lookup.OtherKind(other.recordings.getFirst().name(), !key.stream())
          : new Lookup.Missing(missing(key));
    } finally {
      lock.unlock();
    }
  }

  private Recording play(Playlist list) {
    lock.lock();
    try {
      NamedRecording next = list.next(repeat);
      hits.merge(next.name(), 1, Integer::sum);
      return next.recording();
    } finally {
      lock.unlock();
    }
  }

  private String missing(RequestKey key) {
    return nearest(key)
        .map(near ->
            "No recording is of this request. The nearest is %s: %s."
                .formatted(
                    Optional.ofNullable(playlists.get(near))
                        .orElseThrow()
                        .recordings
                        .getFirst()
                        .name(),
                    key.firstDifference(near)))
        .orElse("No recording is of this request; there is none at all.");
  }

  /** Of the same operation, if there is one. */
  private Optional<RequestKey> nearest(RequestKey key) {
    return playlists.keySet().stream()
        .min(
            Comparator.<RequestKey, Boolean>comparing(other -> !same(key, other, "operation"))
                .thenComparingInt(key::distance));
  }

  private static boolean same(RequestKey one, RequestKey other, String place) {
    @Nullable String value = one.parts().get(place);
    return value != null && value.equals(other.parts().get(place));
  }

  /** In the order of their names, each with how often it was played. */
  public List<Hits> list() {
    lock.lock();
    try {
      return playlists.values().stream()
          .flatMap(list -> list.recordings.stream())
          .sorted(FileNames.IN_ORDER)
          .map(one -> new Hits(one, hits.getOrDefault(one.name(), 0)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Plays every request's first recording next, and forgets what was played. */
  public void rewind() {
    lock.lock();
    try {
      playlists.values().forEach(list -> list.played = 0);
      hits.clear();
    } finally {
      lock.unlock();
    }
  }

  private RequestKey key(RecordedRequest request) {
    return RequestKey.of(request, matching);
  }
}
