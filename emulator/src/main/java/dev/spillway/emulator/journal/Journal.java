package dev.spillway.emulator.journal;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The newest calls, as many as it is made for and as their bodies fit into {@value
 * #MOST_BODY_CHARACTERS} characters; safe for any number of threads.
 */
public final class Journal {

  private static final long MOST_BODY_CHARACTERS = 64L * 1024 * 1024;

  private final int capacity;
  private final boolean keepsBodies;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
  private long count;
  private long bodyCharacters;

  /**
   * @param capacity how many calls to keep; 0 keeps none
   * @param keepsBodies whether entries hold the request's body, and with it the prompt
   */
  public Journal(int capacity, boolean keepsBodies) {
    this.capacity = capacity;
    this.keepsBodies = keepsBodies;
  }

  public boolean keepsBodies() {
    return keepsBodies && capacity > 0;
  }

  /** Records the entry made for the next number. */
  public void record(LongFunction<JournalEntry> entry) {
    lock.lock();
    try {
      count++;
      if (capacity > 0) {
        add(entry.apply(count));
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(JournalEntry entry) {
    entries.addLast(entry);
    bodyCharacters += bodyLength(entry);
    while (entries.size() > capacity
        || (bodyCharacters > MOST_BODY_CHARACTERS && entries.size() > 1)) {
      bodyCharacters -= bodyLength(entries.removeFirst());
    }
  }

  private static int bodyLength(JournalEntry entry) {
    String body = entry.body();
    return body == null ? 0 : body.length();
  }

  /** Matching calls, oldest first. */
  public List<JournalEntry> find(JournalQuery query) {
    List<JournalEntry> matching = new ArrayList<>(all());
    matching.removeIf(entry -> !query.matches(entry));
    Integer limit = query.limit();
    return limit == null || limit >= matching.size()
        ? matching
        : matching.subList(matching.size() - Math.max(0, limit), matching.size());
  }

  public void clear() {
    lock.lock();
    try {
      entries.clear();
      bodyCharacters = 0;
      count = 0;
    } finally {
      lock.unlock();
    }
  }

  private List<JournalEntry> all() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }
}
