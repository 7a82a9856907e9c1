// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.packet.Packets.tcp;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSegments;
import dev.ringside.packet.TcpSpec;
import dev.ringside.stack.NetworkStack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way from one end of a connection to the other: a stack to send by, addresses and ports.
 *
 * <pre>{@code
 * TcpLink there = new TcpLink(web.stack(), web, db, 49_152, 7_000, config);
 * }</pre>
 */
public final class TcpLink {

  private static final byte[] NOTHING = {};

  private final NetworkStack stack;
  private final TcpSpec headers;
  private final Endpoint peer;
  private final IpAddress peerIp;
  private final int localPort;
  private final int headerBytes;
  private @Nullable TcpSegments segments;
  private @Nullable MacAddress nextHop;

  /**
   * Creates one.
   *
   * @param vlan what segments are tagged with, 0 for no tag
   */
  public TcpLink(
      NetworkStack stack,
      Endpoint self,
      Endpoint peer,
      int localPort,
      int remotePort,
      int vlan,
      TcpConfig config) {
    this.stack = stack;
    this.peer = peer;
    this.peerIp = config.ipVersion() == 6 ? peer.ipv6() : peer.ipv4();
    this.localPort = localPort;
    this.headerBytes = config.headerBytes();
    TcpSpec spec = tcp().from(self).to(peer).fromPort(localPort).port(remotePort);
    TcpSpec versioned = config.ipVersion() == 6 ? spec.ipv6() : spec.ipv4().dontFragment();
    this.headers = vlan == 0 ? versioned : versioned.vlan(vlan);
  }

  NetworkStack stack() {
    return stack;
  }

  Endpoint peer() {
    return peer;
  }

  int localPort() {
    return localPort;
  }

  /** How many bytes of data fit a packet of the link (RFC 9293, 3.7.1). */
  int segmentBytes() {
    return stack.mtu() - headerBytes;
  }

  /** Sends a SYN, which tells how long segments may be. */
  void synchronize(int flags, int sequence, int acknowledgement, int window) {
    int bytes = segmentBytes();
    byte[] option = {2, 4, (byte) (bytes >>> 8), (byte) bytes};
    Packet unused =
        stack.send(numbered(flags, sequence, acknowledgement, window).tcpOptions(option));
  }

  /** Sends a segment without data. */
  void send(int flags, int sequence, int acknowledgement, int window) {
    send(flags, sequence, acknowledgement, window, NOTHING, 0, 0);
  }

  /** Sends a segment. */
  void send(
      int flags, int sequence, int acknowledgement, int window, byte[] data, int from, int count) {
    MacAddress mac = stack.macTowards(peer, peerIp);
    if (mac == null) {
      TcpSpec said = numbered(flags, sequence, acknowledgement, window);
      Packet unused = stack.send(said.payload(Arrays.copyOfRange(data, from, from + count)));
      return;
    }
    TcpSegments made = segments;
    if (made == null || !mac.equals(nextHop)) {
      made = new TcpSegments(headers.toMac(mac).toPacket());
      segments = made;
      nextHop = mac;
    }
    Packet unused =
        stack.sendNow(made.segment(flags, sequence, acknowledgement, window, data, from, count));
  }

  private TcpSpec numbered(int flags, int sequence, int acknowledgement, int window) {
    return headers
        .flags(flags)
        .sequence(Integer.toUnsignedLong(sequence))
        .acknowledgement(Integer.toUnsignedLong(acknowledgement))
        .window(window);
  }
}
