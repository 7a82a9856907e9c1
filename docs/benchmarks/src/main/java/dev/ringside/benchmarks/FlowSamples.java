// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.IpPacketSpec;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;

/** Entries of flow tables, and packets for them. */
final class FlowSamples {
  private static final int SOURCES = 11 << 24;
  private static final int DESTINATIONS = 10 << 24;
  private static final int PREFIXES = 8;

  private FlowSamples() {}

  /** A table of so many entries that look at the bits of so many masks. */
  static FlowTable table(int entries, int masks) {
    FlowTable table = new FlowTable("sample", 2_000_000, FlowDialect.LONGEST_PREFIX);
    for (int i = 0; i < entries; i++) {
      table.insert(match(i, masks), Destination.ring(i % 4));
    }
    return table;
  }

  /** The match of an entry: a whole five-tuple where there is one mask, else parts of it. */
  static PacketSpec match(int entry, int masks) {
    Ipv4Address source = new Ipv4Address(SOURCES + entry);
    if (masks == 1) {
      Ipv4Address destination = new Ipv4Address(DESTINATIONS + entry);
      return Packets.tcp().from(source).to(destination).fromPort(fromPort(entry)).port(port(entry));
    }
    int mask = entry % masks;
    IpPrefix subnet = IpPrefix.around(wideDestination(entry), 32 - mask % PREFIXES);
    IpPrefix sources = IpPrefix.around(source, 24);
    return switch (mask / PREFIXES) {
      case 0 -> Packets.tcp().to(subnet).port(port(entry));
      case 1 -> Packets.udp().to(subnet).from(sources).port(port(entry));
      case 2 -> Packets.tcp().to(subnet).fromPort(fromPort(entry));
      default -> Packets.udp().to(subnet).from(sources).dscp(entry % 60);
    };
  }

  /** A packet that this entry matches. */
  static Packet packet(int entry, int masks) {
    Ipv4Address destination =
        masks == 1 ? new Ipv4Address(DESTINATIONS + entry) : wideDestination(entry);
    boolean tcp = masks == 1 || entry % masks / PREFIXES % 2 == 0;
    IpPacketSpec<?> packet =
        tcp
            ? Packets.tcp().fromPort(fromPort(entry)).port(port(entry))
            : Packets.udp().port(port(entry)).dscp(entry % 60);
    return packet
        .from(new Ipv4Address(SOURCES + entry))
        .to(destination)
        .toMac("02:00:00:00:00:01")
        .toPacket();
  }

  private static Ipv4Address wideDestination(int entry) {
    return new Ipv4Address(DESTINATIONS + (entry << 3));
  }

  private static int port(int entry) {
    return 80 + entry % 1_000;
  }

  private static int fromPort(int entry) {
    return 1_024 + entry % 60_000;
  }
}
