package dev.spillway.emulator.deployment;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as {@code 10.0.0.0/8}; one address is all of its bits.
 *
 * @param bits how many of them are the same
 */
public record AddressRange(InetAddress first, int bits) {

  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /** What {@code ::} stands for in an address of version 6. */
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

  public AddressRange {
    int most = first.getAddress().length * 8;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a range has 0 to " + most + " bits, not " + bits);
    }
  }

  /**
   * Reads {@code 203.0.113.7}, {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first =
        address(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "an address or range such as 203.0.113.7 or 10.0.0.0/8, not '" + text + "'"));
    return new AddressRange(
        first,
        slash < 0
            ? first.getAddress().length * 8
            : Integer.parseInt(text, slash + 1, text.length(), 10));
  }

  /** An address written in digits; a name is none, and nobody is asked for it. */
  static Optional<InetAddress> address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    String address = ZEROS.matcher(first.getHostAddress()).replaceFirst("::");
    return bits == first.getAddress().length * 8 ? address : address + "/" + bits;
  }
}
