// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/**
 * The packets that two stations exchange about one thing, both directions alike.
 *
 * <pre>
 *   TCP and UDP ............. VLAN, protocol, two addresses, two ports
 *   IP fragments ............ VLAN, protocol, two addresses: later ones show no ports
 *   other IP, such as ICMP .. VLAN, protocol, two addresses
 *   ARP and all else ........ VLAN, EtherType, two MAC addresses
 * </pre>
 *
 * <p>Broadcasts and multicasts are no exception: the group is one of the two addresses. What cannot
 * be read as IP counts as not IP. The VLAN is that of the outermost tag.
 *
 * <pre>{@code
 * Connection asked = Connection.of(query); // udp 192.0.2.10:4444 <> 198.51.100.1:53
 * asked.equals(Connection.of(answer));     // true
 * }</pre>
 */
public final class Connection {

  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private static final String FRAGMENTS = ", fragments";

  private final long key;
  private final String text;

  private Connection(long key, String text) {
    this.key = key;
    this.text = text;
  }

  /** The connection that a packet belongs to. */
  public static Connection of(Packet packet) {
    FlowKey flow = packet.flowKey();
    String vlan = packet.vlanId() > 0 ? ", vlan " + packet.vlanId() : "";
    if (flow == null) {
      String type = PacketText.etherType(packet.etherType());
      return new Connection(
          keyOf(packet),
          between(type, packet.sourceMac().toString(), packet.destinationMac().toString()) + vlan);
    }
    boolean fragment = packet.isFragment();
    String ends = fragment ? text(withoutPorts(flow)) + FRAGMENTS : text(flow);
    return new Connection(keyOf(packet), ends + vlan);
  }

  /** The connection of a flow and its answers, without a VLAN tag. */
  public static Connection of(FlowKey flow) {
    return new Connection(keyOf(flow, 0), text(flow));
  }

  /** The connection of all fragments between the two ends of a flow, without a VLAN tag. */
  public static Connection ofFragments(FlowKey flow) {
    FlowKey ends = withoutPorts(flow);
    return new Connection(keyOf(ends, 1), text(ends) + FRAGMENTS);
  }

  private static FlowKey withoutPorts(FlowKey flow) {
    return new FlowKey(
        flow.source(), flow.destination(), flow.protocol(), Packet.NONE, Packet.NONE);
  }

  private static String text(FlowKey flow) {
    StringBuilder source = new StringBuilder(24);
    StringBuilder destination = new StringBuilder(24);
    PacketText.appendIpEnd(flow.source(), flow.sourcePort(), source);
    PacketText.appendIpEnd(flow.destination(), flow.destinationPort(), destination);
    String protocol = FieldText.protocol(flow.protocol(), "protocol ");
    return between(protocol, source.toString(), destination.toString());
  }

  /** The lesser text first, so that both directions read alike. */
  private static String between(String what, String one, String other) {
    return one.compareTo(other) <= 0
        ? what + ' ' + one + " <> " + other
        : what + ' ' + other + " <> " + one;
  }

  // ---- the key ----

  /**
   * The number that stands for it, never 0. Different connections have different ones, as good as.
   */
  public long key() {
    return key;
  }

  /** The {@link #key} of the connection that a packet belongs to; allocates nothing. */
  public static long keyOf(Packet packet) {
    int version = packet.ipVersion();
    if (version == 0) {
      return key(
          mix(packet.sourceMacBits()),
          mix(packet.destinationMacBits()),
          kind(packet, packet.etherType()));
    }
    int bytes = version == 4 ? 4 : 16;
    int at = packet.networkOffset() + (version == 4 ? 12 : 8);
    boolean ports = packet.hasPorts() && !packet.isFragment();
    return key(
        end(addressAt(packet, at, bytes), ports ? packet.sourcePort() : Packet.NONE),
        end(addressAt(packet, at + bytes, bytes), ports ? packet.destinationPort() : Packet.NONE),
        kind(packet, packet.protocol() << 16 | (packet.isFragment() ? 1 : 0)));
  }

  private static long keyOf(FlowKey flow, int fragment) {
    return key(
        end(address(flow.source()), flow.sourcePort()),
        end(address(flow.destination()), flow.destinationPort()),
        kind(0, flow.protocol() << 16 | fragment, flow.source().version()));
  }

  private static long kind(Packet packet, int type) {
    return kind(Math.max(0, packet.vlanId()), type, packet.ipVersion());
  }

  private static long kind(int vlan, int type, int ipVersion) {
    return mix(((long) vlan << 40) | ((long) ipVersion << 32) | type);
  }

  private static long addressAt(Packet packet, int at, int bytes) {
    return bytes == 4
        ? packet.intAt(at) & 0xffff_ffffL
        : mix(packet.longAt(at)) + packet.longAt(at + 8);
  }

  private static long address(IpAddress ip) {
    if (ip instanceof Ipv4Address v4) {
      return v4.bits() & 0xffff_ffffL;
    }
    Ipv6Address v6 = (Ipv6Address) ip;
    return mix(v6.high()) + v6.low();
  }

  private static long end(long address, int port) {
    return mix(mix(address) + port);
  }

  /** A sum, so that both directions have one key. */
  private static long key(long one, long other, long kind) {
    long key = mix(one + other + kind);
    return key == 0 ? GOLDEN : key;
  }

  /** Spreads the bits of a number over all 64 (the finalizer of SplitMix64). */
  private static long mix(long number) {
    long mixed = number + GOLDEN;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Connection connection && connection.key == key;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(key);
  }

  @Override
  public String toString() {
    return text;
  }
}
