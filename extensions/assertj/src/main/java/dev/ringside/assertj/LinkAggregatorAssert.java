// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldHold;
import dev.ringside.trace.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the aggregation of a host.
 *
 * <pre>{@code
 * assertThat(host.aggregator()).isNormal().hasActive("p1").holds(0);
 * }</pre>
 */
public class LinkAggregatorAssert
    extends AbstractDropperAssert<LinkAggregatorAssert, LinkAggregator> {

  /** Assertions about this one. */
  public LinkAggregatorAssert(@Nullable LinkAggregator actual) {
    super(actual, LinkAggregatorAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "aggregator " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private String active() {
    List<String> active = actual.activeNames();
    return active.isEmpty() ? "no NIC active" : String.join(", ", active) + " active";
  }

  private String[] names() {
    List<String> names = new ArrayList<>(actual.memberNames());
    names.add(actual.name());
    return names.toArray(String[]::new);
  }

  /**
   * That one NIC is active and guests have their direct access.
   *
   * <pre>{@code
   * assertThat(aggregator).isNormal(); // passes
   * // all NICs failed
   * assertThat(aggregator).isNormal(); // fails
   * }</pre>
   */
  public LinkAggregatorAssert isNormal() {
    return isIn(AggregatorState.NORMAL);
  }

  /**
   * That it is in this state.
   *
   * <pre>{@code
   * assertThat(aggregator).isIn(AggregatorState.NORMAL); // passes
   * assertThat(aggregator).isIn(AggregatorState.NO_UPLINK); // fails
   * }</pre>
   */
  public LinkAggregatorAssert isIn(AggregatorState state) {
    return verify(
        () ->
            actual.state() == state
                ? null
                : new ShouldBe(
                    subject(),
                    "in state " + state,
                    "in state " + actual.state() + ", with " + active(),
                    evidence(),
                    names()));
  }

  /**
   * That this NIC is the active one, or one of them.
   *
   * <pre>{@code
   * assertThat(aggregator).hasActive("p0"); // passes
   * assertThat(aggregator).hasActive("p1"); // fails
   * }</pre>
   */
  public LinkAggregatorAssert hasActive(String pnic) {
    return verify(
        () ->
            actual.activeNames().contains(pnic)
                ? null
                : new ShouldHave(subject(), pnic + " active", active(), evidence(), names()));
  }

  /**
   * That no NIC is active.
   *
   * <pre>{@code
   * assertThat(aggregator).hasNoneActive(); // fails
   * // all NICs failed
   * assertThat(aggregator).hasNoneActive(); // passes
   * }</pre>
   */
  public LinkAggregatorAssert hasNoneActive() {
    return verify(
        () ->
            actual.activeName() == null
                ? null
                : new ShouldHave(subject(), "no NIC active", active(), evidence(), names()));
  }

  /**
   * That these are its NICs, in this order.
   *
   * <pre>{@code
   * assertThat(aggregator).hasMembers("p0", "p1"); // passes
   * assertThat(aggregator).hasMembers("p0"); // fails
   * }</pre>
   */
  public LinkAggregatorAssert hasMembers(String... pnics) {
    return verify(
        () ->
            actual.memberNames().equals(List.of(pnics))
                ? null
                : new ShouldHave(
                    subject(),
                    "members " + List.of(pnics),
                    actual.memberNames().toString(),
                    evidence()));
  }

  /**
   * That so many packets wait in it until a NIC is active.
   *
   * <pre>{@code
   * assertThat(aggregator).holds(0); // passes
   * assertThat(aggregator).holds(1); // fails
   * }</pre>
   */
  public LinkAggregatorAssert holds(int packets) {
    return verify(
        () ->
            actual.held() == packets
                ? null
                : new ShouldHold(
                    subject(),
                    packets + (packets == 1 ? " packet" : " packets"),
                    actual.held(),
                    actual,
                    evidence()));
  }

  /**
   * That it takes this NIC for healthy.
   *
   * <pre>{@code
   * assertThat(aggregator).takesForHealthy("p1"); // passes
   * host.pnic("p1").fail();
   * assertThat(aggregator).takesForHealthy("p1"); // fails
   * }</pre>
   */
  public LinkAggregatorAssert takesForHealthy(String pnic) {
    return verify(
        () ->
            actual.isHealthy(pnic)
                ? null
                : new ShouldBe(
                    "member " + pnic + " of " + subject(), "healthy", "not", evidence(), pnic));
  }

  /**
   * That it takes this NIC for failed.
   *
   * <pre>{@code
   * assertThat(aggregator).takesForFailed("p1"); // fails
   * host.pnic("p1").fail();
   * assertThat(aggregator).takesForFailed("p1"); // passes
   * }</pre>
   */
  public LinkAggregatorAssert takesForFailed(String pnic) {
    return verify(
        () ->
            !actual.isHealthy(pnic)
                ? null
                : new ShouldBe(
                    "member " + pnic + " of " + subject(), "failed", "healthy", evidence(), pnic));
  }
}
