package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.plan.StreamHold;
import dev.spillway.router.upstream.HeldStream.Verdict;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldStreamTest {

  private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final StreamHold WINDOW = new StreamHold.ForAWhile(Duration.ofSeconds(2));

  private final AtomicLong now = new AtomicLong();

  /** A token at a time, a second apart, and then nothing but failure. */
  private final class Slow extends InputStream {
    private final int tokens;
    private int read;

    Slow(int tokens) {
      this.tokens = tokens;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (read == tokens) {
        throw new IOException("cut");
      }
      read++;
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      byte[] token = TOKEN.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(token, 0, buffer, offset, token.length);
      return token.length;
    }
  }

  @Test
  void whatIsNotKeptBackGoesWithTheFirstContent() throws IOException {
    Slow stream = new Slow(1);

    assertThat(held(stream, StreamHold.DEFAULT, 10_000).await(() -> {}))
        .isInstanceOf(Verdict.Serves.class);
    assertThat(stream.read).isEqualTo(1);
  }

  @Test
  void theWindowBeginsWithTheFirstContent() throws IOException {
    Slow stream = new Slow(100);

    assertThat(held(stream, WINDOW, 10_000).await(() -> {})).isInstanceOf(Verdict.Serves.class);
    assertThat(stream.read).isEqualTo(3);
  }

  @Test
  void aStreamThatIsTooLongToBeKeptIsLetGo() throws IOException {
    Slow stream = new Slow(100);

    assertThat(held(stream, new StreamHold.UntilItsEnd(), 5 * TOKEN.length()).await(() -> {}))
        .isInstanceOf(Verdict.Serves.class);
    assertThat(stream.read).isEqualTo(5);
  }

  @Test
  void nothingOfItIsLost() throws IOException {
    Verdict verdict = held(new Slow(100), WINDOW, 10_000).await(() -> {});

    InputStream all = ((Verdict.Serves) verdict).all();
    assertThat(new String(all.readNBytes(3 * TOKEN.length()), StandardCharsets.UTF_8))
        .isEqualTo(TOKEN.repeat(3));
  }

  @Test
  void itIsToldWhenTheStreamSaysSomething() throws IOException {
    AtomicLong told = new AtomicLong(-1);

    Verdict unused = held(new Slow(100), WINDOW, 10_000).await(() -> told.set(now.get()));

    assertThat(told.get()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  /** What never says anything is not kept for ever. */
  @Test
  void aStartThatIsTooLongIsLetGoWithAllOfIt() throws IOException {
    String start = "data: {\"choices\":[]}\n\n".repeat(5_000);
    AtomicBoolean told = new AtomicBoolean();

    Verdict verdict = held(bytes(start), StreamHold.DEFAULT, 10_000).await(() -> told.set(true));

    assertThat(((Verdict.Serves) verdict).all()).hasContent(start);
    assertThat(told).isFalse();
  }

  @Test
  void aStreamThatIsKeptToItsEndMustComeToIt() throws IOException {
    assertThat(kept(TOKEN + TOKEN + DONE)).isInstanceOf(Verdict.Serves.class);
    assertThat(kept(TOKEN + TOKEN))
        .isEqualTo(new Verdict.Broken("the stream ended before it was complete"));
    assertThat(kept(TOKEN.repeat(1_000) + DONE)).isInstanceOf(Verdict.Serves.class);
    assertThat(kept(TOKEN.repeat(1_000)))
        .isEqualTo(new Verdict.Broken("the stream ended before it was complete"));
  }

  @Test
  void whateverGoesWrongWhileItIsKeptIsAFailure() throws IOException {
    String error = "data: {\"error\":{\"message\":\"m\",\"code\":\"429\"}}\n\n";

    assertThat(kept(TOKEN.repeat(1_000) + error)).isInstanceOf(Verdict.Failed.class);
    assertThat(kept(TOKEN.repeat(1_000) + "data: {\n\n"))
        .isEqualTo(new Verdict.Broken("an event of the stream is no JSON"));
    assertThat(kept(error)).isInstanceOf(Verdict.Failed.class);
  }

  @Test
  void whatAFailedStreamHasSaidIsHeard() throws IOException {
    HeldStream held = held(bytes(TOKEN + TOKEN), new StreamHold.UntilItsEnd(), 1_000_000);
    Verdict unused = held.await(() -> {});

    assertThat(held.heard(Optional.of(Operation.CHAT_COMPLETIONS)).characters()).isEqualTo(2);
  }

  private Verdict kept(String stream) throws IOException {
    return held(bytes(stream), new StreamHold.UntilItsEnd(), 1_000_000).await(() -> {});
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private HeldStream held(InputStream stream, StreamHold hold, int maxBuffered) {
    StreamEnd end = StreamEnd.of(Optional.of(Operation.CHAT_COMPLETIONS));
    return new HeldStream(stream, end, hold, maxBuffered, now::get);
  }
}
