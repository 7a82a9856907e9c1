// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Field.*;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.FragmentedPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IcmpV4EchoReplyPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6ExtFragmentPacket;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/** What Pcap4J, which shares no code with this project, finds in a frame. */
final class Pcap4jDissector {

  /** In the types that {@link FieldReader} has them in. */
  final Map<Field, Object> fields = new EnumMap<>(Field.class);

  /** The names of the checksums that it finds wrong. */
  final List<String> wrongChecksums = new ArrayList<>();

  private final Packet packet;

  private Pcap4jDissector(Packet packet) {
    this.packet = packet;
  }

  static Pcap4jDissector dissect(Packet packet) {
    try {
      Pcap4jDissector found = new Pcap4jDissector(packet);
      byte[] frame = customerTagged(packet.toByteArray());
      found.ethernet(EthernetPacket.newPacket(frame, 0, frame.length));
      return found;
    } catch (org.pcap4j.packet.IllegalRawDataException e) {
      throw new AssertionError("Pcap4J refuses " + packet, e);
    }
  }

  /** Pcap4J does not know the tag of 802.1ad, which differs from that of 802.1Q in its number. */
  private static byte[] customerTagged(byte[] frame) {
    if (frame[12] == (byte) 0x88 && frame[13] == (byte) 0xa8) {
      Bytes.put16(frame, 12, VlanTag.CUSTOMER_TAG);
    }
    return frame;
  }

  private void ethernet(EthernetPacket packet) {
    fields.put(SOURCE_MAC, MacAddress.of(packet.getHeader().getSrcAddr().toString()));
    fields.put(DESTINATION_MAC, MacAddress.of(packet.getHeader().getDstAddr().toString()));
    List<VlanTag> tags = new ArrayList<>();
    int type = packet.getHeader().getType().value() & 0xffff;
    org.pcap4j.packet.Packet content = packet.getPayload();
    while (content instanceof Dot1qVlanTagPacket tag) {
      Dot1qVlanTagPacket.Dot1qVlanTagHeader header = tag.getHeader();
      int protocol = this.packet.unsignedShortAt(12 + 4 * tags.size());
      tags.add(new VlanTag(protocol, header.getPriority(), header.getCfi(), header.getVidAsInt()));
      type = header.getType().value() & 0xffff;
      content = tag.getPayload();
    }
    fields.put(VLAN_TAGS, tags);
    fields.put(ETHER_TYPE, (long) type);
    network(content);
  }

  private void network(org.pcap4j.packet.Packet packet) {
    if (packet instanceof IpV4Packet ip) {
      ipv4(ip);
    } else if (packet instanceof IpV6Packet ip) {
      ipv6(ip);
    } else if (packet instanceof ArpPacket arp) {
      arp(arp.getHeader());
    }
  }

  private void arp(ArpPacket.ArpHeader header) {
    fields.put(ARP_OPERATION, header.getOperation().value() & 0xffffL);
    fields.put(SENDER_MAC, MacAddress.of(header.getSrcHardwareAddr().toString()));
    fields.put(SENDER_IP, address(header.getSrcProtocolAddr()));
    fields.put(TARGET_MAC, MacAddress.of(header.getDstHardwareAddr().toString()));
    fields.put(TARGET_IP, address(header.getDstProtocolAddr()));
  }

  private void ipv4(IpV4Packet packet) {
    IpV4Packet.IpV4Header header = packet.getHeader();
    fields.put(IP_VERSION, 4L);
    fields.put(IP_HEADER_LENGTH, header.getIhlAsInt() * 4L);
    fields.put(DSCP, (header.getTos().value() & 0xffL) >> 2);
    fields.put(ECN, header.getTos().value() & 3L);
    fields.put(TOTAL_LENGTH, (long) header.getTotalLengthAsInt());
    fields.put(IDENTIFICATION, (long) header.getIdentificationAsInt());
    fields.put(DONT_FRAGMENT, header.getDontFragmentFlag() ? 1L : 0L);
    fields.put(MORE_FRAGMENTS, header.getMoreFragmentFlag() ? 1L : 0L);
    fields.put(FRAGMENT_OFFSET, header.getFragmentOffset() * 8L);
    fields.put(TIME_TO_LIVE, (long) header.getTtlAsInt());
    fields.put(PROTOCOL, header.getProtocol().value() & 0xffL);
    fields.put(IP_CHECKSUM, header.getHeaderChecksum() & 0xffffL);
    fields.put(SOURCE_IP, address(header.getSrcAddr()));
    fields.put(DESTINATION_IP, address(header.getDstAddr()));
    byte[] raw = header.getRawData();
    fields.put(IP_OPTIONS, Arrays.copyOfRange(raw, 20, raw.length));
    if (!header.hasValidChecksum(false)) {
      wrongChecksums.add("ipv4 header");
    }
    transport(packet.getPayload(), header.getSrcAddr(), header.getDstAddr());
  }

