package dev.spillway.emulator.arm;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.ResourceGroup;
import dev.spillway.emulator.deployment.Resources;
import java.util.List;
import java.util.Locale;

/**
 * Finds what paths name: subscriptions, resource groups, accounts. Ids are the same in any case.
 */
final class Directory {

  static final String NAMESPACE = "Microsoft.CognitiveServices";
  static final String ACCOUNTS = NAMESPACE + "/accounts";

  private final Resources resources;

  Directory(Resources resources) {
    this.resources = resources;
  }

  /** The accounts of the path's subscription. */
  List<Resource> inSubscription(ArmRequest request) {
    String subscription = request.param("subscription");
    if (!ResourceGroup.isSubscription(subscription)) {
      throw new ArmRefusal(
          400,
          "InvalidSubscriptionId",
          "The provided subscription identifier '" + subscription + "' is malformed or invalid.");
    }
    List<Resource> found =
        resources.all().stream().filter(one -> one.group().isIn(subscription)).toList();
    if (found.isEmpty()) {
      throw new ArmRefusal(
          404,
          "SubscriptionNotFound",
          "The subscription '" + subscription + "' could not be found.");
    }
    return found;
  }

  /** The accounts of the path's resource group. */
  List<Resource> inGroup(ArmRequest request) {
    String group = request.param("group");
    List<Resource> found =
        inSubscription(request).stream().filter(one -> one.group().isCalled(group)).toList();
    if (found.isEmpty()) {
      throw new ArmRefusal(
          404, "ResourceGroupNotFound", "Resource group '" + group + "' could not be found.");
    }
    return found;
  }

  Resource account(ArmRequest request) {
    String account = request.param("account");
    return inGroup(request).stream()
        .filter(one -> one.name().equalsIgnoreCase(account))
        .findFirst()
        .orElseThrow(() -> ArmRefusal.noResource(ACCOUNTS + "/" + account, request.param("group")));
  }

  /** The region that the path names, also as {@code East US}. */
  static String location(ArmRequest request) {
    return request.param("location").replace(" ", "").toLowerCase(Locale.ROOT);
  }

  static String id(Resource account) {
    return "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
        .formatted(
            account.group().subscription(), account.group().name(), ACCOUNTS, account.name());
  }
}
