package dev.spillway.emulator.deployment;

import java.util.regex.Pattern;

/**
 * Where Azure's resource manager has a resource; both parts are the same in any case.
 *
 * @param subscription a GUID
 * @param name such as {@code spillway}
 */
public record ResourceGroup(String subscription, String name) {

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]");

  /** Where resources are of which nothing else is said. */
  public static final ResourceGroup DEFAULT =
      new ResourceGroup("00000000-0000-0000-0000-000000000000", "spillway");

  public ResourceGroup {
    if (!isSubscription(subscription)) {
      throw new IllegalArgumentException(
          "a subscription is a GUID such as "
              + "00000000-0000-0000-0000-000000000000, not '"
              + subscription
              + "'");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a resource group's name is 1 to 90 letters, digits, '_', '-', '(', ')' or '.', and does"
              + " not end in '.'; not '"
              + name
              + "'");
    }
  }

  /** Whether this can be a subscription's id. */
  public static boolean isSubscription(String text) {
    return GUID.matcher(text).matches();
  }

  public boolean isIn(String otherSubscription) {
    return subscription.equalsIgnoreCase(otherSubscription);
  }

  public boolean isCalled(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }
}
