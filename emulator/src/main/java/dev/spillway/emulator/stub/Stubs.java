package dev.spillway.emulator.stub;

import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest.NearMiss;
import dev.spillway.emulator.stub.PreparedStub.Fit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stubs of an emulator, in the order in which they are asked: by priority, and of equals in the
 * order in which they were set. Safe for any number of threads.
 *
 * <p>Every stub that fits a request counts it, whichever of them answers.
 */
public final class Stubs {

  private static final int NEAREST = 3;

  private final ReentrantLock changes = new ReentrantLock();
  private volatile List<PreparedStub> all = List.of();
  private int named;

  /**
   * These stubs, of which those without a name are called by their places.
   *
   * @throws IllegalArgumentException when one of them cannot be used, or two have one name
   */
  public static List<StubSpec> named(List<StubSpec> stubs) {
    List<StubSpec> named = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (StubSpec stub : stubs) {
      StubSpec one = stub.name() == null ? stub.named("stub-" + (named.size() + 1)) : stub;
      check(one);
      if (!names.add(String.valueOf(one.name()))) {
        throw new IllegalArgumentException("two stubs are called '" + one.name() + "'");
      }
      named.add(one);
    }
    return List.copyOf(named);
  }

  /**
   * Whether a stub could be set.
   *
   * @throws IllegalArgumentException with the reason, when it could not
   */
  public static void check(StubSpec spec) {
    PreparedStub unused = PreparedStub.of(spec.name() == null ? spec.named("stub") : spec);
  }

  public boolean areThere() {
    return !all.isEmpty();
  }

  public List<StubStatus> all() {
    return all.stream().map(PreparedStub::status).toList();
  }

  public Optional<StubStatus> find(String name) {
    return all.stream()
        .filter(stub -> stub.name().equals(name))
        .findFirst()
        .map(PreparedStub::status);
  }

  /**
   * Sets a stub, in the place of one of the same name; one without a name gets one.
   *
   * @throws IllegalArgumentException when it cannot be used; then nothing changes
   */
  public StubStatus put(StubSpec spec) {
    changes.lock();
    try {
      PreparedStub stub = PreparedStub.of(spec.name() == null ? spec.named(freeName()) : spec);
      List<PreparedStub> now = new ArrayList<>(all);
      int before = indexOf(now, stub.name());
      if (before < 0) {
        now.add(stub);
      } else {
        now.set(before, stub);
      }
      now.sort(Comparator.comparingInt(PreparedStub::priority));
      all = List.copyOf(now);
      return stub.status();
    } finally {
      changes.unlock();
    }
  }

  private String freeName() {
    String name = "stub-" + ++named;
    while (indexOf(all, name) >= 0) {
      name = "stub-" + ++named;
    }
    return name;
  }

  private static int indexOf(List<PreparedStub> stubs, String name) {
    for (int i = 0; i < stubs.size(); i++) {
      if (stubs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** False when there is none of that name. */
  public boolean delete(String name) {
    changes.lock();
    try {
      List<PreparedStub> now = new ArrayList<>(all);
      boolean was = now.removeIf(stub -> stub.name().equals(name));
      all = List.copyOf(now);
      return was;
    } finally {
      changes.unlock();
    }
  }

  public void clear() {
    changes.lock();
    try {
      all = List.of();
      named = 0;
    } finally {
      changes.unlock();
    }
  }

  public void resetCounts() {
    all.forEach(PreparedStub::resetCounts);
  }

  public StubVerdict ask(Asked asked) {
    List<PreparedStub> stubs = all;
    List<Fit> fits = stubs.stream().map(stub -> stub.ask(asked)).toList();
    for (Fit fit : fits) {
      if (fit instanceof Fit.Yes yes) {
        yes.stub().countAnswered();
        return new StubVerdict.Answered(asked, yes);
      }
    }
    List<NearMiss> misses = new ArrayList<>();
    for (int i = 0; i < stubs.size(); i++) {
      misses.add(new NearMiss(stubs.get(i).name(), stubs.get(i).misfits(asked, fits.get(i))));
    }
    misses.sort(Comparator.comparingInt(miss -> miss.because().size()));
    return new StubVerdict.Unmatched(misses.stream().limit(NEAREST).toList());
  }
}
