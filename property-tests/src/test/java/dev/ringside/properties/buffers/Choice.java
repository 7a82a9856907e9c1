// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.buffers;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.jqwik.model.BufferActions;
import dev.ringside.jqwik.model.BufferRule;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.memory.TransmitBuffers;
import java.util.ArrayList;
import java.util.List;

/**
 * One choice for the application web: with all buffers free, what there was to choose from and what
 * was chosen.
 *
 * @param topology of the host
 * @param rule that it should follow
 * @param node that was chosen, -1 if there was none
 * @param realNode whose number of free buffers went down
 */
record Choice(NumaTopology topology, BufferRule rule, int node, int realNode) {

  private static final int NONE = -1;

  /** By the rule as the framework has it. */
  static Choice of(NumaTopology topology, BufferRule rule) {
    return of(topology, rule, rule.policy());
  }

  /** By another policy, which is meant to follow the rule. */
  static Choice of(NumaTopology topology, BufferRule rule, TransmitBufferPolicy policy) {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(BufferActions.NICS.size())
        .aggregation(Aggregation.NONE)
        .vms(BufferActions.APPLICATIONS.toArray(new String[0]))
        .numa(topology);
    try (Lab lab = builder.open()) {
      TransmitBuffers pool = lab.host().transmitBuffers().policy(policy);
      List<Integer> before = free(pool);
      TransmitBuffer buffer = pool.tryAllocate(pool.application("web"));
      List<Integer> after = free(pool);
      int real = NONE;
      for (int node = 0; node < before.size(); node++) {
        real = after.get(node) < before.get(node) ? node : real;
      }
      return new Choice(topology, rule, buffer == null ? NONE : buffer.node(), real);
    }
  }

  private static List<Integer> free(TransmitBuffers pool) {
    List<Integer> free = new ArrayList<>();
    for (NumaNode node : pool.nodes()) {
      free.add(node.free());
    }
    return free;
  }

  boolean isNone() {
    return node == NONE;
  }

  /** What the chosen node costs with the NIC that suits it best. */
  int cost() {
    return cost(node);
  }

  private int cost(int ofNode) {
    int least = Integer.MAX_VALUE;
    for (String nic : BufferActions.NICS) {
      least = Math.min(least, rule.cost(copied(ofNode), read(ofNode, nic)));
    }
    return least;
  }

  /** What the node costs beyond that, where costs are equal. */
  int tie() {
    int least = Integer.MAX_VALUE;
    for (String nic : BufferActions.NICS) {
      if (rule.cost(copied(node), read(node, nic)) == cost()) {
        least = Math.min(least, rule.tie(copied(node), read(node, nic)));
      }
    }
    return least;
  }

  /** What the cheapest node costs that has a buffer. */
  int leastCost() {
    int least = Integer.MAX_VALUE;
    for (int other = 0; other < topology.nodeCount(); other++) {
      if (topology.buffersOf(other) > 0) {
        least = Math.min(least, cost(other));
      }
    }
    return least;
  }

  private int copied(int toNode) {
    return topology.distance(topology.nodeOfApplication("web"), toNode);
  }

  private int read(int fromNode, String nic) {
    return topology.distance(fromNode, topology.nodeOfNic(nic));
  }
}
