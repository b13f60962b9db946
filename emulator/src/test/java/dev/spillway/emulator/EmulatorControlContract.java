package dev.spillway.emulator;

import static dev.spillway.control.stub.Conditions.turn;
import static dev.spillway.control.stub.Conditions.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.AccessStatus;
import dev.spillway.control.ClientVerdict;
import dev.spillway.control.ClockStatus;
import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.FaultPreset;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.control.Finding;
import dev.spillway.control.FindingKind;
import dev.spillway.control.Health;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.control.RecordingsPatch;
import dev.spillway.control.ReductionStatus;
import dev.spillway.control.ResourceControl;
import dev.spillway.control.ServiceError;
import dev.spillway.control.VerdictRules;
import dev.spillway.control.WindowStatus;
import dev.spillway.control.stub.Stub;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import dev.spillway.control.stub.UnmatchedRequest;
import dev.spillway.control.stub.UnmatchedRequest.NearMiss;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What steering an emulator does, from within its process and over HTTP alike. */
abstract class EmulatorControlContract {

  private static final String VERSION = "2024-10-21";
  private static final DeploymentSpec EXTRA =
      DeploymentSpec.standard("extra", "gpt-4o-mini", Limit.of(91));

  @AutoClose final EmulatorFixture emulator = EmulatorFixture.start("2024");

  abstract EmulatorControl control();

  private RawHttp.Answer chat(String deployment, int tokens) {
    return emulator.chat(deployment, VERSION, EmulatorFixture.body(0, ",\"max_tokens\":" + tokens));
  }

  private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  @Test
  void aLatencyIsPutShownPatchedAndTakenBack() {
    LatencySpec slow =
        LatencySpec.of(Duration.ofMillis(300), Duration.ofMillis(20))
            .withJitter(LatencySpec.Jitter.LOG_NORMAL, 30)
            .withLoad(2.5, 40);

    assertThat(control().put(EXTRA.withLatency(slow)).spec().latency()).isEqualTo(slow);
    assertThat(control().patch("extra", DeploymentPatch.capacity(5)).spec().latency())
        .isEqualTo(slow);
    LatencySpec preset = LatencySpec.preset("gpt-4o");
    assertThat(control().patch("extra", DeploymentPatch.latency(preset)).spec().latency())
        .isEqualTo(preset);
    DeploymentPatch back = DeploymentPatch.latency(LatencySpec.preset(""));
    assertThat(control().patch("extra", back).spec().latency()).isNull();
  }

