// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.HeaderKey.SUMMARY;

import java.util.ArrayList;
import java.util.List;

/** Turns what a {@link PacketSpec} says into rows over a {@link HeaderKey}. */
final class HeaderCompiler {

  private static final long LOW_32 = 0xffff_ffffL;

  private List<HeaderRow> rows = new ArrayList<>(1);

  HeaderCompiler(PacketSpec spec) {
    rows.add(new HeaderRow());
    add(spec.kindField(), spec.kindValue());
    for (int i = 0; i < spec.given.size(); i++) {
      if (spec.given.field(i).isCompared()) {
        add(spec.given.field(i), spec.given.value(i));
      }
    }
  }

  List<HeaderRow> rows() {
    return rows;
  }

  private void add(Field field, Object value) {
    switch (field) {
      case PROTOCOL -> number(value, HeaderKey.PROTOCOL_SHIFT, 0xff, HeaderKey.IP);
      case DSCP -> number(value, HeaderKey.DSCP_SHIFT, 0x3f, HeaderKey.IP);
      case ICMP_TYPE -> number(value, HeaderKey.FIRST_SHIFT, 0xffff, HeaderKey.ICMP);
      case ICMP_CODE -> number(value, HeaderKey.SECOND_SHIFT, 0xffff, HeaderKey.ICMP);
      case ARP_OPERATION -> number(value, HeaderKey.FIRST_SHIFT, 0xffff, HeaderKey.ARP);
      case SOURCE_PORT -> port(value, HeaderKey.FIRST_SHIFT);
      case DESTINATION_PORT -> port(value, HeaderKey.SECOND_SHIFT);
      case TCP_FLAGS -> flags((FlagPattern) value);
      case ETHER_TYPE -> etherType(value);
      case IP_VERSION -> version((Long) value);
      case SOURCE_MAC -> mac(HeaderKey.SOURCE_MAC, (MacAddress) value);
      case DESTINATION_MAC -> mac(HeaderKey.DESTINATION_MAC, (MacAddress) value);
      case VLAN_TAGS -> tags((List<?>) value);
      case SOURCE_IP -> address(value, 32, HeaderKey.SOURCE_IPV6);
      case DESTINATION_IP -> address(value, 0, HeaderKey.DESTINATION_IPV6);
      case SENDER_MAC -> arpMac(HeaderKey.SENDER_MAC, (MacAddress) value);
      case TARGET_MAC -> arpMac(HeaderKey.TARGET_MAC, (MacAddress) value);
      case SENDER_IP -> arpIp((Ipv4Address) value, 32);
      case TARGET_IP -> arpIp((Ipv4Address) value, 0);
      default -> check(new HeaderCheck.OfField(field, value));
    }
  }

  // ---- all rows ----

