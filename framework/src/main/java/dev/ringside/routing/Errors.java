// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.icmpv6;

import dev.ringside.packet.ControlSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a router says by itself about packets: ICMP errors to those who sent them, and answers to
 * pings (RFC 1812, section 4.3; RFC 4443).
 */
final class Errors {

  private static final int NET = 0;
  private static final int HOST = 1;
  private static final int NO_ROUTE_V6 = 0;
  private static final int BEYOND_SCOPE_V6 = 2;
  private static final int ADDRESS_V6 = 3;

  /** Class selector 6, internetwork control, which errors travel in (RFC 1812, 4.3.2.5). */
  private static final int INTERNETWORK_CONTROL = 48;

  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;

  private final Router router;

  Errors(Router router) {
    this.router = router;
  }

  void noRoute(Packet packet) {
    send(
        packet,
        packet.ipVersion() == 4
            ? icmp().unreachable(NET, packet)
            : icmpv6().unreachable(NO_ROUTE_V6, packet));
  }

  void beyondScope(Packet packet) {
    if (packet.ipVersion() == 6) { // in IPv4 there is no word for it
      send(packet, icmpv6().unreachable(BEYOND_SCOPE_V6, packet));
    }
  }

  /** The last router tells that the station does not answer. */
  void noNeighbour(Packet packet) {
    send(
        packet,
        packet.ipVersion() == 4
            ? icmp().unreachable(HOST, packet)
            : icmpv6().unreachable(ADDRESS_V6, packet));
  }

  void timeExceeded(Packet packet) {
    send(
        packet,
        packet.ipVersion() == 4 ? icmp().timeExceeded(packet) : icmpv6().timeExceeded(packet));
  }

  void tooLong(Packet packet, int mtu) {
    send(
        packet,
        packet.ipVersion() == 4
            ? icmp().fragmentationNeeded(mtu, packet)
            : icmpv6().packetTooBig(mtu, packet));
  }

  private void send(Packet about, ControlSpec<?> error) {
    IpAddress to = about.sourceIp();
    if (to != null && isToBeTold(about)) {
      originate(error.dscp(about.ipVersion() == 4 ? INTERNETWORK_CONTROL : 0), to, null);
    }
  }

  /** Answers a ping of one of the router's addresses. */
  void answerEcho(Packet packet) {
    IpAddress to = packet.sourceIp();
    if (to == null || packet.checksumFault() != null || !isFromOneStation(packet)) {
      return;
    }
    if (packet.is(IpProtocol.ICMP) && packet.icmpType() == ECHO_REQUEST) {
      originate(icmp().echoReply(packet).dscp(packet.dscp()), to, packet.destinationIp());
    } else if (packet.is(IpProtocol.ICMPV6) && packet.icmpType() == ECHO_REQUEST_V6) {
      originate(icmpv6().echoReply(packet).dscp(packet.dscp()), to, packet.destinationIp());
    }
  }

  /** Sends a packet of the router's own, unless there is no way to where it shall go. */
  private void originate(ControlSpec<?> spec, IpAddress to, @Nullable IpAddress from) {
    Route route = router.routes().find(to);
    if (route == null) {
      return;
    }
    RouterPort port = route.port();
    IpAddress source = from == null ? port.sourceFor(route.nextHop(to)) : from;
    Packet packet = spec.from(source).fromMac(port.mac()).toMac(MacAddress.ZERO).toPacket();
    port.transmit(router.world().inject(router.account(), packet), route.nextHop(to));
  }

  /**
   * Whether the sender of a packet is told of its end. Groups, later fragments and errors are not
   * answered: of one packet would come a flood (RFC 1122, section 3.2.2; RFC 4443, 2.4).
   */
  private boolean isToBeTold(Packet packet) {
    return isFromOneStation(packet)
        && !packet.isLaterFragment()
        && !MacAddress.isMulticast(packet.destinationMacBits())
        && !isError(packet)
        && !router.isOwn(packet.sourceIp());
  }

  private static boolean isError(Packet packet) {
    int type = packet.icmpType();
    if (packet.is(IpProtocol.ICMPV6)) {
      return type < ECHO_REQUEST_V6;
    }
    boolean query = type == 0 || type == ECHO_REQUEST || (type >= 13 && type <= 18);
    return packet.is(IpProtocol.ICMP) && !query;
  }

  /** Whether the source address is that of one station, which could be answered. */
  static boolean isFromOneStation(Packet packet) {
    if (MacAddress.isMulticast(packet.sourceMacBits())) {
      return false;
    }
    if (packet.sourceIp() instanceof Ipv6Address v6) {
      return !v6.isMulticast() && (v6.high() != 0 || Long.compareUnsigned(v6.low(), 1) > 0);
    }
    int first = packet.sourceIp() instanceof Ipv4Address v4 ? v4.bits() >>> 24 : 0;
    return first != 0 && first != 127 && first < 0xe0;
  }
}
