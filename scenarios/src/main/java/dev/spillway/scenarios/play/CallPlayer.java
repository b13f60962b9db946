package dev.spillway.scenarios.play;

import dev.spillway.scenarios.format.Ask;
import dev.spillway.scenarios.format.Caller;
import dev.spillway.scenarios.format.Traffic;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.stage.Header;
import dev.spillway.scenarios.stage.HttpCall;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one call of some traffic, and tries it again where its caller does. */
final class CallPlayer {

  /** Nobody waits for ever, so that a router that never answers is found out. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Of a caller that was told no wait; it doubles with each try. */
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  private final Stage stage;
  private final long beginning;

  CallPlayer(Stage stage, long beginning) {
    this.stage = stage;
    this.beginning = beginning;
  }

  /** Makes the nth call. */
  CallRecord play(Traffic traffic, int number) throws InterruptedException {
    String id = traffic.name() + "-" + number;
    Caller caller = traffic.caller();
    List<Exchange> exchanges = new ArrayList<>();
    Exchange last = send(traffic, id);
    exchanges.add(last);
    while (exchanges.size() <= caller.retries() && mayPass(last)) {
      stage.time().sleep(wait(last, caller, exchanges.size()));
      last = send(traffic, id + "." + (exchanges.size() + 1));
      exchanges.add(last);
    }
    return new CallRecord(
        id,
        traffic.name(),
        number,
        caller.name(),
        traffic.ask().stream(),
        Bodies.of(traffic.ask(), id),
        exchanges);
  }

  private Exchange send(Traffic traffic, String id) throws InterruptedException {
    Ask ask = traffic.ask();
    Caller caller = traffic.caller();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(HeaderNames.CLIENT_REQUEST_ID, id));
    if (caller.key() != null) {
      headers.add(new Header(HeaderNames.API_KEY, caller.key()));
    }
    String body = ask.method().equals("GET") ? "" : Bodies.of(ask, id);
    if (!body.isEmpty() && Header.first(ask.headers(), "content-type").isEmpty()) {
      headers.add(new Header("content-type", "application/json"));
    }
    headers.addAll(ask.headers());
    Duration patience = Optional.ofNullable(caller.leavesAfter()).orElse(PATIENCE);
    HttpCall call = new HttpCall(ask.method(), ask.path(), headers, body, patience);
    return Recorder.send(stage, beginning, id, call);
  }

  /** As the clients of the service see it. */
  private static boolean mayPass(Exchange exchange) {
    if (exchange.header(HeaderNames.SHOULD_RETRY).orElse("").equals("false")) {
      return false;
    }
    return switch (exchange.status()) {
      case 0 -> exchange.end() == Exchange.End.NO_ANSWER;
      case 408, 409, 429 -> true;
      default -> exchange.status() >= 500;
    };
  }

  private Duration wait(Exchange refusal, Caller caller, int tries) {
    if (!caller.honoursWaits()) {
      return Duration.ZERO;
    }
    return RetryAfter.of(
            name -> refusal.header(name).orElse(null), refusal::body, stage.time().instant())
        .orElse(FIRST_BACKOFF.multipliedBy(1L << Math.min(6, tries - 1)));
  }
}
