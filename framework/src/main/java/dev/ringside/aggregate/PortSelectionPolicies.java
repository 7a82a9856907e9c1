// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The policies that come with the framework. None has a state of its own, so one may serve any
 * number of guests.
 *
 * <pre>{@code
 * VmSpec.named("web").portSelection(PortSelectionPolicies.roundRobin());
 * }</pre>
 *
 * <p>The hashes, over the bytes as they are on the wire; n is the number of NICs in the list:
 *
 * <pre>
 *   hash(layers)     Crossbow's aggr: the exclusive or of all bytes of the headers' fields that the
 *                    layers name, modulo n. Without any of these layers, the highest below that
 *                    the packet has. Both directions alike.
 *   layer2           Linux bonding: last byte of source MAC ^ last byte of destination MAC
 *                    ^ EtherType, modulo n. Both directions alike.
 *   layer2And3       h = layer2 ^ source IP ^ destination IP; h ^= h &gt;&gt;&gt; 16; h ^= h &gt;&gt;&gt; 8; modulo n.
 *                    Both directions alike.
 *   layer3And4       h = (source port &lt;&lt; 16 | destination port) ^ source IP ^ destination IP;
 *                    h ^= h &gt;&gt;&gt; 16; h ^= h &gt;&gt;&gt; 8; h &gt;&gt;&gt; 1, modulo n. Without ports they count as 0,
 *                    without IP it is layer2. The two directions may differ.
 *   weightedRendezvous   each NIC draws u in (0, 1) from its name and the connection; the highest
 *                    of -weight / ln u wins. Both directions alike.
 * </pre>
 *
 * <p>An IPv6 address counts in Linux's formulas as the exclusive or of its four words (as
 * ipv6_addr_hash). Numbers are read in network byte order; a little-endian kernel reads addresses
 * and ports the other way round, so single results may differ from its own, their spread does not.
 */
public final class PortSelectionPolicies {

  private static final PortSelectionPolicy ROUND_ROBIN = new RoundRobin();
  private static final PortSelectionPolicy LEAST_CONNECTIONS = new LeastConnections();

  private PortSelectionPolicies() {}

  /** The default: {@code hash(L3, L4)}. */
  public static PortSelectionPolicy defaultPolicy() {
    return hash(HashLayer.L3, HashLayer.L4);
  }

  /** One after the other. */
  public static PortSelectionPolicy roundRobin() {
    return ROUND_ROBIN;
  }

  /** The one that has the fewest connections; of equal ones the first. */
  public static PortSelectionPolicy leastConnections() {
    return LEAST_CONNECTIONS;
  }

  /**
   * By a hash over these layers, as Crossbow's aggregations do.
   *
   * @throws IllegalArgumentException if none is given
   */
  public static PortSelectionPolicy hash(HashLayer... layers) {
    return new LayerHash(layers);
  }

  /** By the hash of Linux bonding's xmit_hash_policy layer2. */
  public static PortSelectionPolicy layer2() {
    return BondingHash.LAYER2;
  }

  /** By the hash of Linux bonding's xmit_hash_policy layer2+3. */
  public static PortSelectionPolicy layer2And3() {
    return BondingHash.LAYER2_AND_3;
  }

  /** By the hash of Linux bonding's xmit_hash_policy layer3+4. */
  public static PortSelectionPolicy layer3And4() {
    return BondingHash.LAYER3_AND_4;
  }

  /**
   * By rendezvous, weighted with the speeds of the NICs: whichever NIC leaves or joins, no
   * connection would be hashed from one of the others to another. NICs without a limit have weight
   * 1 each, so do not mix them with limited ones.
   */
  public static PortSelectionPolicy weightedRendezvous() {
    return weightedRendezvous(port -> Math.max(1, port.speed()));
  }

  /** By rendezvous with weights of one's own; one without a positive weight gets nothing. */
  public static PortSelectionPolicy weightedRendezvous(ToLongFunction<ActivePort> weight) {
    return new WeightedRendezvous(weight);
  }

  private static final class RoundRobin implements PortSelectionPolicy {
    @Override
    public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
      return ports.get((int) (number % ports.size()));
    }

    @Override
    public String toString() {
      return "round robin";
    }
  }

  private static final class LeastConnections implements PortSelectionPolicy {
    @Override
    public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
      ActivePort least = ports.get(0);
      for (ActivePort port : ports) {
        if (port.connections() < least.connections()) {
          least = port;
        }
      }
      return least;
    }

    @Override
    public String toString() {
      return "least connections";
    }
  }
}
