// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.steering.Containment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about an attack that is being contained.
 *
 * <pre>{@code
 * assertThat(flood).isIn("p0/standby0").contained(2_000);
 * host.pnic("p0").fail();
 * assertThat(flood).isIn("p1/standby0");
 * }</pre>
 */
public class ContainmentAssert extends AbstractRingsideAssert<ContainmentAssert, Containment> {

  /** Assertions about this one. */
  public ContainmentAssert(@Nullable Containment actual) {
    super(actual, ContainmentAssert.class);
  }

  @Override
  protected String subject() {
    return "containment of " + PacketMatcher.describe(actual.signature());
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private ContainmentAssert is(Predicate<Containment> state, String wanted) {
    return verify(
        () ->
            state.test(actual)
                ? null
                : new ShouldBe(
                    subject(),
                    wanted,
                    state(),
                    evidence(),
                    PacketMatcher.describe(actual.signature())));
  }

  private String state() {
    if (!actual.isInstalled()) {
      return "removed";
    }
    String where = "in " + rings();
    return actual.isDegraded() ? where + ", degraded: a card has no standby ring free" : where;
  }

  private List<String> rings() {
    List<String> names = new ArrayList<>();
    for (StandbyRing ring : actual.standbyRings()) {
      names.add(ring.name());
    }
    return names;
  }

  /**
   * That the attack is steered into these standby rings and no others, in the order of the cards.
   *
   * <pre>{@code
   * assertThat(flood).isIn("p0/standby0"); // passes
   * assertThat(flood).isIn("p1/standby0"); // fails
   * }</pre>
   */
  public ContainmentAssert isIn(String... standbyRings) {
    return verify(
        () ->
            rings().equals(List.of(standbyRings))
                ? null
                : new ShouldBe(
                    subject(),
                    "in " + List.of(standbyRings),
                    state(),
                    evidence(),
                    PacketMatcher.describe(actual.signature())));
  }

  /**
   * That it was not removed.
   *
   * <pre>{@code
   * assertThat(flood).isInstalled(); // passes
   * flood.remove();
   * assertThat(flood).isInstalled(); // fails
   * }</pre>
   */
  public ContainmentAssert isInstalled() {
    return is(Containment::isInstalled, "installed");
  }

  /**
   * That it was removed.
   *
   * <pre>{@code
   * assertThat(flood).isRemoved(); // fails
   * flood.remove();
   * assertThat(flood).isRemoved(); // passes
   * }</pre>
   */
  public ContainmentAssert isRemoved() {
    return is(containment -> !containment.isInstalled(), "removed");
  }

  /**
   * That a card has no standby ring for it, so that the host drops the attack in software.
   *
   * <pre>{@code
   * assertThat(first).isDegraded(); // fails
   * assertThat(second).isDegraded(); // passes: the card has one standby ring
   * }</pre>
   */
  public ContainmentAssert isDegraded() {
    return is(Containment::isDegraded, "degraded");
  }

  /**
   * That every active card contains it by itself.
   *
   * <pre>{@code
   * assertThat(first).isNotDegraded(); // passes
   * assertThat(second).isNotDegraded(); // fails: the card has one standby ring
   * }</pre>
   */
  public ContainmentAssert isNotDegraded() {
    return is(containment -> !containment.isDegraded(), "contained on every card");
  }

  /**
   * That so many packets were contained, also those that found the standby ring full.
   *
   * <pre>{@code
   * assertThat(flood).contained(2_000); // passes
   * assertThat(flood).contained(1_999); // fails
   * }</pre>
   */
  public ContainmentAssert contained(long packets) {
    return verifyCount("contained", packets, () -> actual.packets());
  }
}
