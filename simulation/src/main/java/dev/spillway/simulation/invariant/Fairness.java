package dev.spillway.simulation.invariant;

import dev.spillway.router.backend.Balance;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World.MemberSpec;
import dev.spillway.simulation.world.World.PoolSpec;
import dev.spillway.simulation.world.World.Reload;
import java.util.List;

/** Backends of one priority that all serve get requests by their weights. */
final class Fairness implements Invariant {

  @Override
  public String name() {
    return "I17 fairness";
  }

  @Override
  public void check(Story story, Knowledge known, Findings findings) {
    boolean allServed =
        story.attempts().stream().allMatch(attempt -> attempt.deed == Deed.SERVED && !attempt.cut);
    boolean alike = story.requests().stream().allMatch(it -> it.spec.affinity() == null);
    boolean roomy =
        story.requests().stream()
            .allMatch(it ->
                story.world().backends().stream()
                    .noneMatch(backend -> it.expectedNoRoomAt(backend.name())));
    if (allServed && alike && roomy && !isChanged(story)) {
      story.world().setup().pools().stream()
          .filter(pool -> pool.balance() == Balance.ROUND_ROBIN)
          .forEach(pool -> check(story, pool, findings));
    }
  }

  private static boolean isChanged(Story story) {
    Reload reload = story.world().reload();
    return reload != null && !reload.setup().equals(story.world().setup());
  }

  private static void check(Story story, PoolSpec pool, Findings findings) {
    int first = pool.members().stream().mapToInt(MemberSpec::priority).min().orElseThrow();
    List<MemberSpec> tier =
        pool.members().stream().filter(member -> member.priority() == first).toList();
    double weights = tier.stream().mapToInt(MemberSpec::weight).sum();
    List<Attempt> attempts =
        story.attempts().stream()
            .filter(it -> story.requests().get(it.request).pool.name().equals(pool.name()))
            .toList();
    for (MemberSpec member : tier) {
      long got = attempts.stream().filter(it -> it.backend.equals(member.backend())).count();
      double due = attempts.size() * member.weight() / weights;
      findings.unless(
          Math.abs(got - due) <= tier.size(),
          () ->
              "%s got %d of %d requests, and %.1f were due"
                  .formatted(member.backend(), got, attempts.size(), due));
    }
  }
}
