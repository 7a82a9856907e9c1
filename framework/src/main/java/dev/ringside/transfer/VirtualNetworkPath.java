// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import java.util.List;

/**
 * The nodes that a message goes through, in order: virtual machines by their virtual NICs, and
 * computers on the network. Those between the first and the last relay it.
 *
 * <pre>{@code
 * VirtualNetworkPath path = VirtualNetworkPath.of(web, db, lab.wire());
 * }</pre>
 *
 * @param nodes two or more; no node follows itself
 */
public record VirtualNetworkPath(List<Endpoint> nodes) {

  /**
   * Checks the nodes.
   *
   * @throws IllegalArgumentException if there are fewer than two, or a node follows itself
   */
  public VirtualNetworkPath {
    nodes = List.copyOf(nodes);
    if (nodes.size() < 2) {
      throw new IllegalArgumentException(
          "a path of " + nodes.size() + " nodes leads nowhere; say two or more");
    }
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(nodes.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "a path from '" + nodes.get(i).name() + "' to itself; leave one of them out");
      }
    }
  }

  /** A path over these nodes. */
  public static VirtualNetworkPath of(Endpoint... nodes) {
    return new VirtualNetworkPath(List.of(nodes));
  }

  /** The names with arrows between, such as web&gt;db&gt;station. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Endpoint node : nodes) {
      text.append(text.length() == 0 ? "" : ">").append(node.name());
    }
    return text.toString();
  }
}
