// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Drops;
import dev.ringside.assertj.error.ShouldHaveDropped;
import dev.ringside.assertj.error.ShouldHaveDroppedOnly;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a device that counts why it drops packets.
 *
 * <pre>{@code
 * assertThat(nic).dropped(DropReason.RING_FULL, 2); // fails
 * assertThat(nic).dropped(DropReason.RING_FULL, 1).droppedOnly(DropReason.RING_FULL);
 * }</pre>
 *
 * @param <SELF> the type of the assertions themselves
 * @param <ACTUAL> the type of the device
 */
public abstract class AbstractDropperAssert<
        SELF extends AbstractDropperAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractRingsideAssert<SELF, ACTUAL> {
  /** Assertions about this device. */
  protected AbstractDropperAssert(@Nullable ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /** The device's packets. */
  protected abstract Account account();

  @Override
  protected abstract String subject();

  /**
   * That so many packets were dropped for this reason.
   *
   * <pre>{@code
   * assertThat(nic).dropped(DropReason.RING_FULL, 1); // passes
   * }</pre>
   */
  public SELF dropped(DropReason reason, long packets) {
    return verify(
        () -> {
          Drops drops = Drops.of(account());
          return drops.of(reason) == packets
              ? null
              : new ShouldHaveDropped(subject(), reason, packets, drops, evidence());
        });
  }

  /**
   * That nothing was dropped, not even what was meant for somebody else.
   *
   * <pre>{@code
   * assertThat(nic).droppedNothing(); // passes
   * // a packet for nobody was filtered out
   * assertThat(nic).droppedNothing(); // fails
   * }</pre>
   */
  public SELF droppedNothing() {
    return verifyDrops("dropped nothing", reason -> false);
  }

  /**
   * That nothing was dropped that somebody would miss: filters may have done their work.
   *
   * <pre>{@code
   * assertThat(nic).lostNothing(); // passes
   * // a ring was full
   * assertThat(nic).lostNothing(); // fails
   * }</pre>
   *
   * @see DropReason#isLoss
   */
  public SELF lostNothing() {
    return verifyDrops("lost nothing", reason -> !reason.isLoss());
  }

  /**
   * That packets were dropped for these reasons at most.
   *
   * <pre>{@code
   * assertThat(nic).droppedOnly(DropReason.NO_MATCH); // passes
   * // a ring was full
   * assertThat(nic).droppedOnly(DropReason.NO_MATCH); // fails
   * }</pre>
   */
  public SELF droppedOnly(DropReason... reasons) {
    List<DropReason> allowed = List.of(reasons);
    return verifyDrops("dropped packets only for " + allowed, allowed::contains);
  }

  private SELF verifyDrops(String wanted, Predicate<DropReason> allowed) {
    return verify(
        () -> {
          Drops drops = Drops.of(account());
          return drops.areOnly(allowed)
              ? null
              : new ShouldHaveDroppedOnly(subject(), wanted, allowed, drops, evidence());
        });
  }
}
