// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.Lab;
import dev.ringside.assertj.error.Drops;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBalance;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldHaveDropped;
import dev.ringside.assertj.error.ShouldHaveDroppedOnly;
import dev.ringside.host.Host;
import dev.ringside.migration.Migration;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.ring.Waiter;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a whole lab.
 *
 * <pre>{@code
 * assertThat(lab).hasHosts("h1", "h2"); // fails
 * assertThat(lab).isBalanced().lostNothing().hasElapsed(Duration.ofSeconds(1));
 * }</pre>
 */
public class LabAssert extends AbstractRingsideAssert<LabAssert, Lab> {
  /** Assertions about this one. */
  public LabAssert(@Nullable Lab actual) {
    super(actual, LabAssert.class);
  }

  @Override
  protected String subject() {
    return "lab";
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That these are its hosts, in this order.
   *
   * <pre>{@code
   * assertThat(lab).hasHosts("h1"); // passes
   * }</pre>
   */
  public LabAssert hasHosts(String... names) {
    return verify(
        () -> {
          List<String> found = actual.hosts().stream().map(Host::name).toList();
          return found.equals(List.of(names))
              ? null
              : new ShouldHave(subject(), "hosts " + List.of(names), found.toString(), evidence());
        });
  }

  /**
   * That so much virtual time has passed.
   *
   * <pre>{@code
   * assertThat(lab).hasElapsed(second); // fails
   * lab.advance(second);
   * assertThat(lab).hasElapsed(second); // passes
   * }</pre>
   */
  public LabAssert hasElapsed(Duration duration) {
    return verify(
        () ->
            actual.elapsed().equals(duration)
                ? null
                : new ShouldBe(subject(), "at " + duration, "at " + actual.elapsed(), evidence()));
  }

  /**
   * That its chance comes from this number.
   *
   * <pre>{@code
   * assertThat(lab).hasSeed(0x5eed); // passes
   * assertThat(lab).hasSeed(1); // fails
   * }</pre>
   */
  public LabAssert hasSeed(long seed) {
    return verify(
        () ->
            actual.seed().value() == seed
                ? null
                : new ShouldHave(
                    subject(), "seed " + Seed.of(seed), "seed " + actual.seed(), evidence()));
  }

  /**
   * That every packet was delivered, was dropped for a reason, or is still somewhere.
   *
   * <pre>{@code
   * assertThat(lab).isBalanced(); // passes
   * // a device forgot a packet
   * assertThat(lab).isBalanced(); // fails
   * }</pre>
   */
  public LabAssert isBalanced() {
    return verify(
        () -> {
          List<String> violations = actual.ledger().violations();
          return violations.isEmpty() ? null : new ShouldBalance(actual.ledger(), violations);
        });
  }

  /**
   * That so many packets were dropped for this reason.
   *
   * <pre>{@code
   * assertThat(lab).dropped(DropReason.RING_FULL, 1); // passes
   * assertThat(lab).dropped(DropReason.RING_FULL, 2); // fails
   * }</pre>
   */
  public LabAssert dropped(DropReason reason, long packets) {
    return verify(
        () -> {
          Drops drops = Drops.of(actual.ledger());
          return drops.of(reason) == packets
              ? null
              : new ShouldHaveDropped(subject(), reason, packets, drops, evidence());
        });
  }

  /**
   * That nothing was dropped, not even what was meant for somebody else.
   *
   * <pre>{@code
   * assertThat(lab).droppedNothing(); // passes
   * // a packet for nobody was filtered out
   * assertThat(lab).droppedNothing(); // fails
   * }</pre>
   */
  public LabAssert droppedNothing() {
    return verifyDrops("dropped nothing", reason -> false);
  }

  /**
   * That nothing was dropped that somebody would miss: filters may have done their work.
   *
   * <pre>{@code
   * assertThat(lab).lostNothing(); // passes
   * // a ring was full
   * assertThat(lab).lostNothing(); // fails
   * }</pre>
   *
   * @see DropReason#isLoss
   */
  public LabAssert lostNothing() {
    return verifyDrops("lost nothing", reason -> !reason.isLoss());
  }

  /**
   * That packets were dropped for these reasons at most.
   *
   * <pre>{@code
   * assertThat(lab).droppedOnly(DropReason.NO_MATCH); // passes
   * // a ring was full
   * assertThat(lab).droppedOnly(DropReason.NO_MATCH); // fails
   * }</pre>
   */
  public LabAssert droppedOnly(DropReason... reasons) {
    List<DropReason> allowed = List.of(reasons);
    return verifyDrops("dropped packets only for " + allowed, allowed::contains);
  }

  private LabAssert verifyDrops(String wanted, Predicate<DropReason> allowed) {
    return verify(
        () -> {
          Drops drops = Drops.of(actual.ledger());
          return drops.areOnly(allowed)
              ? null
              : new ShouldHaveDroppedOnly(subject(), wanted, allowed, drops, evidence());
        });
  }

  /**
   * That nobody waits for anything.
   *
   * <pre>{@code
   * assertThat(lab).hasNoWaiters(); // passes
   * // a packet waits for memory
   * assertThat(lab).hasNoWaiters(); // fails
   * }</pre>
   */
  public LabAssert hasNoWaiters() {
    return verifyWaiters(0, "nobody who waits");
  }

  /**
   * That so many requests wait for something.
   *
   * <pre>{@code
   * assertThat(lab).hasWaiters(1); // passes
   * }</pre>
   */
  public LabAssert hasWaiters(int number) {
    return verifyWaiters(number, number + " who wait");
  }

  private LabAssert verifyWaiters(int number, String wanted) {
    return verify(
        () -> {
          List<Waiter> waiters = actual.waiters();
          String found = waiters.size() + ": " + waiters;
          return waiters.size() == number
              ? null
              : new ShouldHave(subject(), wanted, found, evidence());
        });
  }

  /**
   * That no migration is under way.
   *
   * <pre>{@code
   * assertThat(lab).hasNoMigrations(); // passes
   * lab.migrate(web).copyTime(Duration.ofMillis(5)).to(b2);
   * assertThat(lab).hasNoMigrations(); // fails
   * }</pre>
   */
  public LabAssert hasNoMigrations() {
    return verify(
        () -> {
          List<Migration> found = actual.migrations().running();
          return found.isEmpty()
              ? null
              : new ShouldHave(subject(), "no migration under way", found.toString(), evidence());
        });
  }

  /**
   * That these hosts have a virtual router, and no others.
   *
   * <pre>{@code
   * lab.migrate(web).to(b2);
   * assertThat(lab).hasVirtualRoutersOn("b2"); // passes
   * lab.migrate(web).to(b1);
   * assertThat(lab).hasVirtualRoutersOn("b2"); // fails
   * }</pre>
   */
  public LabAssert hasVirtualRoutersOn(String... hosts) {
    return verify(
        () -> {
          TreeSet<String> wanted = new TreeSet<>(List.of(hosts));
          TreeSet<String> found = new TreeSet<>();
          for (VirtualRouter router : actual.migrations().virtualRouters()) {
            found.add(router.host().name());
          }
          return found.equals(wanted)
              ? null
              : new ShouldHave(
                  subject(),
                  "virtual routers on " + wanted,
                  "virtual routers on " + found,
                  evidence());
        });
  }
}
