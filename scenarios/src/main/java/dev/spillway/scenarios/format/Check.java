package dev.spillway.scenarios.format;

import dev.spillway.control.VerdictRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of the calls that an expectation selects. */
public sealed interface Check {

  /** Which part of a call's time is measured. */
  enum Span {
    /** From the sending to the end. */
    LATENCY,
    /** From the sending to the first words. */
    FIRST_TOKEN,
    /** What the router and attempts in vain added to the attempt that served the call. */
    ADDED_LATENCY;
  }

  /** By the status, such as {@code 200} or {@code 2xx}, of what callers got in the end. */
  record Statuses(Map<String, Count> counts) implements Check {}

  /** By the deployment that served them. */
  record ServedBy(Map<DeploymentRef, Count> counts) implements Check {}

  /** How many deployments have served calls. */
  record DeploymentsUsed(Interval number) implements Check {}

  /** 429s that callers saw although somewhere there was capacity. */
  record Leaked429(Interval number) implements Check {}

  /** Lengths of time: {@code p50}, {@code p95}, {@code max}; in milliseconds. */
  record Times(Span span, Map<String, Interval> percentiles) implements Check {}

  /** The attempts at each call, the most of them. */
  record AttemptsPerCall(Interval number) implements Check {}

  /** Attempts for each call, on average. */
  record Amplification(Interval ratio) implements Check {}

  /** Attempts in all, and by deployment; null where only the latter are asked for. */
  record Attempts(@Nullable Interval all, Map<DeploymentRef, Interval> each) implements Check {}

  /** The most attempts that a deployment had at the same time. */
  record AtOnce(Map<DeploymentRef, Interval> numbers) implements Check {}

  /** Which deployments each call was tried on, and in which order. */
  record AskedInOrder(List<DeploymentRef> order) implements Check {}

  /** How a stream can end, as {@code streams} names it. */
  List<String> ENDS =
      List.of("complete", "unfinished", "error-event", "cut", "left", "no-answer", "refused");

  /** How streams ended, by the name of the end. */
  record Streams(Map<String, Count> counts) implements Check {}

  /** The wait that every 429 told, in milliseconds. */
  record WaitsTold(Interval millis) implements Check {}

  /** Attempts at a deployment that had told the router to stay away. */
  record WaitsBroken(Interval number) implements Check {}

  /** The verdict on the router as a client of the emulator. */
  record Verdict(VerdictRules rules) implements Check {}

  /** Tokens that were charged for answers which nobody used. */
  record WastedTokens(Interval number) implements Check {}

  /** Headers of every answer: text, pattern, or whether they are there. */
  record Headers(Map<String, HeaderRule> rules) implements Check {}

  /** What a header must be. */
  sealed interface HeaderRule {

    /** As it is written. */
    String words();

    /** It must be there, or must not. */
    record Present(boolean wanted) implements HeaderRule {
      @Override
      public String words() {
        return wanted ? "present" : "absent";
      }
    }

    /** It must be this. */
    record Is(String text) implements HeaderRule {
      @Override
      public String words() {
        return text;
      }
    }

    /** This must be found in it. */
    record Like(Pattern pattern) implements HeaderRule {
      @Override
      public String words() {
        return "/" + pattern + "/";
      }
    }
  }

  /** The body of every answer. */
  record AnswerBody(TextRule rule) implements Check {}

  /** The body of every attempt; {@code unchanged} is the caller's own, to the last character. */
  record AttemptBodies(boolean unchanged, TextRule rule) implements Check {}

  /** What a text must be, have in it, or not. */
  record TextRule(@Nullable String equal, List<String> contains, List<String> lacks) {
    boolean isEmpty() {
      return equal == null && contains.isEmpty() && lacks.isEmpty();
    }
  }

  /** A caller's key, or that of another resource, at a resource that should not know it. */
  record SecretsSeen(Interval number) implements Check {}

  /** How long attempts go on after their caller has left, in milliseconds. */
  record CancelledWithin(Interval millis) implements Check {}

  /** So often a fault, by its name, must have struck. */
  record FaultsStruck(Map<String, Interval> numbers) implements Check {}

  /** When all faults are over for so long, one more call is served. */
  record AliveAfter(Duration pause) implements Check {}
}
