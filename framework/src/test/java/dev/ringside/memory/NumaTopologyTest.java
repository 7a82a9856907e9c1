// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import org.junit.jupiter.api.Test;

class NumaTopologyTest {

  @Test
  void unless_told_otherwise_nodes_are_10_from_themselves_and_20_from_each_other() {
    NumaTopology two = NumaTopology.nodes(2);

    assertThat(two).hasToString("2 NUMA nodes, distances [[10, 20], [20, 10]]");
    assertThat(two.buffersOf(1)).isEqualTo(512);
    assertThat(two.processorsOf(1)).isEqualTo(1);
    assertThat(NumaTopology.nodes(1)).hasToString("1 NUMA node");
  }

  @Test
  void distances_may_differ_by_direction() {
    NumaTopology topology =
        NumaTopology.nodes(2).distances(new int[][] {{10, 21}, {31, 10}}).distance(1, 0, 40);

    assertThat(topology.distance(0, 1)).isEqualTo(21);
    assertThat(topology.distance(1, 0)).isEqualTo(40);
  }

  @Test
  void each_word_makes_another_topology() {
    NumaTopology plain = NumaTopology.nodes(2);
    int[][] matrix = {{10, 21}, {31, 10}};
    NumaTopology told = plain.distances(matrix);
    matrix[0][1] = 99;

    assertThat(told.distance(0, 1)).isEqualTo(21);
    assertThat(plain.distance(0, 1)).isEqualTo(20);
  }

  @Test
  void processors_are_numbered_node_by_node() {
    NumaTopology topology = NumaTopology.nodes(3).processors(4).processors(1, 2);

    assertThat(topology.nodeOfProcessor(0)).isZero();
    assertThat(topology.nodeOfProcessor(3)).isZero();
    assertThat(topology.nodeOfProcessor(4)).isEqualTo(1);
    assertThat(topology.nodeOfProcessor(6)).isEqualTo(2);
    assertThat(topology.nodeOfProcessor(9)).isEqualTo(2);
    assertThatThrownBy(() -> topology.nodeOfProcessor(10))
        .hasMessage("no processor 10; there are 0 to 9");
    assertThatThrownBy(() -> topology.nodeOfProcessor(-1))
        .hasMessage("no processor -1; there are 0 to 9");
  }

  @Test
  void what_is_placed_nowhere_is_on_node_0() {
    NumaTopology topology = NumaTopology.nodes(2).nics(1, "p0").applications(1, "web", "db");

    assertThat(topology.nodeOfNic("p0")).isEqualTo(1);
    assertThat(topology.nodeOfNic("p1")).isZero();
    assertThat(topology.nodeOfApplication("db")).isEqualTo(1);
    assertThat(topology.nodeOfApplication("h1")).isZero();
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    NumaTopology two = NumaTopology.nodes(2);
    assertThatThrownBy(() -> NumaTopology.nodes(0))
        .hasMessage("number of NUMA nodes 0 is not in 1 to 64");
    assertThatThrownBy(() -> NumaTopology.nodes(65))
        .hasMessage("number of NUMA nodes 65 is not in 1 to 64");
    assertThatThrownBy(() -> two.processors(0))
        .hasMessage("number of processors of node 0: 0 is not in 1 to 4096");
    assertThatThrownBy(() -> two.buffers(1, -1))
        .hasMessage("number of transmit buffers of node 1: -1 is not in 0 to 16777216");
    assertThatThrownBy(() -> two.buffers(2, 1)).hasMessage("no NUMA node 2; there are 0 to 1");
    assertThatThrownBy(() -> two.nics(-1, "p0")).hasMessage("no NUMA node -1; there are 0 to 1");
  }

  @Test
  void distances_that_make_no_sense_are_refused() {
    NumaTopology two = NumaTopology.nodes(2);
    assertThatThrownBy(() -> two.distances(new int[][] {{10, 20}}))
        .hasMessage("distance matrix has 1 rows; 2 NUMA nodes need as many");
    assertThatThrownBy(() -> two.distances(new int[][] {{10, 20}, {20}}))
        .hasMessage("distance matrix has 1 columns in row 1; 2 NUMA nodes need as many");
    assertThatThrownBy(() -> two.distance(1, 1, 7))
        .hasMessage("distance of node 1 to itself is 7; it must be 0 or 10");
    assertThatThrownBy(() -> two.distance(0, 1, 9))
        .hasMessage("distance of node 0 to node 1 is 9; it must be 10, as to itself, to 254");
    assertThatThrownBy(() -> two.distance(0, 1, 255))
        .hasMessage("distance of node 0 to node 1 is 255; it must be 10, as to itself, to 254");
    assertThat(two.distance(0, 0, 0).distance(0, 1, 0).distance(0, 1)).isZero();
  }

  @Test
  void only_what_the_host_has_can_be_placed() {
    LabBuilder nic = Lab.builder();
    nic.host("h1").pnics(1).numa(NumaTopology.nodes(2).nics(1, "p7"));
    assertThatThrownBy(nic::open)
        .hasMessage("no PNIC named 'p7' to put on a NUMA node of host h1; it has [p0]");
    LabBuilder vm = Lab.builder();
    vm.host("h1").vms("web").numa(NumaTopology.nodes(2).applications(1, "wbe"));
    assertThatThrownBy(vm::open)
        .hasMessage(
            "no application named 'wbe' to put on a NUMA node of host h1; it has [h1, web]");
  }

  @Test
  void a_host_without_nodes_says_how_to_get_buffers() {
    try (Lab lab = Lab.open()) {
      assertThatThrownBy(() -> lab.host().transmitBuffers())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("host h1 has no transmit buffers; build it with numa(NumaTopology.nodes(1))");
    }
  }
}
