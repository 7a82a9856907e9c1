// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.TestLabs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes, and the ends of the ranges of a topology. */
class NumaNodeTest {

  private static final NumaTopology TWO =
      NumaTopology.nodes(2).buffers(5).processors(4).processors(1, 2).distance(0, 1, 31);

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void a_node_says_what_it_has_and_what_it_is_used_for() {
    TransmitBuffers pool = labs.open(host -> host.vms("web").numa(TWO)).host().transmitBuffers();
    NumaNode zero = pool.node(0);
    TransmitBuffer first = pool.request("web").granted();
    TransmitBuffer second = pool.request("web").granted();
    TransmitBuffer third = pool.request("web").granted();
    third.beginDma();

    assertThat(zero.buffers()).isEqualTo(5);
    assertThat(zero.free()).isEqualTo(2);
    assertThat(zero.allocated()).isEqualTo(2);
    assertThat(zero.inDma()).isEqualTo(1);
    assertThat(zero.processors()).isEqualTo(4);
    assertThat(pool.node(1).processors()).isEqualTo(2);
    assertThat(pool.node(1).id()).isEqualTo(1);
    assertThat(zero.distanceTo(pool.node(1))).isEqualTo(31);
    assertThat(pool.node(1).distanceTo(zero)).isEqualTo(20);
    assertThat(first.index()).isZero();
    assertThat(second.index()).isEqualTo(1);
    second.release();
    assertThat(zero.allocated()).isEqualTo(1);
    assertThatThrownBy(() -> pool.node(2)).hasMessage("no NUMA node 2; there are 0 to 1");
  }

  @Test
  void the_largest_numbers_are_allowed() {
    assertThat(NumaTopology.nodes(64).nodeCount()).isEqualTo(64);
    assertThat(TWO.processors(4_096).processorsOf(1)).isEqualTo(4_096);
    assertThat(TWO.buffers(16_777_216).buffersOf(0)).isEqualTo(16_777_216);
    assertThat(TWO.buffers(0).buffersOf(0)).isZero();
    assertThat(TWO.distance(0, 1, 254).distance(0, 1)).isEqualTo(254);
    assertThat(TWO.distance(0, 1, 10).distance(0, 1)).isEqualTo(10);
  }

  @Test
  void nodes_that_there_are_not_are_refused_wherever_they_are_named() {
    assertThatThrownBy(() -> TWO.distance(2, 0, 20)).hasMessage("no NUMA node 2; there are 0 to 1");
    assertThatThrownBy(() -> TWO.distance(0, 3, 20)).hasMessage("no NUMA node 3; there are 0 to 1");
    assertThatThrownBy(() -> TWO.processors(4, 1)).hasMessage("no NUMA node 4; there are 0 to 1");
    assertThatThrownBy(() -> TWO.applications(5, "web"))
        .hasMessage("no NUMA node 5; there are 0 to 1");
  }

  @Test
  void buffers_may_be_added_up_to_the_most_of_a_node() {
    TransmitBuffers pool = labs.open(host -> host.vms("web").numa(TWO)).host().transmitBuffers();

    pool.addBuffers(1, 0);
    assertThat(pool.node(1).buffers()).isEqualTo(5);
    assertThatThrownBy(() -> pool.addBuffers(1, 16_777_212))
        .hasMessage(
            "number of transmit buffers to add to node 1: 16777212 is not in 0 to 16777211");
    pool.addBuffers(1, 16_777_211);
    assertThat(pool.node(1).free()).isEqualTo(16_777_216);
    assertThatThrownBy(() -> pool.addBuffers(1, 1)).hasMessageEndingWith("1 is not in 0 to 0");
  }
}
