package dev.spillway.emulator.recording;

import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The recordings of a running emulator, and what it does with them at the moment. */
public final class RecordingDesk {

  private final RecordingsConfig config;
  private final RecordingFolder folder;
  private final Recordings recordings;
  private final Supplier<? extends Collection<String>> secrets;
  private final VirtualClock clock;
  private volatile RecordingMode mode;

  /**
   * Reads what is in the folder.
   *
   * @param secrets what no recording may hold, as of now
   * @throws RecordingFolder.Unusable when the folder cannot be read, or not be written to where
   *     that is wanted
   * @throws dev.spillway.yaml.YamlException when there is something else than a recording
   */
  public RecordingDesk(
      RecordingsConfig config, Supplier<? extends Collection<String>> secrets, VirtualClock clock) {
    this.config = config;
    this.folder = new RecordingFolder(config.folder());
    this.secrets = secrets;
    this.clock = clock;
    this.mode = config.mode();
    if (writes()) {
      folder.makeWritable();
    }
    this.recordings = new Recordings(folder.read(), config.match(), config.repeat());
  }

  private boolean writes() {
    return mode == RecordingMode.RECORD || config.unmatched() == Unmatched.RECORD;
  }

  public RecordingsConfig config() {
    return config;
  }

  public RecordingMode mode() {
    return mode;
  }

  /**
   * Does something else from the next call on.
   *
   * @throws IllegalArgumentException when nobody can be asked whom to record
   */
  public void mode(RecordingMode other) {
    if (other == RecordingMode.RECORD) {
      RecordingsConfig unused = config.with(other);
      folder.makeWritable();
    }
    mode = other;
  }

  /** As at the start, with nothing played yet. */
  public void reset() {
    mode = config.mode();
    recordings.rewind();
  }

  /** Finds the answer to a request, by what recording leaves of it. */
  public Lookup find(RecordedRequest request) {
    return recordings.find(redactor(Set.of()).redacted(request));
  }

  /**
   * Keeps an exchange, without its secrets.
   *
   * @param brought secrets of the caller
   */
  public NamedRecording keep(Recording recording, Collection<String> brought) {
    NamedRecording kept = folder.write(redactor(brought).redacted(recording));
    recordings.add(kept);
    return kept;
  }

  /** A text as it may be kept. */
  public String cleaned(String text, Collection<String> brought) {
    return redactor(brought).document(text);
  }

  public Duration wait(Duration recorded) {
    return config.speed().wait(recorded, clock.isFrozen());
  }

  /** In the order of their names, each with how often it was played. */
  public List<Recordings.Hits> list() {
    return recordings.list();
  }

  private Redactor redactor(Collection<String> brought) {
    return new Redactor(config.redact(), secrets.get()).with(brought);
  }
}
