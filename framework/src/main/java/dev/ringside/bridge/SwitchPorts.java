// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

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

  private Map<String, SwitchPort> index() {
    if (byName == null) {
      byName = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        byName.put(ports[i].name(), ports[i]);
      }
    }
    return byName;
  }

  /** These, with another one behind them. */
  SwitchPorts with(SwitchPort port) {
    if (this == NONE) {
      return new SwitchPorts(new SwitchPort[INITIAL], 0).with(port);
    }
    if (size == ports.length) {
      ports = Arrays.copyOf(ports, 2 * size);
    }
    ports[size++] = port;
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
