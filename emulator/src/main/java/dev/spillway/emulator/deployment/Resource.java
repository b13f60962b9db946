package dev.spillway.emulator.deployment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The Azure resource (account) that is imitated.
 *
 * @param name such as {@code contoso-eastus}
 * @param region such as {@code eastus}
 * @param kind {@code OpenAI} or {@code AIServices}; names the pricing tier in 429s
 * @param keys one or two, named key1 and key2
 */
public record Resource(String name, String region, String kind, List<String> keys) {

  /** The name of the key that this is, found without telling by its time how near it came. */
  public Optional<String> keyName(String key) {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < keys.size(); i++) {
      if (MessageDigest.isEqual(bytes(keys.get(i)), bytes(key))) {
        found = Optional.of("key" + (i + 1));
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
