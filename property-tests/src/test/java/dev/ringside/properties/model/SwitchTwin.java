// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.model;

import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A learning switch as a textbook has it: a map from VLAN and address to port and time. */
public final class SwitchTwin {

  /** Where a station was last heard, and when. */
  private record Heard(int port, long at) {}

  /** A frame that leaves. */
  public record Out(int port, String bytes) {}

  private final List<VlanMode> modes = new ArrayList<>();
  private final List<Boolean> up = new ArrayList<>();
  private final Map<String, Heard> stations = new LinkedHashMap<>();
  private final long ageing;

  /** A switch with these ports, which forgets silent stations after so many nanoseconds. */
  public SwitchTwin(List<VlanMode> modes, long ageing) {
    this.modes.addAll(modes);
    this.ageing = ageing;
    modes.forEach(mode -> up.add(true));
  }

  /** The link of a port goes up or down. */
  public void setUp(int port, boolean nowUp) {
    up.set(port, nowUp);
    if (!nowUp) {
      stations.values().removeIf(heard -> heard.port == port);
    }
  }

  /** A frame comes in, or was on its way when the port went down; what leaves, port by port. */
  public List<Out> forward(Packet packet, int from, long now) {
    int tag = Math.max(0, packet.vlanId());
    int vlan = tag == 0 ? modes.get(from).nativeVlan() : tag;
    boolean refused = tag != 0 && (modes.get(from).isAccess() || !modes.get(from).carries(vlan));
    if (packet.isRunt() || refused) {
      return List.of();
    }
    if (up.get(from) && !packet.sourceMac().isMulticast() && packet.sourceMac().bits() != 0) {
      stations.put(vlan + " " + packet.sourceMac(), new Heard(from, now));
    }
    Heard heard = stations.get(vlan + " " + packet.destinationMac());
    boolean known = heard != null && heard.at >= now - ageing;
    List<Out> out = new ArrayList<>();
    for (int port = 0; port < modes.size(); port++) {
      boolean wanted = known && !packet.destinationMac().isMulticast() ? port == heard.port : true;
      if (wanted && port != from && up.get(port) && modes.get(port).carries(vlan)) {
        out.add(new Out(port, hex(retagged(packet, tag, vlan, modes.get(port)))));
      }
    }
    return out;
  }

  private static Packet retagged(Packet packet, int tag, int vlan, VlanMode mode) {
    if (packet.vlanId() == 0) {
      return filledIn(packet, vlan, mode);
    }
    if (mode.nativeVlan() == vlan) {
      return tag == 0 ? packet : packet.popVlanTag();
    }
    return tag == 0 ? packet.pushVlanTag(VlanTag.of(vlan)) : packet;
  }

  /** A tag that carries only a priority gets the VLAN, or goes; a transparent port lets it be. */
  private static Packet filledIn(Packet packet, int vlan, VlanMode mode) {
    if (mode.nativeVlan() != vlan) {
      VlanTag old = packet.vlanTag(0);
      return packet
          .popVlanTag()
          .pushVlanTag(new VlanTag(old.protocolId(), old.priority(), old.dropEligible(), vlan));
    }
    return mode.isTransparent() ? packet : packet.popVlanTag();
  }

  /** A frame's bytes, to compare. */
  public static String hex(Packet packet) {
    return HexFormat.of().formatHex(packet.toByteArray());
  }
}
