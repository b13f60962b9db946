package dev.spillway.junit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.JournalQuery;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What runs side by side never gets into each other's way. */
class SideBySideTest {

  @Test
  void classesRunAtOnceAndTheTestsOfOneClassOneByOne() {
    Played played = Played.sideBySide(Left.class, Right.class);

    assertThat(played.failures()).isEmpty();
    assertThat(played.succeeded()).isEqualTo(6);
  }

  @Test
  void testsAtOnceOnOneEmulatorAreToldApartAtOnce() {
    Played played = Played.sideBySide(Together.class);

    assertThat(played.succeeded()).isEqualTo(1);
    assertThat(played.failures())
        .singleElement()
        .satisfies(failure ->
            assertThat(failure)
                .hasMessageContaining("two tests use this emulator at once")
                .hasMessageContaining("@Execution(SAME_THREAD)"));
  }

  @Test
  void testsAtOnceWithAnEmulatorEachAreFine() {
    Played played = Played.sideBySide(Apart.class);

    assertThat(played.failures()).isEmpty();
    assertThat(played.succeeded()).isEqualTo(2);
  }

  private static void await(CyclicBarrier barrier) throws Exception {
    barrier.await(20, SECONDS);
  }

  private static final CyclicBarrier BOTH_CLASSES = new CyclicBarrier(2);

  /** One test at a time, and each meets one of the other class. */
  abstract static class Side {

    private final AtomicInteger under;

    Side(AtomicInteger under) {
      this.under = under;
    }

    @Test
    void one(EmulatedAzure azure) throws Exception {
      use(azure);
    }

    @Test
    void two(EmulatedAzure azure) throws Exception {
      use(azure);
    }

    @Nested
    class Inner {
      @Test
      void three(EmulatedAzure azure) throws Exception {
        use(azure);
      }
    }

    void use(EmulatedAzure azure) throws Exception {
      assertThat(under.incrementAndGet()).isEqualTo(1);
      await(BOTH_CLASSES);
      assertThat(Chat.ask(azure, "micro")).isEqualTo(200);
      await(BOTH_CLASSES);
      assertThat(azure.control().journal(JournalQuery.all())).hasSize(1);
      under.decrementAndGet();
    }
  }

  @AzureOpenAi
  static class Left extends Side {

    private static final AtomicInteger UNDER = new AtomicInteger();

    Left() {
      super(UNDER);
    }
  }

  @AzureOpenAi
  static class Right extends Side {

    private static final AtomicInteger UNDER = new AtomicInteger();

    Right() {
      super(UNDER);
    }
  }

  static class Together {

    private static final AtomicInteger FAILED = new AtomicInteger();

    @RegisterExtension
    static final AzureOpenAiExtension azure = AzureOpenAiExtension.builder().build();

    /** Goes on only when the other one has failed to begin. */
    @RegisterExtension
    static final org.junit.jupiter.api.extension.AfterEachCallback failed =
        context -> context.getExecutionException().ifPresent(any -> FAILED.incrementAndGet());

    @Test
    void one() {
      awaitTheOther();
    }

    @Test
    void two() {
      awaitTheOther();
    }

    private static void awaitTheOther() {
      long end = System.nanoTime() + SECONDS.toNanos(20);
      while (FAILED.get() == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  static class Apart {

    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @RegisterExtension final AzureOpenAiExtension azure = AzureOpenAiExtension.builder().build();

    @Test
    void one(EmulatorControl control) throws Exception {
      use(control);
    }

    @Test
    void two(EmulatorControl control) throws Exception {
      use(control);
    }

    private void use(EmulatorControl control) throws Exception {
      await(BOTH);
      assertThat(Chat.ask(azure, "micro")).isEqualTo(200);
      await(BOTH);
      assertThat(control.journal(JournalQuery.all())).hasSize(1);
    }
  }
}
