// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class FailoverActionsProperties {

  @Provide
  Arbitrary<ActionChain<FailoverActions.Pair>> chains() {
    return FailoverActions.chains(
        LabTopology.of(3, 2, VmSpec.named("vm1"), VmSpec.named("vm2"), VmSpec.named("vm3")));
  }

  /** A NIC that hangs soon takes no more. */
  @Provide
  Arbitrary<ActionChain<FailoverActions.Pair>> chainsWithSmallRings() {
    LabTopology topology = LabTopology.of(2, 1, VmSpec.named("vm1"), VmSpec.named("vm2"));
    return FailoverActions.chains(topology.withNic(topology.nic().withRingCapacity(4)));
  }

  @Property(tries = 300)
  void lab_and_twin_agree_after_each_step(
      @ForAll("chains") ActionChain<FailoverActions.Pair> chain) {
    chain.run().close();
  }

  @Property(tries = 300)
  void lab_and_twin_agree_where_rings_are_small(
      @ForAll("chainsWithSmallRings") ActionChain<FailoverActions.Pair> chain) {
    chain.run().close();
  }
}
