// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

import dev.ringside.Lab;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet from one virtual machine to another, after one that has resolved all addresses.
 *
 * @param to who shall get it
 * @param arrived what came, null if nothing did
 * @param way the places that it passed
 */
record Probe(VirtualMachine from, VirtualMachine to, @Nullable Packet arrived, List<Hop> hops) {

  private static final byte[] PAYLOAD = {1, 2, 3, 5, 8, 13, 21};
  private static final int PORT = 40_000;

  static Probe sent(Lab lab, VirtualMachine from, VirtualMachine to, int version) {
    Packet unused = send(from, to, version);
    to.inbox().clear();
    from.inbox().clear();
    Packet sent = send(from, to, version);
    Packet arrived = null;
    for (Packet each : to.received()) {
      arrived = each.destinationPort() == PORT ? each : arrived;
    }
    to.inbox().clear();
    from.inbox().clear();
    return new Probe(from, to, arrived, lab.trace(sent).hops());
  }

  private static Packet send(VirtualMachine from, VirtualMachine to, int version) {
    IpAddress ip = version == 4 ? to.ipv4() : to.ipv6();
    return from.send(Packets.udp().to(ip).port(PORT).ttl(64).payload(PAYLOAD));
  }

  /** The names of the routers that it went through. */
  List<String> routers() {
    List<String> names = new ArrayList<>();
    for (Hop hop : hops) {
      if (hop.stage() == Stage.ROUTER && !names.contains(hop.place())) {
        names.add(hop.place());
      }
    }
    return names;
  }

  /** Whether it was on a cable. */
  boolean left() {
    for (Hop hop : hops) {
      if (hop.stage() == Stage.WIRE) {
        return true;
      }
    }
    return false;
  }

  /** The places that it passed, one after the other. */
  List<String> way() {
    List<String> way = new ArrayList<>();
    for (Hop hop : hops) {
      way.add(hop.stage() + " " + hop.place());
    }
    return way;
  }

  boolean isWhole() {
    return arrived != null && Arrays.equals(PAYLOAD, arrived.payload());
  }

  @Override
  public String toString() {
    return from.name() + " > " + to.name() + " arrived as " + arrived + " by " + way();
  }
}
