// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.jqwik.BufferArbitraries;
import dev.ringside.jqwik.model.BufferStep.What;
import dev.ringside.memory.NumaTopology;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

class BufferActionsProperties {

  @Provide
  Arbitrary<ActionChain<BufferActions.Pair>> chains() {
    return BufferArbitraries.topologies(BufferActions.NICS, BufferActions.APPLICATIONS)
        .flatMap(BufferActions::chains);
  }

  @Property(tries = 200)
  void lab_and_twin_agree(@ForAll("chains") ActionChain<BufferActions.Pair> chain) {
    chain.run().close();
  }

  @Example
  void a_difference_is_told_with_the_step_that_made_it() {
    NumaTopology topology = NumaTopology.nodes(2).buffers(2);
    try (BufferActions.Pair pair =
        new BufferActions.Pair(topology, rule -> BufferRule.NEAR_NIC.policy())) {
      pair.apply(new BufferStep(What.MOVE, "web", 1, BufferRule.NEAR_APP));
      assertThatThrownBy(
              () -> pair.apply(new BufferStep(What.REQUEST, "web", 0, BufferRule.NEAR_APP)))
          .hasMessage(
              "after 'web requests' the list of buffers of web is [node0/tx0 ALLOCATED], expected"
                  + " [node1/tx0 ALLOCATED]");
    }
  }

  @Example
  void steps_read_aloud() {
    assertThat(new BufferStep(What.MOVE, "web", 1, BufferRule.SPREAD))
        .hasToString("web moves to 1");
    assertThat(new BufferStep(What.POLICY, "web", 1, BufferRule.SPREAD))
        .hasToString("policy SPREAD");
    assertThat(new BufferStep(What.BEGIN_DMA, "db", 2, BufferRule.SPREAD))
        .hasToString("DMA of 2 of db begins");
  }
}
