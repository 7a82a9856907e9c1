// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Drops;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBalance;
import dev.ringside.assertj.error.ShouldHaveDropped;
import dev.ringside.assertj.error.ShouldHaveDroppedOnly;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the fates of all packets of a lab.
 *
 * <pre>{@code
 * assertThat(lab.ledger()).isBalanced().lostNothing();
 * }</pre>
 */
public class LedgerAssert extends AbstractRingsideAssert<LedgerAssert, Ledger> {

  /** Assertions about this one. */
  public LedgerAssert(@Nullable Ledger actual) {
    super(actual, LedgerAssert.class);
  }

  @Override
  protected String subject() {
    return "ledger";
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual);
  }

  /**
   * That every packet was delivered, was dropped for a reason, or is still somewhere.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).isBalanced(); // passes
   * // a device forgot a packet
   * assertThat(lab.ledger()).isBalanced(); // fails
   * }</pre>
   */
  public LedgerAssert isBalanced() {
    return verify(
        () -> {
          List<String> violations = actual.violations();
          return violations.isEmpty() ? null : new ShouldBalance(actual, violations);
        });
  }

  /**
   * That so many packets have reached an end that they were meant for.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).delivered(3); // passes
   * assertThat(lab.ledger()).delivered(4); // fails
   * }</pre>
   */
  public LedgerAssert delivered(long packets) {
    return verifyCount("delivered", packets, () -> actual.delivered());
  }

  /**
   * That so many packets were dropped for this reason.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).dropped(DropReason.RING_FULL, 1); // passes
   * assertThat(lab.ledger()).dropped(DropReason.RING_FULL, 2); // fails
   * }</pre>
   */
  public LedgerAssert dropped(DropReason reason, long packets) {
    return verify(
        () -> {
          Drops drops = Drops.of(actual);
          return drops.of(reason) == packets
              ? null
              : new ShouldHaveDropped("ledger", reason, packets, drops, evidence());
        });
  }

  /**
   * That nothing was dropped, not even what was meant for somebody else.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).droppedNothing(); // passes
   * // a packet for nobody was filtered out
   * assertThat(lab.ledger()).droppedNothing(); // fails
   * }</pre>
   */
  public LedgerAssert droppedNothing() {
    return verifyDrops("dropped nothing", reason -> false);
  }

  /**
   * That nothing was dropped that somebody would miss: filters may have done their work.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).lostNothing(); // passes
   * // a ring was full
   * assertThat(lab.ledger()).lostNothing(); // fails
   * }</pre>
   *
   * @see DropReason#isLoss
   */
  public LedgerAssert lostNothing() {
    return verifyDrops("lost nothing", reason -> !reason.isLoss());
  }

  /**
   * That packets were dropped for these reasons at most.
   *
   * <pre>{@code
   * assertThat(lab.ledger()).droppedOnly(DropReason.NO_MATCH); // passes
   * // a ring was full
   * assertThat(lab.ledger()).droppedOnly(DropReason.NO_MATCH); // fails
   * }</pre>
   */
  public LedgerAssert droppedOnly(DropReason... reasons) {
    List<DropReason> allowed = List.of(reasons);
    return verifyDrops("dropped packets only for " + allowed, allowed::contains);
  }

  private LedgerAssert verifyDrops(String wanted, Predicate<DropReason> allowed) {
    return verify(
        () -> {
          Drops drops = Drops.of(actual);
          return drops.areOnly(allowed)
              ? null
              : new ShouldHaveDroppedOnly("ledger", wanted, allowed, drops, evidence());
        });
  }
}
