package dev.spillway.junit;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.emulator.deployment.Resource;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The emulator of a test class, which has one test at a time. */
final class RunningEmulator implements EmulatedAzure, AutoCloseable {

  /** A test that uses it, by its unique id, and when it began by the emulator's clock. */
  private record Test(String id, Instant began) {}

  private final Emulator emulator;
  private final EmulatorConfig config;
  private final EmulatorSetup setup;
  private final AtomicReference<@Nullable Test> current = new AtomicReference<>();

  RunningEmulator(Emulator emulator, EmulatorConfig config, EmulatorSetup setup) {
    this.emulator = emulator;
    this.config = config;
    this.setup = setup;
    freezeWhereAsked();
  }

  /**
   * Lets a test begin, with everything as at the start unless that was not wanted.
   *
   * @throws ExtensionConfigurationException when another one has not ended
   */
  void begin(String test) {
    Test begun = new Test(test, control().clock().now());
    if (!setup.reset()) {
      current.set(begun);
      return;
    }
    if (!current.compareAndSet(null, begun)) {
      throw new ExtensionConfigurationException(
          "two tests use this emulator at once, and each begins by resetting it:"
              + " add @Execution(SAME_THREAD) to the class, or make the extension's field an"
              + " instance field, so that each test has its own");
    }
    emulator.control().reset();
    freezeWhereAsked();
  }

  void end(String test) {
    current.updateAndGet(now -> now != null && now.id().equals(test) ? null : now);
  }

  /** What came since the test began. */
  List<JournalEntry> callsOfTest() {
    Test test = current.get();
    return control().journal(JournalQuery.all().withSince(test == null ? null : test.began()));
  }

  private void freezeWhereAsked() {
    if (setup.frozen()) {
      emulator.control().freeze();
    }
  }

  @Override
  public EmulatorControl control() {
    return emulator.control();
  }

  @Override
  public URI endpoint() {
    return endpoint(config.firstResource().name());
  }

  @Override
  public URI endpoint(String resource) {
    Resource found = resource(resource);
    return emulator.uri(resource).orElseGet(() -> below(found));
  }

  private URI below(Resource resource) {
    return resource.equals(config.firstResource())
        ? emulator.uri()
        : emulator.uri().resolve(resource.prefix());
  }

  @Override
  public String key() {
    return config.firstResource().keys().getFirst();
  }

  @Override
  public String key(String resource) {
    return resource(resource).keys().getFirst();
  }

  private Resource resource(String name) {
    List<Resource> all = config.resources().stream().map(one -> one.resource()).toList();
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ExtensionConfigurationException(
                "there is no resource '%s'; there are %s"
                    .formatted(name, all.stream().map(Resource::name).toList())));
  }

  @Override
  public void close() {
    emulator.close();
  }
}
