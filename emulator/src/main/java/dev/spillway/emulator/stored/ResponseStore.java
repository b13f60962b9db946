package dev.spillway.emulator.stored;

import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The responses that each resource keeps: for 30 days, and the latest {@value #REMEMBERED} of them.
 * Safe for any number of threads.
 */
public final class ResponseStore {

  private static final int REMEMBERED = 5_000;
  private static final Duration LIFETIME = Duration.ofDays(30);

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Shelf> shelves = new HashMap<>();

  public ResponseStore(TimeSource time) {
    this.time = time;
  }

  public void put(String resource, StoredResponse response) {
    var unused =
        alone(() -> {
          shelf(resource).put(response);
          return response;
        });
  }

  public Optional<StoredResponse> find(String resource, String id) {
    return alone(() -> Optional.ofNullable(shelf(resource).responses.get(id)));
  }

  /** An item of a response, whether it came in or went out. */
  public Optional<ObjectNode> item(String resource, String id) {
    return alone(() -> Optional.ofNullable(shelf(resource).items.get(id)));
  }

  /** Whether it was there. */
  public boolean delete(String resource, String id) {
    return alone(() -> shelf(resource).remove(id));
  }

  public void clear() {
    var unused =
        alone(() -> {
          shelves.clear();
          return shelves;
        });
  }

  private <T> T alone(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private Shelf shelf(String resource) {
    Shelf shelf = shelves.computeIfAbsent(resource, name -> new Shelf());
    shelf.expire();
    return shelf;
  }

  /** Those of one resource, the oldest first. */
  private final class Shelf {
    private final Map<String, StoredResponse> responses = new LinkedHashMap<>();
    private final Map<String, ObjectNode> items = new HashMap<>();

    void put(StoredResponse response) {
      responses.put(response.id(), response);
      for (ObjectNode item : response.ownItems()) {
        items.put(item.path("id").asString(""), item);
      }
      if (responses.size() > REMEMBERED) {
        var unused = remove(responses.keySet().iterator().next());
      }
    }

    boolean remove(String id) {
      StoredResponse gone = responses.remove(id);
      if (gone != null) {
        forgetItems(gone);
      }
      return gone != null;
    }

    void expire() {
      Iterator<StoredResponse> oldestFirst = responses.values().iterator();
      while (oldestFirst.hasNext()) {
        StoredResponse oldest = oldestFirst.next();
        if (time.instant().isBefore(oldest.created().plus(LIFETIME))) {
          return;
        }
        oldestFirst.remove();
        forgetItems(oldest);
      }
    }

    private void forgetItems(StoredResponse gone) {
      gone.ownItems().forEach(item -> items.remove(item.path("id").asString("")));
    }
  }
}
