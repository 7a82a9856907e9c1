// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.HashLayer;
import dev.ringside.aggregate.InFlight;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.nic.NicConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Hosts of up to four NICs, four virtual functions on each, and six virtual machines. They shrink
 * to one NIC, no function, no virtual machine.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<LabTopology> pairs() {
 *   return Topologies.redundant();
 * }
 * }</pre>
 */
public final class Topologies {

  /** The most NICs. */
  public static final int MAX_PNICS = 4;

  /** The most virtual functions of a NIC. */
  public static final int MAX_FUNCTIONS = 4;

  /** The most virtual machines. */
  public static final int MAX_VMS = 6;

  private static final Duration STEP_DELAY = Duration.ofMillis(1);

  private Topologies() {}

  /** Any host; with two or more NICs the steps of a failover may take time. */
  public static Arbitrary<LabTopology> any() {
    return topologies(1, 0, Arbitraries.of(Duration.ZERO, STEP_DELAY));
  }

  /** Hosts of two or more NICs and one or more virtual machines. */
  public static Arbitrary<LabTopology> redundant() {
    return topologies(2, 1, Arbitraries.of(Duration.ZERO, STEP_DELAY));
  }

  /** As {@link #redundant}, but a failover takes no time: it is over when the call returns. */
  public static Arbitrary<LabTopology> redundantAtOnce() {
    return topologies(2, 1, Arbitraries.just(Duration.ZERO));
  }

  /** Hosts of one or more NICs, all active, and one or more virtual machines. */
  public static Arbitrary<LabTopology> activeActive() {
    return Combinators.combine(
            topologies(1, 1, Arbitraries.of(Duration.ZERO, STEP_DELAY)), portSelectionPolicies())
        .as(LabTopology::withPortSelection)
        .withoutEdgeCases();
  }

  /** The policies of the framework, by which connections are spread. */
  public static Arbitrary<PortSelectionPolicy> portSelectionPolicies() {
    return Arbitraries.of(
        PortSelectionPolicies.roundRobin(),
        PortSelectionPolicies.leastConnections(),
        PortSelectionPolicies.hash(HashLayer.L2),
        PortSelectionPolicies.hash(HashLayer.L3),
        PortSelectionPolicies.defaultPolicy(),
        PortSelectionPolicies.layer2(),
        PortSelectionPolicies.layer2And3(),
        PortSelectionPolicies.layer3And4(),
        PortSelectionPolicies.weightedRendezvous());
  }

  private static Arbitrary<LabTopology> topologies(
      int leastPnics, int leastVms, Arbitrary<Duration> stepDelays) {
    return Combinators.combine(
            Arbitraries.integers().between(leastPnics, MAX_PNICS),
            nics(),
            aggregators(stepDelays),
            vms(leastVms),
            Arbitraries.longs().between(0, 0xffff))
        .as(
            (pnics, nic, aggregator, vms, seed) ->
                new LabTopology(seed, pnics, nic, aggregator, vms, null))
        .withoutEdgeCases();
  }

  private static Arbitrary<NicConfig> nics() {
    return Combinators.combine(
            Arbitraries.integers().between(0, MAX_FUNCTIONS), Arbitraries.of(512, 16, 2))
        .as(
            (functions, slots) ->
                NicConfig.DEFAULT.withVirtualFunctions(functions).withRingCapacity(slots));
  }

  private static Arbitrary<AggregatorConfig> aggregators(Arbitrary<Duration> stepDelays) {
    return Combinators.combine(
            stepDelays, Arbitraries.of(256, 2, 0), Arbitraries.of(InFlight.RESEND, InFlight.LOSE))
        .as(
            (delay, hold, inFlight) ->
                AggregatorConfig.DEFAULT
                    .withStepDelay(delay)
                    .withHoldCapacity(hold)
                    .withInFlight(inFlight));
  }

  private static Arbitrary<List<VmSpec>> vms(int least) {
    Arbitrary<VmSpec> specs =
        Combinators.combine(Arbitraries.of(0, 0, 100, 200), Arbitraries.of(true, true, true, false))
            .as(Topologies::vm);
    return specs.list().ofMinSize(least).ofMaxSize(MAX_VMS).map(Topologies::numbered);
  }

  private static VmSpec vm(int vlan, boolean direct) {
    VmSpec spec = VmSpec.named("vm").vlan(vlan);
    return direct ? spec : spec.switched();
  }

  private static List<VmSpec> numbered(List<VmSpec> specs) {
    List<VmSpec> named = new ArrayList<>(specs.size());
    for (VmSpec spec : specs) {
      VmSpec vm = VmSpec.named("vm" + (named.size() + 1)).vlan(spec.vlan());
      named.add(spec.direct() ? vm : vm.switched());
    }
    return named;
  }
}
