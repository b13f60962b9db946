package dev.spillway.emulator.arm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.model.ModelCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows accounts, tells their keys and makes new ones. */
final class AccountRoutes {

  /** As long as the keys of accounts since the end of 2024. */
  private static final int KEY_LENGTH = 84;

  /** Both keys; the second is null where the configuration has one only. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Keys(String key1, @Nullable String key2) {}

  private final Directory directory;
  private final Resources resources;
  private final ModelCatalog catalog;
  private final CallSeeds seeds;
  private final Instant started;

  AccountRoutes(
      Directory directory,
      Resources resources,
      ModelCatalog catalog,
      CallSeeds seeds,
      Instant started) {
    this.directory = directory;
    this.resources = resources;
    this.catalog = catalog;
    this.seeds = seeds;
    this.started = started;
  }

  List<ArmRoute> routes(String subscription, String accounts) {
    String one = accounts + "/{account}";
    return List.of(
        ArmRoute.of(
            "GET",
            subscription + "/providers/" + Directory.ACCOUNTS,
            request -> list(directory.inSubscription(request), request)),
        ArmRoute.of("GET", accounts, request -> list(directory.inGroup(request), request)),
        ArmRoute.of("GET", one, this::get),
        ArmRoute.of("PATCH", one, this::patch),
        ArmRoute.of("GET", one + "/models", this::models),
        ArmRoute.of(
            "POST", one + "/listKeys", request -> ArmAnswer.ok(keys(directory.account(request)))),
        ArmRoute.of("POST", one + "/regenerateKey", this::regenerateKey));
  }

  private ArmAnswer list(List<Resource> accounts, ArmRequest request) {
    return ArmAnswer.list(
        accounts.stream().map(one -> AccountView.of(one, request.address(), started)).toList());
  }

  private ArmAnswer get(ArmRequest request) {
    return ArmAnswer.ok(AccountView.of(directory.account(request), request.address(), started));
  }

  /** Switches keys off or on; nothing else of an account can be changed. */
  private ArmAnswer patch(ArmRequest request) {
    Resource account = directory.account(request);
    Members body = Members.of(request.body());
    Optional<Members> properties = body.object("properties");
    Optional<Boolean> disabled = properties.flatMap(members -> members.flag("disableLocalAuth"));
    properties.ifPresent(Members::end);
    body.end();
    disabled.ifPresent(keysOff -> {
      var unused =
          resources.change(
              account.name(), old -> old.withAccess(old.access().withLocalAuth(!keysOff)));
    });
    return get(request);
  }

  private ArmAnswer models(ArmRequest request) {
    var unused = directory.account(request);
    return ArmAnswer.list(catalog.all().stream().map(ModelView::of).toList());
  }

  /** The old key is refused from the next request on. */
  private ArmAnswer regenerateKey(ArmRequest request) {
    Resource account = directory.account(request);
    Members body = Members.of(request.body());
    String keyName =
        body.text("keyName")
            .orElseThrow(() -> ArmRefusal.invalidContent("Required member 'keyName' is missing"));
    body.end();
    int number =
        switch (keyName.toLowerCase(Locale.ROOT)) {
          case "key1" -> 1;
          case "key2" -> 2;
          default ->
              throw ArmRefusal.invalidContent(
                  "The value of 'keyName' must be Key1 or Key2, not '" + keyName + "'");
        };
    String key =
        seeds
            .next(Directory.id(account) + "/regenerateKey", new byte[] {(byte) number})
            .id("", KEY_LENGTH);
    return ArmAnswer.ok(keys(resources.change(account.name(), old -> old.withKey(number, key))));
  }

  private static Keys keys(Resource account) {
    List<String> keys = account.keys();
    return new Keys(keys.getFirst(), keys.size() > 1 ? keys.get(1) : null);
  }
}
