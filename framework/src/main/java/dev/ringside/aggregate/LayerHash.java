// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.Packet;
import java.util.List;

/** The hash of Crossbow's aggregations: the exclusive or of bytes, so both directions are alike. */
final class LayerHash implements PortSelectionPolicy {

  private static final int MAC_BYTES = 12;
  private static final int PORT_BYTES = 4;

  private final boolean l2;
  private final boolean l3;
  private final boolean l4;

  LayerHash(HashLayer... layers) {
    boolean mac = false;
    boolean ip = false;
    boolean ports = false;
    for (HashLayer layer : layers) {
      mac |= layer == HashLayer.L2;
      ip |= layer == HashLayer.L3;
      ports |= layer == HashLayer.L4;
    }
    if (!mac && !ip && !ports) {
      throw new IllegalArgumentException("a hash over no layer; name L2, L3 or L4");
    }
    l2 = mac;
    l3 = ip;
    l4 = ports;
  }

  @Override
  public ActivePort choose(Packet first, long number, List<ActivePort> ports) {
    return ports.get(HeaderHash.modulo(hash(first), ports.size()));
  }

  int hash(Packet packet) {
    if (packet.isRunt()) {
      return 0;
    }
    boolean usesPorts = l4 && HeaderHash.hasPorts(packet);
    boolean nothingYet = !usesPorts && !l2;
    boolean usesIp = HeaderHash.hasIp(packet) && (l3 || nothingYet);
    boolean usesMac = l2 || (!usesPorts && !usesIp);
    int hash = usesMac ? HeaderHash.bytes(packet, 0, MAC_BYTES) : 0;
    if (usesIp) {
      hash ^=
          HeaderHash.bytes(packet, HeaderHash.addressesAt(packet), HeaderHash.addressBytes(packet));
    }
    return usesPorts ? hash ^ HeaderHash.bytes(packet, packet.transportOffset(), PORT_BYTES) : hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("hash over ");
    String separator = "";
    if (l2) {
      text.append("L2");
      separator = "+";
    }
    if (l3) {
      text.append(separator).append("L3");
      separator = "+";
    }
    if (l4) {
      text.append(separator).append("L4");
    }
    return text.toString();
  }
}
