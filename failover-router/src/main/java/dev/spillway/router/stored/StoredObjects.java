package dev.spillway.router.stored;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which backend keeps what: responses, files, batches and whatever else has an id. Of too many, the
 * ones that nobody has asked for the longest are forgotten.
 */
public final class StoredObjects {

  /** Some ten megabytes. */
  private static final int MOST = 100_000;

  private final Map<String, Keeper> keepers;

  public StoredObjects() {
    this(MOST);
  }

  StoredObjects(int most) {
    this.keepers =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Keeper> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * Who keeps something.
   *
   * @param pool by which it came there
   */
  public record Keeper(String pool, String backend) {}

  public synchronized void keeps(Keeper keeper, String id) {
    keepers.put(id, keeper);
  }

  public synchronized Optional<Keeper> keeperOf(String id) {
    return Optional.ofNullable(keepers.get(id));
  }

  public synchronized void forget(String id) {
    keepers.remove(id);
  }

  synchronized int size() {
    return keepers.size();
  }
}