  private void require(int word, long bits, long wanted) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (!rows.get(i).require(word, bits, wanted)) {
        rows.remove(i);
      }
    }
  }

  private static List<HeaderRow> copies(List<HeaderRow> rows) {
    List<HeaderRow> copies = new ArrayList<>(rows.size());
    for (HeaderRow row : rows) {
      copies.add(row.copy());
    }
    return copies;
  }

  private void check(HeaderCheck check) {
    for (HeaderRow row : rows) {
      row.require(check);
    }
  }

  /** One of these alternatives must hold as well. */
  private void requireOneOf(List<HeaderRow> alternatives) {
    List<HeaderRow> product = new ArrayList<>(rows.size() * alternatives.size());
    for (HeaderRow row : rows) {
      for (HeaderRow alternative : alternatives) {
        HeaderRow both = row.copy();
        if (both.require(alternative)) {
          product.add(both);
        }
      }
    }
    rows = product;
  }

  // ---- fields ----

  /** A number of the summary, or that there is one. */
  private void number(Object value, int shift, long all, long there) {
    if (value instanceof Long number) {
      require(SUMMARY, all << shift | there, number << shift | there);
    } else {
      require(SUMMARY, there, there);
    }
  }

  private void port(Object value, int shift) {
    if (!(value instanceof NumberRange range)) {
      number(value, shift, 0xffff, HeaderKey.PORTS);
      return;
    }
    require(SUMMARY, HeaderKey.PORTS, HeaderKey.PORTS);
    List<HeaderRow> prefixes = prefixes(range, shift);
    if (rows.size() * prefixes.size() > HeaderMatch.MAX_ROWS) {
      check(new HeaderCheck.OfRange(shift, range));
    } else {
      requireOneOf(prefixes);
    }
  }

  /** The fewest prefixes that cover the range. */
  private static List<HeaderRow> prefixes(NumberRange range, int shift) {
    List<HeaderRow> prefixes = new ArrayList<>();
    int from = range.lowest();
    while (from <= range.highest()) {
      int size = from == 0 ? 0x1_0000 : Integer.lowestOneBit(from);
      while (from + size - 1 > range.highest()) {
        size >>= 1;
      }
      HeaderRow prefix = new HeaderRow();
      prefix.require(SUMMARY, (0xffffL & -size) << shift, (long) from << shift);
      prefixes.add(prefix);
      from += size;
    }
    return prefixes;
  }

  private void flags(FlagPattern flags) {
    require(
        SUMMARY,
        (long) flags.mask() << HeaderKey.FLAGS_SHIFT | HeaderKey.TCP,
        (long) flags.bits() << HeaderKey.FLAGS_SHIFT | HeaderKey.TCP);
  }

  /** That there is one is not asked: a frame without is never looked up, as nobody can read it. */
  private void etherType(Object value) {
    if (value instanceof Long type) {
      require(HeaderKey.ETHER_TYPE, 0xffff, type);
    }
    if (value.equals(0L)) {
      require(SUMMARY, HeaderKey.TYPE, HeaderKey.TYPE);
    }
  }

  private void version(long version) {
    boolean usual = version == 4 || version == 6;
    long wanted = version == 6 ? HeaderKey.IP | HeaderKey.V6 : HeaderKey.IP;
    if (usual) {
      require(SUMMARY, HeaderKey.IP | HeaderKey.V6, wanted);
    } else {
      rows.clear(); // there is no other
    }
  }

  /** What a packet does not have is 0 in its key: another number is there without being asked. */
  private void mac(int word, MacAddress mac) {
    if (mac.bits() == 0) {
      require(SUMMARY, HeaderKey.FRAME, HeaderKey.FRAME);
    }
    require(word, -1L << HeaderKey.MAC_SHIFT, mac.bits() << HeaderKey.MAC_SHIFT);
  }

  private void tags(List<?> tags) {
    require(HeaderKey.VLAN, HeaderKey.TAGGED, tags.isEmpty() ? 0 : HeaderKey.TAGGED);
    if (tags.isEmpty()) {
      require(SUMMARY, HeaderKey.FRAME, HeaderKey.FRAME);
      return;
    }
    TagPattern outer = (TagPattern) tags.get(0);
    if (outer.vlanId() != Packet.NONE) {
      require(HeaderKey.VLAN, VlanTag.MAX_VLAN_ID, outer.vlanId());
    }
    if (outer.priority() != Packet.NONE) {
      long priority = (long) outer.priority() << HeaderKey.PRIORITY_SHIFT;
      require(HeaderKey.VLAN, 7L << HeaderKey.PRIORITY_SHIFT, priority);
    }
    boolean more = outer.protocolId() != Packet.NONE || outer.dropEligible() != Packet.NONE;
    if (more || tags.size() > 1) {
      check(new HeaderCheck.OfField(Field.VLAN_TAGS, tags));
    }
  }

  private void arpMac(int word, MacAddress mac) {
    require(SUMMARY, HeaderKey.ARP, HeaderKey.ARP);
    require(word, -1L >>> HeaderKey.MAC_SHIFT, mac.bits());
  }

  private void arpIp(Ipv4Address ip, int shift) {
    require(SUMMARY, HeaderKey.ARP, HeaderKey.ARP);
    require(HeaderKey.IPV4, LOW_32 << shift, (ip.bits() & LOW_32) << shift);
  }

  private void address(Object value, int ipv4Shift, int ipv6Word) {
    if (value instanceof Endpoint endpoint) {
      List<HeaderRow> before = rows;
      rows = copies(before);
      address(endpoint.ipv4(), ipv4Shift, ipv6Word);
      List<HeaderRow> overIpv4 = rows;
      rows = before;
      address(endpoint.ipv6(), ipv4Shift, ipv6Word);
      rows.addAll(0, overIpv4);
      return;
    }
    if (value instanceof Ipv4Address ip) {
      ipv4(ip.bits(), -1, ipv4Shift);
    } else if (value instanceof Ipv6Address ip) {
      ipv6(ip, 128, ipv6Word);
    } else {
      IpPrefix prefix = (IpPrefix) value;
      if (prefix.network() instanceof Ipv4Address ip) {
        ipv4(ip.bits(), IpPrefix.ipv4Mask(prefix.length()), ipv4Shift);
      } else {
        ipv6((Ipv6Address) prefix.network(), prefix.length(), ipv6Word);
      }
    }
  }

  private void ipv4(int bits, int mask, int shift) {
    require(SUMMARY, HeaderKey.IP | HeaderKey.V6, HeaderKey.IP);
    require(HeaderKey.IPV4, (mask & LOW_32) << shift, (bits & LOW_32) << shift);
  }

  private void ipv6(Ipv6Address network, int length, int word) {
    require(SUMMARY, HeaderKey.IP | HeaderKey.V6, HeaderKey.IP | HeaderKey.V6);
    require(word, IpPrefix.longMask(length), network.high());
    require(word + 1, IpPrefix.longMask(length - 64), network.low());
  }
}
