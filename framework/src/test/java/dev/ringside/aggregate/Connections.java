// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.Lab;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;

/** Connections of a guest to the outside, by their numbers. */
final class Connections {

  private Connections() {}

  static Connection send(VirtualMachine from, Lab lab, int connection) {
    return Connection.of(
        from.send(Packets.udp().to(lab.wire()).fromPort(10_000 + connection).port(53)));
  }

  static String through(VirtualMachine vm, Connection connection) {
    Placement placement = vm.aggregator().placement(connection);
    return placement == null ? "nowhere" : placement.through();
  }
}
