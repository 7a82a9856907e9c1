// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of which datagram a packet carries.
 *
 * @param datagram what all fragments of one datagram have in common
 * @param headEnd where in the frame the headers end that the whole has too
 * @param dataAt where in the frame its bytes start
 * @param offset where in the datagram they belong
 * @param end where in the datagram they end
 * @param more whether others follow
 */
record Fragment(
    Packet packet, Key datagram, int headEnd, int dataAt, int offset, int end, boolean more) {

  private static final int UNIT = 8;
  private static final int MAX_DATAGRAM = 65_535;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET_MASK = 0x1fff;

  /**
   * Tells datagrams apart (RFC 791, 3.2; RFC 8200, 4.5).
   *
   * @param protocol the protocol over IPv4, 0 over IPv6, where it does not count
   * @param vlanId the outermost VLAN, because VLANs are networks of their own
   */
  record Key(
      IpAddress source, IpAddress destination, int protocol, int identification, int vlanId) {}

  static Fragment of(Packet packet) {
    return packet.ipVersion() == 4 ? ofIpv4(packet) : ofIpv6(packet);
  }

  private static Fragment ofIpv4(Packet packet) {
    int at = packet.networkOffset();
    int said = packet.unsignedShortAt(at + 6);
    int dataAt = at + (packet.unsignedByteAt(at) & 0xf) * 4;
    int offset = (said & OFFSET_MASK) * UNIT;
    int end = offset + packet.endOffset() - dataAt;
    Key key = key(packet, packet.protocol(), packet.unsignedShortAt(at + 4));
    return new Fragment(packet, key, dataAt, dataAt, offset, end, (said & MORE_FRAGMENTS) != 0);
  }

  private static Fragment ofIpv6(Packet packet) {
    int header = Ipv6HeaderPlace.fragmentHeader(packet).at();
    int said = packet.unsignedShortAt(header + 2);
    int dataAt = header + Ipv6HeaderPlace.FRAGMENT_BYTES;
    int offset = said & ~7;
    int end = offset + packet.endOffset() - dataAt;
    Key key = key(packet, 0, packet.intAt(header + 4));
    return new Fragment(packet, key, header, dataAt, offset, end, (said & 1) != 0);
  }

  private static Key key(Packet packet, int protocol, int identification) {
    IpAddress source = Objects.requireNonNull(packet.sourceIp(), "source IP");
    IpAddress destination = Objects.requireNonNull(packet.destinationIp(), "destination IP");
    return new Key(source, destination, protocol, identification, packet.vlanId());
  }

  int length() {
    return end - offset;
  }

  /** Why it can be part of no datagram, null if it can. */
  @Nullable String fault() {
    if (length() == 0) {
      return "fragment without payload";
    }
    if (more && length() % UNIT != 0) {
      return "fragment of " + length() + " bytes, not a multiple of 8, is not the last";
    }
    return end > MAX_DATAGRAM
        ? "fragment ends at byte " + end + " of a datagram of at most " + MAX_DATAGRAM
        : null;
  }

  /** Whether the other carries the same bytes to the same place. */
  boolean isSameAs(Fragment other) {
    if (offset != other.offset || end != other.end || more != other.more) {
      return false;
    }
    for (int i = 0; i < length(); i++) {
      if (packet.unsignedByteAt(dataAt + i) != other.packet.unsignedByteAt(other.dataAt + i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "bytes " + offset + " to " + (end - 1);
  }
}