  @Test
  void aLatencyThatCannotBeIsRefusedAndChangesNothing() {
    LatencySpec unknown = LatencySpec.preset("gpt-40");

    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> control().patch("micro", DeploymentPatch.latency(unknown)))
        .withMessageStartingWith("there is no latency preset 'gpt-40'; there is dall-e, ");
    assertThat(control().deployment("micro").spec().latency()).isNull();
  }

  @Test
  void listsTheDeploymentsByName() {
    assertThat(control().deployments())
        .extracting(DeploymentStatus::name)
        .containsExactly("35turbo", "micro", "mini");
  }

  @Test
  void aDeploymentIsItsSpecAndItsPathAndItsWindows() {
    assertThat(chat("35turbo", 100).statusLine()).endsWith("200 OK");

    assertThat(control().deployment("35turbo"))
        .isEqualTo(
            new DeploymentStatus(
                "local",
                DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40)),
                "/openai/deployments/35turbo/chat/completions",
                new WindowStatus(Limit.of(40_000), Limit.of(39_900), 60, 60_000),
                new WindowStatus(Limit.of(40), Limit.of(39), 10, 10_000),
                null,
                null));
  }

  @Test
  void aNewDeploymentIsServedAtOnce() {
    assertThat(chat("extra", 1).statusLine()).endsWith("404 Not Found");

    DeploymentStatus made = control().put(EXTRA);

    assertThat(made).isEqualTo(control().deployment("extra"));
    assertThat(made.requests()).isEqualTo(new WindowStatus(Limit.of(910), Limit.of(910), 60, 0));
    assertThat(chat("extra", 1).statusLine()).endsWith("200 OK");
  }

  @Test
  void aDeploymentThatIsPutAgainKeepsWhatItsWindowsHaveCharged() {
    assertThat(chat("35turbo", 300).statusLine()).endsWith("200 OK");

    DeploymentStatus replaced =
        control().put(DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(80)));

    assertThat(replaced.tokens().remaining()).isEqualTo(Limit.of(79_700));
  }

  @Test
  void aCapacityLoweredFrom40To1CountsFromTheNextRequestAndResetsNobodyElse() {
    assertThat(chat("35turbo", 300).statusLine()).endsWith("200 OK");
    assertThat(chat("mini", 300).statusLine()).endsWith("200 OK");
    DeploymentStatus other = control().deployment("mini");

    DeploymentStatus lowered = control().patch("35turbo", DeploymentPatch.capacity(1));

    assertThat(lowered.tokens().limit()).isEqualTo(Limit.of(1_000));
    assertThat(lowered.tokens().remaining()).isEqualTo(Limit.of(700));
    assertThat(control().deployment("mini")).isEqualTo(other);
    RawHttp.Answer refused = chat("35turbo", 701);
    assertThat(refused.statusLine()).endsWith("429 Too Many Requests");
    assertThat(refused.header("Retry-After")).isEqualTo("60");
  }

  @Test
  void aCapacityThatIsRaisedHelpsTheNextRequest() {
    assertThat(chat("micro", 1_001).statusLine()).endsWith("429 Too Many Requests");

    control().patch("micro", DeploymentPatch.capacity(40));

    assertThat(chat("micro", 1_001).statusLine()).endsWith("200 OK");
  }

  @Test
  void aReductionLeavesAPartOfTheLimitsUntilItEndsByItself() {
    assertThat(chat("35turbo", 300).statusLine()).endsWith("200 OK");

    DeploymentStatus reduced = control().reduce("35turbo", 50, Duration.ofMinutes(30));

    assertThat(reduced).isEqualTo(control().deployment("35turbo"));
    assertThat(reduced.reduction()).isEqualTo(new ReductionStatus(50, 1_800_000));
    assertThat(reduced.tokens())
        .isEqualTo(new WindowStatus(Limit.of(20_000), Limit.of(19_700), 60, 60_000));
    assertThat(reduced.requests().limit()).isEqualTo(Limit.of(20));
    assertThat(chat("35turbo", 19_701).statusLine()).endsWith("429 Too Many Requests");
    assertThat(control().advance(Duration.ofMinutes(30)).frozen()).isTrue();
    assertThat(control().deployment("35turbo").reduction()).isNull();
    assertThat(control().deployment("35turbo").tokens().limit()).isEqualTo(Limit.of(40_000));
  }

  @Test
  void aReductionCanBeTakenAwayAndADeploymentThatComesBackHasNone() {
    ResourceControl local = control().resource("local");
    assertThat(local.reduce("mini", 10, Duration.ofHours(2)).tokens().limit())
        .isEqualTo(Limit.of(12_000));

    assertThat(local.restore("mini")).isEqualTo(local.deployment("mini"));
    assertThat(local.deployment("mini").tokens().limit()).isEqualTo(Limit.of(120_000));

    DeploymentSpec spec = local.reduce("mini", 10, Duration.ofHours(2)).spec();
    local.delete("mini");
    assertThat(local.put(spec).reduction()).isNull();
  }

  @Test
  void aReductionThatCannotBeIsRefusedAndChangesNothing() {
    DeploymentStatus ptu = control().put(DeploymentSpec.provisioned("ptu", "gpt-4o", 1));
    DeploymentStatus before = control().deployment("mini");
    Duration hour = Duration.ofHours(1);

    for (int percent : new int[] {-1, 0, 100}) {
      assertRefused(
          Reason.INVALID,
          "'percent' is a whole number from 1 to 99, and not " + percent,
          () -> control().reduce("mini", percent, hour));
    }
    assertRefused(
        Reason.INVALID,
        "limits are reduced for more than no time and at most 366 days, not for PT0S",
        () -> control().reduce("mini", 50, Duration.ZERO));
    assertRefused(
        Reason.INVALID,
        "'ptu' is provisioned: only the limits of Standard deployments are reduced",
        () -> control().reduce("ptu", 50, hour));
    assertRefused(
        Reason.NOT_FOUND,
        "there is no deployment 'nobody'",
        () -> control().reduce("nobody", 50, hour));
    assertThat(control().deployment("mini")).isEqualTo(before);
    assertThat(control().deployment("ptu")).isEqualTo(ptu);
  }

  @Test
  void anImageModelHasRequestsAndNoTokens() {
    DeploymentStatus made = control().put(DeploymentSpec.standard("art", "dall-e-3", Limit.of(1)));

    assertThat(made.tokens().limit()).isEqualTo(Limit.UNLIMITED);
    assertThat(made.requests()).isEqualTo(new WindowStatus(Limit.of(6), Limit.of(6), 60, 0));
    assertRefused(
        Reason.INVALID,
        "'art' takes no tpm: dall-e-3 is limited by requests only",
        () -> control().put(made.spec().withTpm(Limit.of(1))));
    assertThat(control().deployment("art")).isEqualTo(made);
  }

  @Test
  void requestsCanBeUnlimitedBesideLimitedTokens() {
    DeploymentStatus status = control().patch("micro", DeploymentPatch.rpm(Limit.UNLIMITED));

    assertThat(status.spec())
        .isEqualTo(
            DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(1)).withRpm(Limit.UNLIMITED));
    assertThat(status.requests().limit()).isEqualTo(Limit.UNLIMITED);
    assertThat(status.requests().remaining()).isEqualTo(Limit.UNLIMITED);
    assertThat(status.tokens().limit()).isEqualTo(Limit.of(1_000));
  }

  @Test
  void theContentFilterOfADeploymentGoesDownAndComesBack() {
    String error = "\"content_filter_result\":{\"error\":{\"code\":\"content_filter_error\"";

    assertThat(control().patch("mini", DeploymentPatch.contentFilter("down")).spec())
        .isEqualTo(
            DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(120))
                .withContentFilter("down"));
    assertThat(chat("mini", 7).body()).contains(error);

    assertThat(control().patch("mini", DeploymentPatch.contentFilter("")).spec().contentFilter())
        .isNull();
    assertThat(chat("mini", 7).body()).doesNotContain(error);
  }

  @Test
  void aDeploymentMayStartWithAContentFilter() {
    assertThat(control().put(EXTRA.withContentFilter("off")).spec().contentFilter())
        .isEqualTo("off");
    assertThat(chat("extra", 7).body()).contains("\"content_filter_results\":{},");
  }

  @Test
  void aContentFilterThatDoesNotExistIsRefusedAndChangesNothing() {
    String message =
        "'mini' names the content filter 'nobody', which does not exist; there is"
            + " Microsoft.DefaultV2, asynchronous, down, off";

    assertRefused(
        Reason.INVALID,
        message,
        () -> control().patch("mini", DeploymentPatch.contentFilter("nobody")));
    assertThat(control().deployment("mini").spec().contentFilter()).isNull();
  }

  @Test
  void anyCapacityThatALimitCanHaveIsServed() {
    Limit most = Limit.of(10_000_000_000L);

    DeploymentStatus status = control().put(DeploymentSpec.standard("vast", "o3-mini", most));

    assertThat(status.tokens().limit()).isEqualTo(most);
    assertThat(emulator.chat("vast", VERSION, EmulatorFixture.body(0, "")).statusLine())
        .endsWith("200 OK");
  }

  @Test
  void aDeletedDeploymentIsGoneAndStartsAfreshWhenItComesBack() {
    assertThat(chat("micro", 900).statusLine()).endsWith("200 OK");
    DeploymentSpec spec = control().deployment("micro").spec();

    control().delete("micro");
    assertThat(chat("micro", 1).statusLine()).endsWith("404 Not Found");

    assertThat(control().put(spec).tokens().remaining()).isEqualTo(Limit.of(1_000));
  }

  @Test
  void theClockStandsStillMovesAndRunsAgain() {
    assertThat(control().clock()).isEqualTo(new ClockStatus(EmulatorFixture.START, true, 0));

    assertThat(control().advance(Duration.ofSeconds(90)))
        .isEqualTo(new ClockStatus(EmulatorFixture.START.plusSeconds(90), true, 0));
    assertThat(control().resume().frozen()).isFalse();
    assertThat(control().freeze().frozen()).isTrue();
    assertThat(control().clock().now()).isAfterOrEqualTo(EmulatorFixture.START.plusSeconds(90));
  }

  @Test
  void whoIsLetInChangesForOneResource() {
    AccessStatus changed = control().resource("local").patch(AccessPatch.firewall("10.0.0.0/8"));

    assertThat(changed)
        .isEqualTo(new AccessStatus(true, List.of("10.0.0.0/8"), false))
        .isEqualTo(control().access())
        .isEqualTo(control().resource("local").access());
    assertThat(chat("mini", 1).statusLine()).endsWith("403 Forbidden");
    assertRefused(
        Reason.INVALID,
        "'firewall' takes addresses and ranges such as 203.0.113.7 or 10.0.0.0/8, not 'localhost'",
        () -> control().patch(AccessPatch.firewall("localhost")));
    assertThat(control().access()).isEqualTo(changed);
  }

  @Test
  void principalsAreGivenRolesAndForgotten() {
    PrincipalSpec app =
        new PrincipalSpec("an app/1", "an-oid", List.of("Owner", "Reader"), List.of("local"));

    assertThat(control().put(app)).isEqualTo(app);
    assertThat(control().principals()).containsExactly(app);

    control().deletePrincipal("an app/1");
    assertThat(control().principals()).isEmpty();
    assertRefused(
        Reason.NOT_FOUND,
        "there is no principal 'an app/1'",
        () -> control().deletePrincipal("an app/1"));
  }

  @Test
  void aRoleOrAResourceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> control().put(PrincipalSpec.of("app", "King")))
        .isInstanceOf(ControlException.class)
        .hasMessageStartingWith("there is no role 'King'; there is Azure AI Developer, ");
    assertRefused(
        Reason.INVALID,
        "there is no resource 'nobody'",
        () -> control().put(new PrincipalSpec("app", null, List.of(), List.of("nobody"))));
    assertThat(control().principals()).isEmpty();
  }

  @Test
  void theClockIsSetForwardAndSpedUp() {
    Instant noon = EmulatorFixture.START.plusSeconds(3_600);

    assertThat(control().setClock(noon)).isEqualTo(new ClockStatus(noon, true, 0));
    assertThat(control().scale(60).speed()).isEqualTo(60);
    assertThat(control().clock().frozen()).isFalse();
    assertThat(control().resume().speed()).isEqualTo(1);
  }

  @Test
  void theClockIsNeitherSetBackNorStoppedByItsSpeed() {
    assertThatThrownBy(() -> control().setClock(EmulatorFixture.START.minusSeconds(1)))
        .isInstanceOf(ControlException.class)
        .hasMessageStartingWith("the clock only moves forward, not from 2026-01-02T03:04:05Z to");
    assertThatThrownBy(() -> control().scale(0))
        .isInstanceOf(ControlException.class)
        .hasMessage("the clock's speed is a number above 0 and up to 1000000, not 0.0");
    assertThat(control().clock().frozen()).isTrue();
  }

  @Test
  void windowsFollowTheClock() {
    assertThat(chat("micro", 1_000).statusLine()).endsWith("200 OK");
    Duration full = Duration.ofMillis(control().deployment("micro").tokens().fullInMillis());

    ClockStatus unused = control().advance(full);

    assertThat(full).isEqualTo(Duration.ofMinutes(1));
    assertThat(chat("micro", 1_000).statusLine()).endsWith("200 OK");
  }

  @Test
  void theClockNeverGoesShortOfWhatItIsAskedFor() {
    assertThat(control().advance(Duration.ofNanos(1)).now()).isAfter(EmulatorFixture.START);
  }

  @Test
  void theJournalShowsWhatCameAndWhatBecameOfIt() {
    assertThat(chat("micro", 7).statusLine()).endsWith("200 OK");
    RawHttp.Answer refused = chat("micro", 7);

    List<JournalEntry> journal = control().journal(JournalQuery.all());

    assertThat(journal).hasSize(2);
    JournalEntry last = journal.getLast();
    assertThat(last)
        .isEqualTo(
            new JournalEntry(
                2,
                EmulatorFixture.START,
                EmulatorFixture.START,
                refused.header("apim-request-id"),
                null,
                "key1",
                "POST",
                "/openai/deployments/micro/chat/completions",
                VERSION,
                "local",
                "micro",
                null,
                false,
                429,
                "requests",
                0L,
                null,
                null,
                10_000L,
                JournalEntry.COMPLETE,
                EmulatorFixture.body(0, ",\"max_tokens\":7")));
    assertThat(journal.getFirst().chargedTokens()).isEqualTo(7);
    assertThat(journal.getFirst().promptTokens()).isEqualTo(7);
    assertThat(journal.getFirst().completionTokens()).isBetween(1, 7);
  }

  @Test
  void theJournalCanBeAskedForADeploymentAStatusAndTheNewest() {
    List.of("micro", "micro", "mini", "nobody", "mini").forEach(name -> chat(name, 1));

    assertThat(control().journal(JournalQuery.ofDeployment("micro")))
        .extracting(JournalEntry::number)
        .containsExactly(1L, 2L);
    assertThat(control().journal(JournalQuery.all().withStatus(200)))
        .extracting(JournalEntry::number)
        .containsExactly(1L, 3L, 5L);
    assertThat(control().journal(JournalQuery.ofDeployment("mini").withStatus(200).withLimit(1)))
        .extracting(JournalEntry::number)
        .containsExactly(5L);
    assertThat(control().journal(JournalQuery.ofDeployment("a/b &?"))).isEmpty();
  }

  @Test
  void theJournalCanBeAskedForACallerAReasonAndAText() {
    List.of(7, 8, 9).forEach(tokens -> chat("micro", tokens));

    assertThat(numbers(JournalQuery.all().withCaller("key1"))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(JournalQuery.all().withCaller("key2"))).isEmpty();
    assertThat(numbers(JournalQuery.all().withReason("requests"))).containsExactly(2L, 3L);
    assertThat(numbers(JournalQuery.all().withBody("\"max_tokens\":8"))).containsExactly(2L);
  }

  @Test
  void theJournalCanBeAskedForATime() {
    Instant second = EmulatorFixture.START.plusSeconds(1);
    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");
    assertThat(control().setClock(second).now()).isEqualTo(second);
    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");
    assertThat(control().advance(Duration.ofMillis(1)).now()).isAfter(second);
    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");

    assertThat(numbers(JournalQuery.all().withSince(second))).containsExactly(2L, 3L);
    assertThat(numbers(JournalQuery.all().withUntil(second))).containsExactly(1L);
    assertThat(numbers(JournalQuery.all().withSince(second).withUntil(second.plusMillis(1))))
        .containsExactly(2L);
  }

  @Test
  void theVerdictIsThatOnTheMatchingCalls() {
    List.of(7, 7, 7).forEach(tokens -> chat("micro", tokens));

    ClientVerdict verdict = control().verdict(JournalQuery.all(), VerdictRules.defaults());

    assertThat(verdict).isEqualTo(ClientVerdict.of(control().journal(JournalQuery.all())));
    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.sums().calls()).isEqualTo(3);
    assertThat(verdict.findings(FindingKind.CAME_EARLY))
        .extracting(Finding::calls)
        .containsExactly(List.of(2L, 3L));
    assertThat(
            control()
                .verdict(JournalQuery.ofDeployment("mini"), VerdictRules.defaults())
                .findings())
        .extracting(Finding::kind)
        .containsExactly(FindingKind.NO_CALLS);
  }

  @Test
  void aVerdictFollowsTheRulesItIsGiven() {
    List.of(7, 7, 7).forEach(tokens -> chat("micro", tokens));
    VerdictRules lax =
        VerdictRules.defaults()
            .withMaxAttempts(2)
            .withAllowEarly(Duration.ofSeconds(10))
            .withStorm(9, Duration.ofMillis(1))
            .forbidding(FindingKind.GAVE_UP)
            .tolerating(FindingKind.MOVED_LATE);

    ClientVerdict verdict = control().verdict(JournalQuery.all(), lax);

    assertThat(verdict.rules()).isEqualTo(lax);
    assertThat(verdict.failures()).extracting(Finding::kind).containsExactly(FindingKind.GAVE_UP);
  }

  private List<Long> numbers(JournalQuery query) {
    return control().journal(query).stream().map(JournalEntry::number).toList();
  }

  @Test
  void aClearedJournalCountsFromOneAgain() {
    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");

    control().clearJournal();
    assertThat(control().journal(JournalQuery.all())).isEmpty();

    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");
    assertThat(control().journal(JournalQuery.all()))
        .extracting(JournalEntry::number)
        .containsExactly(1L);
  }

  @Test
  void aResetBringsBackTheStartButNotTheTime() {
    RawHttp.Answer before = chat("micro", 900);
    control().delete("mini");
    assertThat(control().put(EXTRA).name()).isEqualTo("extra");
    assertThat(control().advance(Duration.ofSeconds(5)).frozen()).isTrue();

    control().reset();

    assertThat(control().deployments())
        .extracting(DeploymentStatus::name)
        .containsExactly("35turbo", "micro", "mini");
    assertThat(control().deployment("micro").tokens().remaining()).isEqualTo(Limit.of(1_000));
    assertThat(control().journal(JournalQuery.all())).isEmpty();
    assertThat(control().clock().frozen()).isFalse();
    assertThat(control().clock().now()).isAfterOrEqualTo(EmulatorFixture.START.plusSeconds(5));
    assertThat(chat("micro", 900).header("apim-request-id"))
        .isEqualTo(before.header("apim-request-id"));
  }

  @Test
  void errorsAreSetReadAndForgottenWithTheirDeployment() {
    ErrorSwitch once = ErrorSwitch.next(1, ServiceError.MODEL_ERROR);
    ErrorSwitch broken = new ErrorSwitch(ServiceError.SERVER_ERROR, 3, 2);
    assertThat(control().errors("mini")).isEmpty();

    assertThat(control().fail("mini", broken)).containsExactly(broken);
    assertThat(control().resource("local").fail("mini", once)).containsExactly(once, broken);
    assertThat(chat("mini", 1).statusLine()).startsWith("HTTP/1.1 500");
    assertThat(control().errors("mini")).containsExactly(broken);

    control().reset();
    assertThat(control().errors("mini")).isEmpty();
    assertRefused(
        Reason.NOT_FOUND, "there is no deployment 'nobody'", () -> control().fail("nobody", once));
  }

  @Test
  void stubsAreSetFoundCountedAndDeleted() {
    StubSpec weather = Stub.when(user().contains("weather")).says("Sunny.");

    assertThat(control().stubs().put(weather.named("weather")))
        .isEqualTo(new StubStatus(weather.named("weather"), 0, 0));
    assertThat(control().stubs().put(weather.priority(1)).stub().name()).isEqualTo("stub-1");
    assertThat(emulator.chat("mini", VERSION, EmulatorFixture.asking("weather", "")).body())
        .contains("Sunny.");
    assertThat(control().stubs().all())
        .containsExactly(
            new StubStatus(weather.named("stub-1").priority(1), 1, 1),
            new StubStatus(weather.named("weather"), 1, 0));

    control().stubs().resetCounts();
    assertThat(control().stubs().find("weather").fitted()).isZero();
    control().stubs().delete("stub-1");
    assertThat(control().stubs().all()).hasSize(1);
    control().stubs().clear();
    assertThat(control().stubs().all()).isEmpty();
    assertRefused(
        Reason.NOT_FOUND, "there is no stub 'weather'", () -> control().stubs().delete("weather"));
  }

  @Test
  void aStubThatCannotBeUsedChangesNothing() {
    assertRefused(
        Reason.INVALID,
        "the stub 'a': nothing is called {{usr}}; did you mean {{user}}?",
        () -> control().stubs().put(Stub.always().says("{{usr}}").named("a")));
    assertThat(control().stubs().all()).isEmpty();
  }

  @Test
  void whatNoStubFitsIsListed() {
    assertThat(control().stubs().put(Stub.when(turn(2)).says("x").named("a")).fitted()).isZero();

    RawHttp.Answer answer =
        emulator.chat("mini", VERSION, EmulatorFixture.asking("the\\n time?", ""));

    assertThat(control().stubs().unmatched())
        .containsExactly(
            new UnmatchedRequest(
                EmulatorFixture.START,
                answer.header("apim-request-id"),
                "local",
                "mini",
                "chat/completions",
                1,
                "the time?",
                List.of(new NearMiss("a", List.of("turn is 1, not 2")))));
    control().stubs().clearUnmatched();
    assertThat(control().stubs().unmatched()).isEmpty();
  }

  @Test
  void faultsAreSetShownReplacedAndTakenAway() {
    FaultSpec cut = FaultSpec.of("cut it", "status 503").onDeployment("mini").first(2);
    assertThat(control().inject(cut)).isEqualTo(new FaultStatus(cut, 0, 0));
    control().inject(FaultSpec.of("late", "delay 1h"));

    assertThat(chat("mini", 1).statusLine()).startsWith("HTTP/1.1 503");
    assertThat(control().faults())
        .containsExactly(
            new FaultStatus(cut, 1, 1), new FaultStatus(FaultSpec.of("late", "delay 1h"), 1, 1));

    FaultSpec other = FaultSpec.of("cut it", "status 500").onDeployment("micro");
    control().inject(other);
    control().deleteFault("late");
    assertThat(control().faults()).containsExactly(new FaultStatus(other, 0, 0));
    control().clearFaults();
    assertThat(control().faults()).isEmpty();
    assertThat(chat("mini", 1).statusLine()).endsWith("200 OK");
  }

  @Test
  void aFaultThatCannotBeIsRefusedAndChangesNothing() {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> control().inject(FaultSpec.of("a", "nothing")))
        .withMessageStartingWith("there is no fault and no preset 'nothing'; there is status,");
    assertRefused(
        Reason.NOT_FOUND, "there is no fault 'gone'", () -> control().deleteFault("gone"));
    assertRefused(
        Reason.NOT_FOUND,
        "there is no resource 'other'",
        () -> control().inject(FaultSpec.of("a", "reset").onResource("other")));
    assertThat(control().faults()).isEmpty();
  }

  @Test
  void aResetTakesFaultsAwayThatWereSetSinceTheStart() {
    control().inject(FaultSpec.of("cut", "reset"));

    control().reset();

    assertThat(control().faults()).isEmpty();
  }

  @Test
  void thePresetsAreListedWithTheirThreads() {
    assertThat(control().presets())
        .extracting(FaultPreset::name)
        .contains("retry-after-ms-0", "retry-after-24h", "misspelt-reset", "high-demand");
    assertThat(control().presets().getFirst().threads())
        .containsExactly("anomalyco/opencode#37076", "anomalyco/opencode#38697");
  }

  @Test
  void healthNamesTheWireProfileAndCountsTheDeployments() {
    assertThat(control().health()).isEqualTo(new Health("ok", "2024", 3));
  }

  @Test
  void aDeploymentThatDoesNotExistIsRefusedByName() {
    String message = "there is no deployment 'nobody'";

    assertRefused(Reason.NOT_FOUND, message, () -> control().deployment("nobody"));
    assertRefused(
        Reason.NOT_FOUND, message, () -> control().patch("nobody", DeploymentPatch.capacity(1)));
    assertRefused(Reason.NOT_FOUND, message, () -> control().delete("nobody"));
  }

  @Test
  void withoutRecordingsNoneAreShownOrSwitched() {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> control().recordings())
        .withMessageContaining("nothing is recorded or played")
        .extracting(ControlException::reason)
        .isEqualTo(Reason.NOT_FOUND);
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> control().patch(new RecordingsPatch("replay")))
        .withMessageContaining("nothing is recorded or played");
  }

  @Test
  void theClockIsNotMovedBackNorPastAllMeasure() {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> control().advance(Duration.ofSeconds(-1)))
        .satisfies(refusal -> {
          assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
          assertThat(refusal.getMessage()).hasLineCount(1);
        });
    assertRefused(
        Reason.INVALID,
        "the clock moves by at most 366 days at once",
        () -> control().advance(Duration.ofDays(367)));
    assertThat(control().clock().now()).isEqualTo(EmulatorFixture.START);
  }
}
