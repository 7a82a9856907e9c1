// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to a host with aggregated NICs, each step done to a lab and to its
 * naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<FailoverActions.Pair>> chains() {
 *   return FailoverActions.chains(LabTopology.of(3, 2, VmSpec.named("vm1")));
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<FailoverActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class FailoverActions {

  private FailoverActions() {}

  /** Chains on this topology, whose failovers must take no time. */
  public static ActionChainArbitrary<Pair> chains(LabTopology topology) {
    ActionChainArbitrary<Pair> chains = ActionChain.startWith(() -> new Pair(topology));
    return chains
        .withAction(3, new AnyStep<>(Scenarios.steps(topology, Action.failover()), Pair::apply))
        .withAction(1, new AnyStep<>(Scenarios.steps(topology, Action.guests()), Pair::apply))
        .withAction(1, new AnyStep<>(Scenarios.steps(topology, Action.traffic()), Pair::apply));
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (FailoverActions.Pair pair = new FailoverActions.Pair(topology)) {
   *   pair.apply(new Step(1, Action.FAIL, "p0", "", 0));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final FailoverTwin twin;

    /** Two that agree. */
    public Pair(LabTopology topology) {
      this(Lab.of(topology), new FailoverTwin(topology));
    }

    /** A lab, and what to compare it with. */
    public Pair(Lab lab, FailoverTwin twin) {
      this.lab = lab;
      this.twin = twin;
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The twin. */
    public FailoverTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(Step step) {
      step.run(lab);
      LinkAggregator aggregator = lab.host().aggregator();
      boolean flushing = aggregator.state() == AggregatorState.SWAPPED;
      twin.apply(step, flushing);
      if (flushing && twin.activeWorks()) {
        throw new AssertionError(
            "after '" + step + "' a NIC that works has not taken what was held: " + aggregator);
      }
      compare(step);
    }

    private void compare(Step step) {
      Agreement.check(step, "active NIC", twin.active(), lab.host().aggregator().activeName());
      for (VmSpec guest : twin.guests()) {
        Agreement.check(
            step,
            "direct access of " + guest.name(),
            twin.directAccess(guest.name()),
            lab.host().vm(guest.name()).directAccessThrough());
      }
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return lab.toString();
    }
  }
}
