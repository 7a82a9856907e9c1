// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.aggregate.Placement;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.FlowKey;
import dev.ringside.packet.IpProtocol;
import dev.ringside.vm.VirtualMachine;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to a host whose NICs are all active, each step done to a lab and to its
 * naive twin, which must then agree on the NICs, on the virtual functions of each guest, and on the
 * NIC of each connection.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<SpreadingActions.Pair>> chains() {
 *   return SpreadingActions.chains(LabTopology.of(3, 2, VmSpec.named("vm1")));
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<SpreadingActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class SpreadingActions {

  private static final Set<Action> SENDING = EnumSet.of(Action.SEND, Action.BURST);

  /** No NIC hangs: what it holds would keep guests from turning to their functions. */
  private static final Set<Action> FAILING = EnumSet.copyOf(Action.failover());

  static {
    FAILING.remove(Action.HANG);
  }

  /** Longer datagrams are sent as fragments. */
  private static final int LONGEST_FRAME = 1_514;

  private SpreadingActions() {}

  /** Chains on this topology, whose failovers must take no time; its policy is round robin. */
  public static ActionChainArbitrary<Pair> chains(LabTopology topology) {
    ActionChainArbitrary<Pair> chains = ActionChain.startWith(() -> new Pair(topology));
    return chains
        .withAction(3, new AnyStep<>(Scenarios.steps(topology, FAILING), Pair::apply))
        .withAction(1, new AnyStep<>(Scenarios.steps(topology, Action.guests()), Pair::apply))
        .withAction(3, new AnyStep<>(Scenarios.steps(topology, SENDING), Pair::apply));
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (SpreadingActions.Pair pair = new SpreadingActions.Pair(topology)) {
   *   pair.apply(new Step(1, Action.FAIL, "p0", "", 0));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final SpreadingTwin twin;
    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /** Two that agree. */
    public Pair(LabTopology topology) {
      this(topology, new SpreadingTwin(topology));
    }

    /** A lab of this topology, and what to compare it with. */
    public Pair(LabTopology topology, SpreadingTwin twin) {
      this.lab = Lab.of(topology.withPortSelection(PortSelectionPolicies.roundRobin()));
      this.twin = twin;
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The twin. */
    public SpreadingTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(Step step) {
      if (SENDING.contains(step.action())) {
        send(step);
      }
      step.run(lab);
      twin.apply(step);
      compare(step);
    }

    private void send(Step step) {
      boolean station = step.object().equals(Sending.STATION);
      if (!lab.host().hasVm(step.subject()) || !(station || lab.host().hasVm(step.object()))) {
        return;
      }
      VirtualMachine from = lab.host().vm(step.subject());
      Endpoint to = station ? lab.wire() : lab.host().vm(step.object());
      FlowKey flow =
          new FlowKey(from.ipv4(), to.ipv4(), IpProtocol.UDP, Sending.PORT, Sending.PORT);
      Connection connection =
          step.amount() > LONGEST_FRAME ? Connection.ofFragments(flow) : Connection.of(flow);
      connections.put(connection.toString(), connection);
      twin.sends(from.name(), connection.toString());
    }

    private void compare(Step step) {
      Agreement.check(step, "active NICs", twin.active(), lab.host().aggregator().activeNames());
      for (VmSpec guest : twin.guests()) {
        VirtualMachine vm = lab.host().vm(guest.name());
        Agreement.check(
            step, "list of " + vm.name(), twin.ports(vm.name()), vm.aggregator().ports());
        for (String name : twin.connections(vm.name())) {
          Connection connection = connections.get(name);
          Placement placement = connection == null ? null : vm.aggregator().placement(connection);
          Agreement.check(
              step,
              "NIC of " + name + " of " + vm.name(),
              twin.through(vm.name(), name),
              placement == null ? null : placement.through());
        }
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
