package dev.spillway.router.balancing;

import dev.spillway.router.backend.Pool.Member;
import java.util.Comparator;
import java.util.List;

/**
 * The order of backends for requests that belong together: the same for all of them, by weight, and
 * such that a backend that comes or goes moves only the requests it gets or had.
 */
final class Rendezvous {

  private Rendezvous() {}

  static List<Member> order(List<Member> members, String key) {
    return members.stream()
        .sorted(Comparator.comparingDouble(member -> distance(member, key)))
        .toList();
  }

  private static double distance(Member member, String key) {
    long hash = mix(mix(key.hashCode()) ^ member.backend().name().hashCode());
    double uniform = ((hash >>> 11) + 1) * 0x1.0p-53;
    return -Math.log(uniform) / member.weight();
  }

  /** The finishing step of SplitMix64. */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
