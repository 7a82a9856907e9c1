// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.memory.NumaTopology;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Hosts with NUMA nodes: few nodes, few buffers, distances that differ by direction and are often
 * equal, so that most choices have a tie somewhere and buffers run out.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<NumaTopology> topologies() {
 *   return BufferArbitraries.topologies(List.of("p0", "p1"), List.of("web", "db"));
 * }
 *
 * @Property
 * void our_policy_never_waits_while_a_buffer_is_free(@ForAll("topologies") NumaTopology numa) {
 *   ...
 * }
 * }</pre>
 */
public final class BufferArbitraries {

  private static final int MOST_NODES = 4;
  private static final int MOST_BUFFERS = 3;

  private BufferArbitraries() {}

  /** One to four nodes with these NICs and applications somewhere on them. */
  public static Arbitrary<NumaTopology> topologies(List<String> nics, List<String> applications) {
    return Arbitraries.integers()
        .between(1, MOST_NODES)
        .flatMap(nodes -> topologies(nodes, nics, applications));
  }

  /** So many nodes with these NICs and applications somewhere on them. */
  public static Arbitrary<NumaTopology> topologies(
      int nodes, List<String> nics, List<String> applications) {
    return Combinators.combine(
            Arbitraries.of(10, 20, 20, 21, 31, 40).list().ofSize(nodes * nodes),
            Arbitraries.integers().between(0, MOST_BUFFERS).list().ofSize(nodes),
            Arbitraries.integers().between(0, nodes - 1).list().ofSize(nics.size()),
            Arbitraries.integers().between(0, nodes - 1).list().ofSize(applications.size()))
        .as(
            (distances, buffers, nodesOfNics, nodesOfApplications) -> {
              NumaTopology topology = NumaTopology.nodes(nodes).distances(matrix(nodes, distances));
              for (int node = 0; node < nodes; node++) {
                topology = topology.buffers(node, buffers.get(node));
              }
              for (int i = 0; i < nics.size(); i++) {
                topology = topology.nics(nodesOfNics.get(i), nics.get(i));
              }
              for (int i = 0; i < applications.size(); i++) {
                topology = topology.applications(nodesOfApplications.get(i), applications.get(i));
              }
              return topology;
            });
  }

  private static int[][] matrix(int nodes, List<Integer> distances) {
    int[][] matrix = new int[nodes][nodes];
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        matrix[from][to] = from == to ? 10 : distances.get(from * nodes + to);
      }
    }
    return matrix;
  }
}
