// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The NICs that connections are spread over, in the configured order of the host. */
final class PortList {

  private final List<Port> ports = new ArrayList<>(4);

  /** A NIC in the list, from when it joins until it leaves. */
  static final class Port {
    final Member member;
    final int order;
    final PacketSink out;
    boolean listed = true;
    int connections;

    Port(Member member, int order, PacketSink out) {
      this.member = member;
      this.order = order;
      this.out = out;
    }

    String name() {
      return member.name();
    }

    ActivePort active() {
      return new ActivePort(name(), order, member.speed(), connections);
    }
  }

  int size() {
    return ports.size();
  }

  Port get(int index) {
    return ports.get(index);
  }

  @Nullable Port find(Member member) {
    for (Port port : ports) {
      if (port.member == member) {
        return port;
      }
    }
    return null;
  }

  void add(Port port) {
    int at = ports.size();
    while (at > 0 && ports.get(at - 1).order > port.order) {
      at--;
    }
    ports.add(at, port);
  }

  void remove(Port port) {
    port.listed = false;
    ports.remove(port);
  }

  List<Port> copy() {
    return List.copyOf(ports);
  }

  static List<ActivePort> active(List<Port> ports) {
    List<ActivePort> active = new ArrayList<>(ports.size());
    for (Port port : ports) {
      active.add(port.active());
    }
    return Collections.unmodifiableList(active);
  }

  static List<String> names(List<Port> ports) {
    List<String> names = new ArrayList<>(ports.size());
    for (Port port : ports) {
      names.add(port.name());
    }
    return names;
  }
}
