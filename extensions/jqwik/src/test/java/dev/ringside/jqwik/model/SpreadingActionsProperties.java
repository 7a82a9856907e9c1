// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.jqwik.scenario.Step;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class SpreadingActionsProperties {

  private static final LabTopology TOPOLOGY =
      LabTopology.of(3, 2, VmSpec.named("vm1"), VmSpec.named("vm2"), VmSpec.named("vm3"));

  @Provide
  Arbitrary<ActionChain<SpreadingActions.Pair>> chains() {
    return SpreadingActions.chains(TOPOLOGY);
  }

  @Property(tries = 300)
  void lab_and_twin_agree_after_each_step(
      @ForAll("chains") ActionChain<SpreadingActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_twin_with_another_number_of_functions_disagrees() {
    LabTopology other =
        LabTopology.of(3, 3, VmSpec.named("vm1"), VmSpec.named("vm2"), VmSpec.named("vm3"));
    try (SpreadingActions.Pair pair =
        new SpreadingActions.Pair(TOPOLOGY, new SpreadingTwin(other))) {
      assertThatThrownBy(() -> pair.apply(new Step(1, Action.FAIL, "p0", "", 0)))
          .hasMessage("after 'fail p0' the list of vm3 is [], expected [p1, p2]");
    }
  }

  @Example
  void a_twin_whose_connections_have_asked_before_disagrees() {
    SpreadingTwin ahead = new SpreadingTwin(TOPOLOGY);
    ahead.sends("vm1", "another connection");
    try (SpreadingActions.Pair pair = new SpreadingActions.Pair(TOPOLOGY, ahead)) {
      assertThatThrownBy(() -> pair.apply(new Step(1, Action.SEND, "vm1", Sending.STATION, 64)))
          .hasMessageContaining("of vm1 is");
      assertThat(pair.twin().connections("vm1")).hasSize(2);
    }
  }

  @Property(tries = 50)
  void topologies_say_how_they_spread(@ForAll("topologies") LabTopology topology) {
    assertThat(topology.toString()).contains(", active/active by ");
  }

  @Provide
  Arbitrary<LabTopology> topologies() {
    return dev.ringside.jqwik.Topologies.activeActive();
  }
}
