// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Ethernet frame, without its frame check sequence: immutable bytes, whose headers are found
 * once, and an id that the lab gives it.
 *
 * <pre>{@code
 * Packet query = Packet.of(bytes);
 * query.destinationPort();          // 53
 * query.vlanId();                   // 100, or NONE where it carries no tag
 * query.malformationDescription();  // null, or what is wrong with it
 * }</pre>
 *
 * <p>Numbers that a packet does not have are {@link #NONE}; addresses that it does not have are
 * null. Equality is identity, because two packets with the same bytes are still two packets; {@link
 * #hasSameBytes} compares content.
 */
public final class Packet {

  /** Stands for a number that the packet does not have. */
  public static final int NONE = -1;

  /** The most bytes that one frame may have. */
  public static final int MAX_BYTES = 65_535;

  private final long id;
  private final byte[] bytes;
  private final long layout;

  /** Found out when somebody asks, and then known: the bytes do not change. */
  private boolean hasRightChecksums;

  private Packet(long id, byte[] bytes, long layout) {
    this.id = id;
    this.bytes = bytes;
    this.layout = layout;
  }

  /**
   * Makes a packet of a copy of these bytes, whatever they are.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_BYTES}
   */
  public static Packet of(byte[] bytes) {
    return ofTrusted(bytes.clone());
  }

  /** Makes a packet of bytes that nobody else holds. */
  static Packet ofTrusted(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a packet of " + bytes.length + " bytes exceeds the limit of " + MAX_BYTES);
    }
    return new Packet(0, bytes, Layout.parse(bytes));
  }

  /** The same packet under the id that a lab gives it; shares bytes and findings. */
  public Packet withId(long newId) {
    return new Packet(newId, bytes, layout);
  }

  /** The number that the lab gave this packet, 0 before it entered one or where it traces none. */
  public long id() {
    return id;
  }

  /** How many bytes the frame has. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the frame. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Copies the frame into an array.
   *
   * @throws IndexOutOfBoundsException if it does not fit
   */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /**
   * Copies the first bytes of the frame into an array.
   *
   * @throws IndexOutOfBoundsException if there are fewer, or they do not fit
   */
  public void copyTo(byte[] target, int offset, int count) {
    System.arraycopy(bytes, 0, target, offset, count);
  }

  /** One byte of the frame, 0 to 255. */
  public int unsignedByteAt(int offset) {
    return Bytes.u8(bytes, offset);
  }

  /** Two bytes of the frame, first byte most significant. */
  public int unsignedShortAt(int offset) {
    return Bytes.u16(bytes, offset);
  }

  /** Four bytes of the frame, first byte most significant. */
  public int intAt(int offset) {
    return Bytes.s32(bytes, offset);
  }

  /** Eight bytes of the frame, first byte most significant. */
  public long longAt(int offset) {
    return Bytes.s64(bytes, offset);
  }

  /** Whether the other packet has exactly these bytes. */
  public boolean hasSameBytes(Packet other) {
    return Arrays.equals(bytes, other.bytes);
  }

  // ---- Ethernet and VLAN ----

  /** Whether even the Ethernet header is incomplete; all addresses are zero then. */
  public boolean isRunt() {
    return bytes.length < Layout.ETHERNET_BYTES;
  }

  /** The destination MAC as a number, 0 for a runt. */
  public long destinationMacBits() {
    return isRunt() ? 0 : Bytes.u48(bytes, 0);
  }

  /** The source MAC as a number, 0 for a runt. */
  public long sourceMacBits() {
    return isRunt() ? 0 : Bytes.u48(bytes, 6);
  }

  /** The destination MAC address, zero for a runt. */
  public MacAddress destinationMac() {
    return new MacAddress(destinationMacBits());
  }

  /** The source MAC address, zero for a runt. */
  public MacAddress sourceMac() {
    return new MacAddress(sourceMacBits());
  }

  /** How many VLAN tags are stacked. */
  public int vlanTagCount() {
    return Layout.tags(layout);
  }

  /** The VLAN of the outermost tag, {@link #NONE} without a tag. */
  public int vlanId() {
    return vlanTagCount() == 0 ? NONE : Bytes.u16(bytes, 14) & VlanTag.MAX_VLAN_ID;
  }

  /** The priority of the outermost tag, {@link #NONE} without a tag. */
  public int vlanPriority() {
    return vlanTagCount() == 0 ? NONE : bytes[14] >> 5 & 7;
  }

  /**
   * A tag, 0 being the outermost.
   *
   * @throws IndexOutOfBoundsException if the packet has fewer
   */
  public VlanTag vlanTag(int index) {
    Objects.checkIndex(index, vlanTagCount());
    int at = 12 + Layout.TAG_BYTES * index;
    return VlanTag.read(Bytes.u16(bytes, at), Bytes.u16(bytes, at + 2));
  }

  /** The tags, outermost first. */
  public List<VlanTag> vlanTags() {
    List<VlanTag> tags = new ArrayList<>(vlanTagCount());
    for (int i = 0; i < vlanTagCount(); i++) {
      tags.add(vlanTag(i));
    }
    return tags;
  }

  /**
   * The packet sent to another MAC address; the id stays.
   *
   * @throws IllegalStateException for a runt, which has no place for one
   */
  public Packet withDestinationMac(MacAddress mac) {
    if (isRunt()) {
      throw new IllegalStateException("a runt cannot carry a destination MAC: " + this);
    }
    byte[] redirected = bytes.clone();
    Bytes.put48(redirected, 0, mac.bits());
    return new Packet(id, redirected, layout);
  }

  /**
   * The packet with one more tag, outermost.
   *
   * @throws IllegalStateException for a runt, which has no place for one
   */
  public Packet pushVlanTag(VlanTag tag) {
    if (isRunt()) {
      throw new IllegalStateException("a runt cannot carry a VLAN tag: " + this);
    }
    byte[] tagged = new byte[bytes.length + Layout.TAG_BYTES];
    System.arraycopy(bytes, 0, tagged, 0, 12);
    Bytes.put16(tagged, 12, tag.protocolId());
    Bytes.put16(tagged, 14, tag.controlInformation());
    System.arraycopy(bytes, 12, tagged, 16, bytes.length - 12);
    return ofTrusted(tagged).withId(id);
  }

  /**
   * The packet without its outermost tag.
   *
   * @throws IllegalStateException if it has none
   */
  public Packet popVlanTag() {
    if (vlanTagCount() == 0) {
      throw new IllegalStateException("packet has no VLAN tag to take off: " + this);
    }
    byte[] untagged = new byte[bytes.length - Layout.TAG_BYTES];
    System.arraycopy(bytes, 0, untagged, 0, 12);
    System.arraycopy(bytes, 16, untagged, 12, untagged.length - 12);
    return ofTrusted(untagged).withId(id);
  }

  /**
   * The EtherType behind the tags (below 0x600: an IEEE 802.3 length), {@link #NONE} if cut off.
   */
  public int etherType() {
    int at = networkOffset() - 2;
    return at + 2 <= bytes.length ? Bytes.u16(bytes, at) : NONE;
  }

  // ---- IP ----

  /** Where the bytes behind the Ethernet header and its tags start. */
  public int networkOffset() {
    return Layout.network(layout);
  }

  /** 4, 6, or 0 where there is no IP header that can be read. */
  public int ipVersion() {
    return Layout.ipVersion(layout);
  }

  /** The source IP address, null where there is none. */
  public @Nullable IpAddress sourceIp() {
    return switch (ipVersion()) {
      case 4 -> new Ipv4Address(Bytes.s32(bytes, networkOffset() + 12));
      case 6 -> ipv6At(networkOffset() + 8);
      default -> null;
    };
  }

  /** The destination IP address, null where there is none. */
  public @Nullable IpAddress destinationIp() {
    return switch (ipVersion()) {
      case 4 -> new Ipv4Address(Bytes.s32(bytes, networkOffset() + 16));
      case 6 -> ipv6At(networkOffset() + 24);
      default -> null;
    };
  }

  private Ipv6Address ipv6At(int offset) {
    return new Ipv6Address(Bytes.s64(bytes, offset), Bytes.s64(bytes, offset + 8));
  }

  /** The protocol behind the IP header and its extension headers, {@link #NONE} without IP. */
  public int protocol() {
    return ipVersion() == 0 ? NONE : Layout.protocol(layout);
  }

  /** The IPv4 time to live or IPv6 hop limit, {@link #NONE} without IP. */
  public int timeToLive() {
    return switch (ipVersion()) {
      case 4 -> Bytes.u8(bytes, networkOffset() + 8);
      case 6 -> Bytes.u8(bytes, networkOffset() + 7);
      default -> NONE;
    };
  }

  /** The differentiated services code point (RFC 2474), 0 to 63, {@link #NONE} without IP. */
  public int dscp() {
    return switch (ipVersion()) {
      case 4 -> Bytes.u8(bytes, networkOffset() + 1) >>> 2;
      case 6 -> Bytes.u16(bytes, networkOffset()) >>> 6 & 0x3f;
      default -> NONE;
    };
  }

  /** Whether this is a fragment of a larger IP packet. */
  public boolean isFragment() {
    return Layout.isFragment(layout);
  }

  /** Whether this is a fragment without the transport header, that is, not the first. */
  public boolean isLaterFragment() {
    return Layout.isLaterFragment(layout);
  }

  // ---- transport ----

  /** Where the UDP, TCP or ICMP header starts, {@link #NONE} where none can be read. */
  public int transportOffset() {
    int offset = Layout.transport(layout);
    return offset == 0 ? NONE : offset;
  }

  /**
   * Where the content ends in the frame, so that what follows is padding: as the IP header or an
   * IEEE 802.3 length says. Other frames do not say; theirs is the end of the frame.
   */
  public int endOffset() {
    return Layout.end(layout);
  }

  /** The UDP or TCP source port, {@link #NONE} where there is none. */
  public int sourcePort() {
    return hasPorts() ? Bytes.u16(bytes, Layout.transport(layout)) : NONE;
  }

  /** The UDP or TCP destination port, {@link #NONE} where there is none. */
  public int destinationPort() {
    return hasPorts() ? Bytes.u16(bytes, Layout.transport(layout) + 2) : NONE;
  }

  /** Whether UDP or TCP ports can be read. */
  public boolean hasPorts() {
    return is(IpProtocol.UDP) || is(IpProtocol.TCP);
  }

  /** Whether a header of this protocol, which is UDP, TCP or ICMP, can be read. */
  public boolean is(int ipProtocol) {
    return Layout.transport(layout) != 0 && Layout.protocol(layout) == ipProtocol;
  }

  /** The 5-tuple, null without IP; the ports are {@link #NONE} where there are none. */
  public @Nullable FlowKey flowKey() {
    IpAddress source = sourceIp();
    IpAddress destination = destinationIp();
    return source == null || destination == null
        ? null
        : new FlowKey(source, destination, protocol(), sourcePort(), destinationPort());
  }

  /** The eight TCP flags (CWR to FIN), {@link #NONE} without TCP. */
  public int tcpFlags() {
    return is(IpProtocol.TCP) ? Bytes.u8(bytes, Layout.transport(layout) + 13) : NONE;
  }

  /** The ICMP or ICMPv6 type, {@link #NONE} without either. */
  public int icmpType() {
    return isIcmp() ? Bytes.u8(bytes, Layout.transport(layout)) : NONE;
  }

  /** The ICMP or ICMPv6 code, {@link #NONE} without either. */
  public int icmpCode() {
    return isIcmp() ? Bytes.u8(bytes, Layout.transport(layout) + 1) : NONE;
  }

  private boolean isIcmp() {
    return is(IpProtocol.ICMP) || is(IpProtocol.ICMPV6);
  }

  /** The ARP operation (1 request, 2 reply), {@link #NONE} where there is no ARP message. */
  public int arpOperation() {
    return etherType() == EtherType.ARP && !isMalformed()
        ? Bytes.u16(bytes, networkOffset() + 6)
        : NONE;
  }

  /**
   * Where the payload starts: behind the UDP, TCP or ICMP header; where none can be read, behind
   * the IP header with its options and extension headers; without IP, behind the EtherType.
   */
  public int payloadOffset() {
    int transport = Layout.transport(layout);
    if (transport == 0) {
      return Math.min(ipPayloadOffset(), endOffset());
    }
    int header =
        is(IpProtocol.TCP)
            ? Math.max(Layout.TCP_BYTES, Bytes.u8(bytes, transport + 12) / 16 * 4)
            : Layout.UDP_BYTES; // an ICMP header is as long
    return Math.min(transport + header, endOffset());
  }

  private int ipPayloadOffset() {
    int at = networkOffset();
    return switch (ipVersion()) {
      case 4 -> at + Math.max(Layout.IPV4_BYTES, (bytes[at] & 0xf) * 4);
      case 6 -> extensionWalk().toEnd().at();
      default -> at;
    };
  }

  /** Where the payload ends: as the UDP length says, or where the IP packet does. */
  private int payloadEnd() {
    if (!is(IpProtocol.UDP) || isFragment()) {
      return endOffset();
    }
    int transport = Layout.transport(layout);
    int length = Bytes.u16(bytes, transport + 4);
    return length < Layout.UDP_BYTES ? endOffset() : Math.min(transport + length, endOffset());
  }

  /** How many bytes of payload there are; the padding of a short frame does not count. */
  public int payloadLength() {
    return payloadEnd() - payloadOffset();
  }

  /** A copy of the payload. */
  public byte[] payload() {
    int from = payloadOffset();
    return Arrays.copyOfRange(bytes, from, from + payloadLength());
  }

  /** The start of a walk over the extension headers of this IPv6 packet. */
  ExtensionWalk extensionWalk() {
    return new ExtensionWalk(bytes, networkOffset(), endOffset());
  }

  // ---- faults ----

  /** Whether a header contradicts the bytes that are there. Wrong checksums do not count. */
  public boolean isMalformed() {
    return Layout.fault(layout) != 0;
  }

  /**
   * Whether a header that must be there is too short to be read, or contradicts itself so that it
   * cannot be. A packet of which only the payload is cut off can still be told from others.
   */
  public boolean hasUnreadableHeader() {
    if (!isMalformed()) {
      return false;
    }
    if (ipVersion() == 0) {
      int type = etherType();
      boolean readable = type >= 0 && type < EtherType.LOWEST;
      return !readable && malformation() != Malformation.ARP_NOT_ETHERNET_IPV4;
    }
    return transportOffset() == NONE && !isLaterFragment() && hasTransport(protocol());
  }

  /** Extension headers that end the walk over them are as bad as a missing transport header. */
  private static boolean hasTransport(int protocol) {
    return switch (protocol) {
      case IpProtocol.UDP, IpProtocol.TCP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> true;
      default -> ExtensionWalk.isExtension(protocol);
    };
  }

  /** The first fault of the headers, null for a well-formed packet. */
  public @Nullable Malformation malformation() {
    int fault = Layout.fault(layout);
    return fault == 0 ? null : Malformation.ofCode(fault);
  }

  /** The first fault in words and numbers, null for a well-formed packet. */
  public @Nullable String malformationDescription() {
    Malformation malformation = malformation();
    return malformation == null ? null : malformation.describe(bytes, layout);
  }

  /**
   * What is wrong with the checksums, null where all that can be checked are right.
   *
   * <p>A UDP checksum of 0 over IPv4 means none (RFC 768). Those of fragments, of malformed
   * packets, and of IPv6 packets that a routing header sends on elsewhere cannot be checked.
   */
  public @Nullable String checksumFault() {
    if (hasRightChecksums) {
      return null;
    }
    String fault = Checksums.fault(bytes, layout);
    hasRightChecksums = fault == null;
    return fault;
  }

  /** The frame as bytes, for classes of this package that only read it. */
  byte[] trustedBytes() {
    return bytes;
  }

  /** One line: id, protocol, addresses, VLAN, length, and what is wrong. */
  @Override
  public String toString() {
    return PacketText.line(this);
  }
}
