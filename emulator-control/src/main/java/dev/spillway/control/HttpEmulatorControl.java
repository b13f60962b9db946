package dev.spillway.control;

import dev.spillway.control.stub.StubControl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Steers an emulator in another process. */
public final class HttpEmulatorControl implements EmulatorControl, AutoCloseable {

  private static final TypeReference<ClockStatus> CLOCK = new TypeReference<>() {};
  private static final TypeReference<Health> HEALTH = new TypeReference<>() {};
  private static final TypeReference<RecordingsStatus> RECORDINGS = new TypeReference<>() {};
  private static final TypeReference<List<JournalEntry>> JOURNAL_LIST = new TypeReference<>() {};
  private static final TypeReference<ClientVerdict> VERDICT = new TypeReference<>() {};
  private static final TypeReference<List<ResourceStatus>> RESOURCE_LIST = new TypeReference<>() {};
  private static final TypeReference<PrincipalSpec> PRINCIPAL = new TypeReference<>() {};
  private static final TypeReference<List<PrincipalSpec>> PRINCIPAL_LIST = new TypeReference<>() {};

  private static final TypeReference<FaultStatus> FAULT = new TypeReference<>() {};
  private static final TypeReference<List<FaultStatus>> FAULT_LIST = new TypeReference<>() {};
  private static final TypeReference<List<FaultPreset>> PRESET_LIST = new TypeReference<>() {};

  private final ControlClient client;
  private final ResourceControl first;
  private final StubControl stubs;

  /** An emulator that asks for no admin key, such as {@code http://127.0.0.1:8080}. */
  public HttpEmulatorControl(URI emulator) {
    this(emulator, null);
  }

  public HttpEmulatorControl(URI emulator, @Nullable String adminKey) {
    this.client = new ControlClient(emulator, adminKey);
    this.first = HttpResourceControl.first(client);
    this.stubs = new HttpStubControl(client);
  }

  @Override
  public List<ResourceStatus> resources() {
    return client.get(ControlRoutes.RESOURCES, RESOURCE_LIST);
  }

  @Override
  public StubControl stubs() {
    return stubs;
  }

  @Override
  public ResourceControl firstResource() {
    return first;
  }

  @Override
  public ResourceControl resource(String name) {
    return HttpResourceControl.named(client, name);
  }

  @Override
  public List<PrincipalSpec> principals() {
    return client.get(ControlRoutes.PRINCIPALS, PRINCIPAL_LIST);
  }

  @Override
  public PrincipalSpec put(PrincipalSpec principal) {
    return client.send("PUT", principal(principal.id()), principal, PRINCIPAL);
  }

  @Override
  public void deletePrincipal(String id) {
    client.send("DELETE", principal(id));
  }

  private static String principal(String id) {
    return ControlRoutes.PRINCIPALS + "/" + ControlClient.encode(id);
  }

  @Override
  public List<FaultStatus> faults() {
    return client.get(ControlRoutes.FAULTS, FAULT_LIST);
  }

  @Override
  public FaultStatus inject(FaultSpec fault) {
    return client.send("POST", ControlRoutes.FAULTS, fault, FAULT);
  }

  @Override
  public void deleteFault(String name) {
    client.send("DELETE", ControlRoutes.FAULTS + "/" + ControlClient.encode(name));
  }

  @Override
  public void clearFaults() {
    client.send("DELETE", ControlRoutes.FAULTS);
  }

  @Override
  public List<FaultPreset> presets() {
    return client.get(ControlRoutes.PRESETS, PRESET_LIST);
  }

  @Override
  public ClockStatus clock() {
    return client.get(ControlRoutes.CLOCK, CLOCK);
  }

  @Override
  public ClockStatus freeze() {
    return change("/freeze", null);
  }

  @Override
  public ClockStatus advance(Duration duration) {
    return change("/advance", Map.of("by", ControlClient.millis(duration)));
  }

  @Override
  public ClockStatus setClock(Instant moment) {
    return change("/set", Map.of("to", moment.toString()));
  }

  @Override
  public ClockStatus scale(double speed) {
    return change("/scale", Map.of("speed", speed));
  }

  @Override
  public ClockStatus resume() {
    return change("/resume", null);
  }

  private ClockStatus change(String how, @Nullable Object arguments) {
    return client.send("POST", ControlRoutes.CLOCK + how, arguments, CLOCK);
  }

  @Override
  public List<JournalEntry> journal(JournalQuery query) {
    return client.get(ControlRoutes.JOURNAL + search(query), JOURNAL_LIST);
  }

  @Override
  public ClientVerdict verdict(JournalQuery query, VerdictRules rules) {
    StringJoiner search = parameters(query);
    add(search, "max-attempts", rules.maxAttempts());
    add(search, "allow-early", rules.allowEarlyMillis() + "ms");
    add(search, "storm-retries", rules.stormRetries());
    add(search, "storm-within", rules.stormMillis() + "ms");
    for (FindingKind kind : FindingKind.values()) {
      add(search, rules.tolerated().contains(kind) ? "tolerate" : "forbid", kind.text());
    }
    return client.get(ControlRoutes.VERDICT + search, VERDICT);
  }

  @Override
  public void clearJournal() {
    client.send("DELETE", ControlRoutes.JOURNAL);
  }

  @Override
  public RecordingsStatus recordings() {
    return client.get(ControlRoutes.RECORDINGS, RECORDINGS);
  }

  @Override
  public RecordingsStatus patch(RecordingsPatch patch) {
    return client.send("PATCH", ControlRoutes.RECORDINGS, patch, RECORDINGS);
  }

  @Override
  public void reset() {
    client.send("POST", ControlRoutes.RESET);
  }

  @Override
  public Health health() {
    return client.get(ControlRoutes.HEALTH, HEALTH);
  }

  @Override
  public void close() {
    client.close();
  }

  private static String search(JournalQuery query) {
    return parameters(query).toString();
  }

  private static StringJoiner parameters(JournalQuery query) {
    StringJoiner search = new StringJoiner("&", "?", "").setEmptyValue("");
    add(search, "resource", query.resource());
    add(search, "deployment", query.deployment());
    add(search, "caller", query.caller());
    add(search, "status", query.status());
    add(search, "reason", query.reason());
    add(search, "body", query.body());
    add(search, "since", query.since());
    add(search, "until", query.until());
    add(search, "limit", query.limit());
    return search;
  }

  private static void add(StringJoiner search, String name, @Nullable Object value) {
    if (value != null) {
      search.add(name + "=" + ControlClient.encode(value.toString()));
    }
  }
}
