// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.Attack;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.steering.Containment;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** Labs of a host that is attacked, and what is looked at in them. */
final class Steered {

  private Steered() {}

  static Lab lab(boolean direct, int pnics, NicConfig config) {
    LabBuilder builder = Lab.builder();
    VmSpec web = direct ? VmSpec.named("web") : VmSpec.named("web").switched();
    builder
        .host("h1")
        .pnics(pnics)
        .nic(config.withVirtualFunctions(1))
        .vm(web)
        .vm(VmSpec.named("db").switched());
    Lab lab = builder.open();
    lab.vm("web").announce(); // so that nothing is flooded outside
    return lab;
  }

  static Lab lab(boolean direct) {
    return lab(direct, 1, NicConfig.DEFAULT.withStandbyRings(Attack.values().length));
  }

  static List<Containment> containAll(Lab lab) {
    List<Containment> all = new ArrayList<>();
    for (Attack attack : Attack.values()) {
      all.add(lab.host().steering().contain(attack.signature(lab.vm("web"))));
    }
    return all;
  }

  static boolean isAttack(Lab lab, Packet packet) {
    for (Attack attack : Attack.values()) {
      if (attack.signature(lab.vm("web")).matches(packet)) {
        return true;
      }
    }
    return false;
  }

  /** How many packets the hardware receive rings have taken or refused, standby rings too. */
  static long inHardwareRings(PhysicalNic nic) {
    long packets = 0;
    for (int i = 0; i < nic.config().receiveRings(); i++) {
      packets += nic.receiveRing(i).received() + nic.receiveRing(i).droppedFull();
    }
    for (VirtualFunction function : nic.virtualFunctions()) {
      packets += function.receiveRing(0).received() + function.receiveRing(0).droppedFull();
    }
    return packets + inStandbyRings(nic);
  }

  static long inStandbyRings(PhysicalNic nic) {
    long packets = 0;
    for (int i = 0; i < nic.config().standbyRings(); i++) {
      packets += nic.standbyRing(i).received() + nic.standbyRing(i).droppedFull();
    }
    return packets;
  }

  /** The packet with the guest's address, if it is long enough to carry one. */
  static Packet to(Lab lab, Packet packet) {
    return packet.isRunt() ? packet : packet.withDestinationMac(lab.vm("web").mac());
  }

  /** Sends a packet as it is, and tells how it entered the lab. */
  static Packet send(Lab lab, Packet raw) {
    int before = lab.journal().size();
    lab.wire().send(raw);
    for (JournalEntry entry : lab.journal().entries().subList(before, lab.journal().size())) {
      if (entry.hop() != null && entry.hop().fate() == Hop.Fate.INJECTED) {
        return entry.hop().packet();
      }
    }
    throw new AssertionError("no packet has entered the lab");
  }

  /** The way of a packet without its id. */
  static List<String> way(Lab lab, Packet packet) {
    List<String> way = new ArrayList<>();
    for (JournalEntry entry : lab.trace(packet).entries()) {
      Hop hop = entry.hop();
      if (hop != null) {
        way.add(entry.nanos() + " " + hop.stage() + " " + hop.place() + " " + hop.fate());
      }
    }
    return way;
  }

  /** What the host itself had to do with packets of attacks. */
  static List<String> seenByHost(Lab lab) {
    List<String> seen = new ArrayList<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && isHostSide(hop) && isAttack(lab, hop.packet())) {
        seen.add(entry.toString());
      }
    }
    return seen;
  }

  private static boolean isHostSide(Hop hop) {
    return switch (hop.stage()) {
      case VIRTUAL_FUNCTION, SOFTWARE_RING, VIRTUAL_SWITCH, VNIC -> true;
      case STACK -> !hop.place().equals("station");
      default -> false;
    };
  }
}