  private void ipv6(IpV6Packet packet) {
    IpV6Packet.IpV6Header header = packet.getHeader();
    fields.put(IP_VERSION, 6L);
    fields.put(DSCP, (header.getTrafficClass().value() & 0xffL) >> 2);
    fields.put(ECN, header.getTrafficClass().value() & 3L);
    fields.put(FLOW_LABEL, (long) header.getFlowLabel().value());
    fields.put(TOTAL_LENGTH, header.getPayloadLengthAsInt() + 40L);
    fields.put(TIME_TO_LIVE, (long) header.getHopLimitAsInt());
    fields.put(SOURCE_IP, address(header.getSrcAddr()));
    fields.put(DESTINATION_IP, address(header.getDstAddr()));
    org.pcap4j.packet.Packet content = packet.getPayload();
    while (content != null && content.getClass().getSimpleName().startsWith("IpV6Ext")) {
      if (content instanceof IpV6ExtFragmentPacket part) {
        fields.put(FRAGMENT_OFFSET, part.getHeader().getFragmentOffset() * 8L);
        fields.put(MORE_FRAGMENTS, part.getHeader().getM() ? 1L : 0L);
        fields.put(IDENTIFICATION, part.getHeader().getIdentification() & 0xffff_ffffL);
      }
      content = content.getPayload();
    }
    transport(content, header.getSrcAddr(), header.getDstAddr());
  }

  private void transport(org.pcap4j.packet.Packet packet, InetAddress from, InetAddress to) {
    if (packet instanceof UdpPacket udp) {
      udp(udp.getHeader());
      check("udp", udp.hasValidChecksum(from, to, from instanceof Inet4Address));
      payload(udp.getPayload());
    } else if (packet instanceof TcpPacket tcp) {
      tcp(tcp.getHeader());
      check("tcp", tcp.hasValidChecksum(from, to, false));
      payload(tcp.getPayload());
    } else if (packet instanceof IcmpV4CommonPacket icmp) {
      icmpv4(icmp);
    } else if (packet instanceof IcmpV6CommonPacket icmp) {
      icmpv6(icmp, (Inet6Address) from, (Inet6Address) to);
    } else if (packet instanceof FragmentedPacket && this.packet.isLaterFragment()) {
      payload(packet);
    }
  }

  private void check(String what, boolean valid) {
    if (!valid && !packet.isFragment()) {
      wrongChecksums.add(what);
    }
  }

  private void udp(UdpPacket.UdpHeader header) {
    fields.put(PROTOCOL, 17L);
    fields.put(SOURCE_PORT, (long) header.getSrcPort().valueAsInt());
    fields.put(DESTINATION_PORT, (long) header.getDstPort().valueAsInt());
    fields.put(UDP_LENGTH, (long) header.getLengthAsInt());
    fields.put(CHECKSUM, header.getChecksum() & 0xffffL);
  }

  private void tcp(TcpPacket.TcpHeader header) {
    byte[] raw = header.getRawData();
    fields.put(PROTOCOL, 6L);
    fields.put(SOURCE_PORT, (long) header.getSrcPort().valueAsInt());
    fields.put(DESTINATION_PORT, (long) header.getDstPort().valueAsInt());
    fields.put(SEQUENCE, header.getSequenceNumberAsLong());
    fields.put(ACKNOWLEDGEMENT, header.getAcknowledgmentNumberAsLong());
    fields.put(TCP_HEADER_LENGTH, header.getDataOffsetAsInt() * 4L);
    fields.put(WINDOW, (long) header.getWindowAsInt());
    fields.put(CHECKSUM, header.getChecksum() & 0xffffL);
    fields.put(TCP_OPTIONS, Arrays.copyOfRange(raw, 20, raw.length));
    int flags =
        (header.getReserved() & 3) << 6
            | (header.getUrg() ? 0x20 : 0)
            | (header.getAck() ? 0x10 : 0)
            | (header.getPsh() ? 0x08 : 0)
            | (header.getRst() ? 0x04 : 0)
            | (header.getSyn() ? 0x02 : 0)
            | (header.getFin() ? 0x01 : 0);
    fields.put(TCP_FLAGS, flags);
  }

  private void icmpv4(IcmpV4CommonPacket packet) {
    fields.put(PROTOCOL, 1L);
    fields.put(ICMP_TYPE, packet.getHeader().getType().value() & 0xffL);
    fields.put(ICMP_CODE, packet.getHeader().getCode().value() & 0xffL);
    fields.put(CHECKSUM, packet.getHeader().getChecksum() & 0xffffL);
    check("icmp", packet.hasValidChecksum(false));
    if (packet.getPayload() instanceof IcmpV4EchoPacket echo) {
      fields.put(ICMP_IDENTIFIER, (long) echo.getHeader().getIdentifierAsInt());
      fields.put(ICMP_SEQUENCE, (long) echo.getHeader().getSequenceNumberAsInt());
      payload(echo.getPayload());
    } else if (packet.getPayload() instanceof IcmpV4EchoReplyPacket echo) {
      fields.put(ICMP_IDENTIFIER, (long) echo.getHeader().getIdentifierAsInt());
      fields.put(ICMP_SEQUENCE, (long) echo.getHeader().getSequenceNumberAsInt());
      payload(echo.getPayload());
    }
  }

  private void icmpv6(IcmpV6CommonPacket packet, Inet6Address from, Inet6Address to) {
    fields.put(PROTOCOL, 58L);
    fields.put(ICMP_TYPE, packet.getHeader().getType().value() & 0xffL);
    fields.put(ICMP_CODE, packet.getHeader().getCode().value() & 0xffL);
    fields.put(CHECKSUM, packet.getHeader().getChecksum() & 0xffffL);
    check("icmpv6", packet.hasValidChecksum(from, to, false));
  }

  private void payload(org.pcap4j.packet.Packet packet) {
    fields.put(PAYLOAD, packet == null ? new byte[0] : packet.getRawData());
  }

  private static IpAddress address(InetAddress address) {
    return IpAddress.of(address.getHostAddress());
  }
}
