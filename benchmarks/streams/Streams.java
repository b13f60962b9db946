import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Holds many streams open at once and notes how far each token is from its time. One thread, so that
 * it takes as little as it can of the cores that it shares with the emulator.
 *
 * <p>Arguments: host, port, streams, seconds of warm-up, seconds that count, milliseconds to the
 * first token and from one token to the next.
 */
public final class Streams {

  private static final byte[] END = {'\n', '\n'};
  private static final byte[] CONTENT = ascii("\"content\":\"");
  private static final byte[] DONE = ascii("data: [DONE]");
  private static final byte[] OK = ascii("HTTP/1.1 200 ");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

  private final InetSocketAddress emulator;
  private final int streams;
  private final long first;
  private final long gap;
  private final long recordFrom;
  private final long until;
  private final ByteBuffer request;
  private final ByteBuffer read = ByteBuffer.allocateDirect(8 * 1024);
  private final Errors gaps = new Errors();
  private final Errors schedule = new Errors();
  private int answers;
  private int broken;
  private int underWay;
  private int mostUnderWay;
  private int fewestUnderWay = Integer.MAX_VALUE;

  public static void main(String[] args) throws IOException {
    new Streams(args).run();
  }

  private Streams(String[] args) {
    emulator = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    streams = Integer.parseInt(args[2]);
    long start = System.nanoTime();
    recordFrom = start + TimeUnit.SECONDS.toNanos(Long.parseLong(args[3]));
    until = recordFrom + TimeUnit.SECONDS.toNanos(Long.parseLong(args[4]));
    first = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[5]));
    gap = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[6]));
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about rivers.\"}],"
            + "\"max_completion_tokens\":400,\"stream\":true}";
    request =
        ByteBuffer.wrap(
            ascii(
                "POST /openai/deployments/paced/chat/completions?api-version=2024-10-21 HTTP/1.1\r\n"
                    + "Host: localhost\r\napi-key: bench-key\r\nContent-Type: application/json\r\n"
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body));
  }

  private void run() throws IOException {
    try (Selector selector = Selector.open()) {
      int opened = 0;
      long rampFrom = System.nanoTime();
      long ramp = TimeUnit.SECONDS.toNanos(3); // so that tokens are not all due at one moment
      while (System.nanoTime() < until) {
        int due = (int) Math.min(streams, (System.nanoTime() - rampFrom) * streams / ramp);
        for (; opened < due; opened++) {
          open(selector);
        }
        selector.select(key -> ((Stream) key.attachment()).ready(), opened < streams ? 1 : 50);
        if (System.nanoTime() > recordFrom) {
          fewestUnderWay = Math.min(fewestUnderWay, underWay);
        }
      }
    }
    System.out.printf("streams under way  %d at most, %d at least%n", mostUnderWay, fewestUnderWay);
    System.out.printf("answers            %d, broken or not 200: %d%n", answers, broken);
    System.out.printf("tokens             %d, %.0f a second%n", schedule.count, schedule.count / ((until - recordFrom) / 1e9));
    System.out.printf("gap error          %s%n", gaps);
    System.out.printf("schedule error     %s%n", schedule);
  }

  private void open(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(emulator);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Stream stream = new Stream(channel);
    channel.register(selector, SelectionKey.OP_READ, stream);
    stream.ask();
  }

  /** One connection, and the answer that comes on it; after it the next is asked for. */
  private final class Stream {

    private final SocketChannel channel;
    private byte[] rest = new byte[2048];
    private int length;
    private long asked;
    private long last;
    private int tokens;

    Stream(SocketChannel channel) {
      this.channel = channel;
    }

    void ask() throws IOException {
      asked = System.nanoTime();
      tokens = 0;
      channel.write(request.duplicate());
      underWay++;
      mostUnderWay = Math.max(mostUnderWay, underWay);
    }

    void ready() {
      try {
        read.clear();
        int count = channel.read(read);
        long now = System.nanoTime();
        if (count < 0) {
          throw new IOException("cut");
        }
        read.flip();
        take(now);
      } catch (IOException e) {
        if (broken == 0) {
          System.out.printf(
              "first broken        %s, %.1f s after it was asked, %d tokens, then %s%n",
              e.getMessage(),
              (System.nanoTime() - asked) / 1e9,
              tokens,
              new String(rest, 0, Math.min(length, 40), StandardCharsets.US_ASCII)
                  .replaceAll("\\s+", " "));
        }
        broken++;
        underWay--;
        try {
          channel.close();
        } catch (IOException ignored) {
          // it is gone already
        }
      }
    }

    private void take(long now) throws IOException {
      int count = read.remaining();
      if (length + count > rest.length) {
        rest = Arrays.copyOf(rest, length + count);
      }
      read.get(rest, length, count);
      length += count;
      int from = 0;
      for (int end = find(END, from, length); end >= 0; end = find(END, from, length)) {
        event(from, end, now);
        from = end + END.length;
      }
      boolean over = done && find(LAST_CHUNK, from, length) >= 0;
      if (over) {
        from = length;
      }
      System.arraycopy(rest, from, rest, 0, length - from);
      length -= from;
      if (over) {
        done = false;
        answers++;
        underWay--;
        ask();
      }
    }

    private boolean done;

    private void event(int from, int end, long now) throws IOException {
      if (from == 0 && find(OK, 0, Math.min(end, OK.length)) < 0 && rest[0] == 'H') {
        throw new IOException("not 200");
      }
      int content = find(CONTENT, from, end);
      if (content >= 0 && rest[content + CONTENT.length] != '"') {
        token(now);
      } else if (find(DONE, from, end) >= 0) {
        done = true;
      }
    }

    private void token(long now) {
      if (now >= recordFrom) {
        schedule.add(now - (asked + first + tokens * gap));
        if (tokens > 0) {
          gaps.add(now - last - gap);
        }
      }
      tokens++;
      last = now;
    }

    private int find(byte[] what, int from, int to) {
      for (int at = from; at <= to - what.length; at++) {
        if (rest[at] == what[0]
            && Arrays.equals(rest, at, at + what.length, what, 0, what.length)) {
          return at;
        }
      }
      return -1;
    }
  }

  /** How often each size of error was seen, to a hundredth of a millisecond, early or late. */
  private static final class Errors {

    private static final long STEP = 10_000;

    private final int[] seen = new int[1_000_000];
    private long count;
    private long most;

    void add(long nanos) {
      long size = Math.abs(nanos);
      seen[(int) Math.min(seen.length - 1, size / STEP)]++;
      count++;
      most = Math.max(most, size);
    }

    private double percentile(double part) {
      long left = (long) Math.ceil(count * part);
      for (int i = 0; i < seen.length; i++) {
        left -= seen[i];
        if (left <= 0) {
          return (i + 1) * STEP / 1e6;
        }
      }
      return most / 1e6;
    }

    @Override
    public String toString() {
      return "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.1f ms"
          .formatted(percentile(0.5), percentile(0.9), percentile(0.99), most / 1e6);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
