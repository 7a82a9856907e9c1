// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.VlanTag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a switch, in order. Whoever has noted their number may go on with those that there
 * were: further ones come behind them, and whenever one is taken away these here stay as they are.
 */
final class SwitchPorts {

  static final SwitchPorts NONE = new SwitchPorts(new SwitchPort[0], 0);

  private static final int INITIAL = 4;
  private static final int FEW = 16;

  private SwitchPort[] ports;
  private int size;

  /**
   * Those of many ports that carry a VLAN, by VLAN; made when one is flooded for the first time.
   */
  private @Nullable SwitchPorts @Nullable [] byVlan;

  /** Made when one of many ports is looked up for the first time. */
  private @Nullable Map<String, SwitchPort> byName;

  private SwitchPorts(SwitchPort[] ports, int size) {
    this.ports = ports;
    this.size = size;
  }

  int size() {
    return size;
  }

  SwitchPort get(int index) {
    return ports[index];
  }

  List<SwitchPort> list() {
    return List.of(Arrays.copyOf(ports, size));
  }

  @Nullable SwitchPort find(String name) {
    if (size > FEW) {
      return index().get(name);
    }
    for (int i = 0; i < size; i++) {
      if (ports[i].name().equals(name)) {
        return ports[i];
      }
    }
    return null;
  }

  /** Where there are many, those of them that carry a VLAN; otherwise all. */
  SwitchPorts candidates(int vlan) {
    if (size <= FEW) {
      return this;
    }
    if (byVlan == null) {
      byVlan = new SwitchPorts[VlanTag.MAX_VLAN_ID + 1];
    }
    SwitchPorts found = byVlan[vlan];
    if (found == null) {
      found = carrying(vlan);
      byVlan[vlan] = found;
    }
    return found;
  }

  private SwitchPorts carrying(int vlan) {
    SwitchPort[] found = new SwitchPort[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (ports[i].vlanMode().carries(vlan)) {
        found[count++] = ports[i];
      }
    }
    return new SwitchPorts(Arrays.copyOf(found, count), count);
  }

  /** A port carries other VLANs than before. */
  void vlansChanged() {
    byVlan = null;
  }

  private Map<String, SwitchPort> index() {
    if (byName == null) {
      byName = new LinkedHashMap<>(2 * ports.length);
      for (int i = 0; i < size; i++) {
        byName.put(ports[i].name(), ports[i]);
      }
    }
    return byName;
  }

  /** These, with room for so many more. */
  SwitchPorts withRoomFor(int more) {
    return new SwitchPorts(Arrays.copyOf(ports, size + Math.max(INITIAL, more)), size);
  }

  /** These, with another one behind them. */
  SwitchPorts with(SwitchPort port) {
    if (this == NONE) {
      return withRoomFor(INITIAL).with(port);
    }
    if (size == ports.length) {
      ports = Arrays.copyOf(ports, 2 * size);
    }
    ports[size++] = port;
    byVlan = null;
    if (byName != null) {
      byName.put(port.name(), port);
    }
    return this;
  }

  /** Those but this one, which is among them or not. */
  SwitchPorts without(SwitchPort port) {
    SwitchPort[] kept = new SwitchPort[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (ports[i] != port) {
        kept[count++] = ports[i];
      }
    }
    return count == 0 ? NONE : new SwitchPorts(kept, count);
  }
}
