// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import org.jspecify.annotations.Nullable;

/**
 * An ARP message (RFC 826), a request unless something else is said.
 *
 * <pre>{@code
 * arp().request().from(web).to("192.0.2.1") // who has 192.0.2.1, tell web
 * arp().reply().from(web).to(client)        // web tells the client
 * arp().gratuitous(web.mac(), web.ipv4())   // web tells everybody
 * }</pre>
 *
 * <p>Sent, a request goes to the broadcast address and a reply to the target's MAC.
 */
public final class ArpSpec extends FrameSpec<ArpSpec> {

  /** The operation of a request. */
  public static final int REQUEST = 1;

  /** The operation of a reply. */
  public static final int REPLY = 2;

  ArpSpec(Constraints given) {
    super(given);
  }

  /** A question for a MAC address. */
  public ArpSpec request() {
    return operation(REQUEST);
  }

  /** The answer. */
  public ArpSpec reply() {
    return operation(REPLY);
  }

  /**
   * With any operation.
   *
   * @throws IllegalArgumentException if it has more than 16 bits
   */
  public ArpSpec operation(int operation) {
    return with(Field.ARP_OPERATION, operation);
  }

  /** A station tells everybody its addresses, as a request for its own (RFC 5944, 4.6). */
  public ArpSpec gratuitous(MacAddress mac, Ipv4Address ip) {
    return request().fromMac(mac).senderMac(mac).senderIp(ip).targetIp(ip);
  }

  /** Sent by somebody, who tells their IPv4 address. */
  @Override
  public ArpSpec from(Endpoint source) {
    return copy(given.with(Field.SOURCE_STATION, source).with(Field.SENDER_IP, source.ipv4()));
  }

  /** With this sender IP address. */
  public ArpSpec from(String ip) {
    return senderIp(ip);
  }

  /** Asking for somebody, or answering them. */
  @Override
  public ArpSpec to(Endpoint destination) {
    return copy(
        given
            .with(Field.DESTINATION_STATION, destination)
            .with(Field.TARGET_IP, destination.ipv4()));
  }

  /** With this target IP address. */
  public ArpSpec to(String ip) {
    return targetIp(ip);
  }

  /** With this sender MAC address in the message; that of the frame unless it is said. */
  public ArpSpec senderMac(MacAddress mac) {
    return with(Field.SENDER_MAC, mac);
  }

  /** With this sender MAC address in the message; that of the frame unless it is said. */
  public ArpSpec senderMac(String mac) {
    return senderMac(MacAddress.of(mac));
  }

  /** With this sender IP address. */
  public ArpSpec senderIp(Ipv4Address ip) {
    return with(Field.SENDER_IP, ip);
  }

  /** With this sender IP address. */
  public ArpSpec senderIp(String ip) {
    return senderIp(Ipv4Address.of(ip));
  }

  /** With this target MAC address in the message; zero in a request unless it is said. */
  public ArpSpec targetMac(MacAddress mac) {
    return with(Field.TARGET_MAC, mac);
  }

  /** With this target MAC address in the message; zero in a request unless it is said. */
  public ArpSpec targetMac(String mac) {
    return targetMac(MacAddress.of(mac));
  }

  /** With this target IP address. */
  public ArpSpec targetIp(Ipv4Address ip) {
    return with(Field.TARGET_IP, ip);
  }

  /** With this target IP address. */
  public ArpSpec targetIp(String ip) {
    return targetIp(Ipv4Address.of(ip));
  }

  @Override
  public ArpSpec withDefaultSource(Endpoint station) {
    return copy(
        given.orElse(Field.SOURCE_STATION, station).orElse(Field.SENDER_IP, station.ipv4()));
  }

  /** The target IP address, null where none was given. */
  @Override
  public @Nullable IpAddress destinationIp() {
    return given.get(Field.TARGET_IP) instanceof Ipv4Address ip ? ip : null;
  }

  @Override
  public @Nullable MacAddress destinationMac() {
    MacAddress said = super.destinationMac();
    if (said != null) {
      return said;
    }
    if (isRequest()) {
      return MacAddress.BROADCAST;
    }
    return given.get(Field.TARGET_MAC) instanceof MacAddress mac ? mac : null;
  }

  private boolean isRequest() {
    return given.integer(Field.ARP_OPERATION, REQUEST) == REQUEST;
  }

  @Override
  ArpSpec copy(Constraints constraints) {
    return new ArpSpec(constraints);
  }

  @Override
  String kind() {
    return "arp";
  }

  @Override
  Field kindField() {
    return Field.ETHER_TYPE;
  }

  @Override
  Object kindValue() {
    return (long) EtherType.ARP;
  }

  @Override
  int etherType() {
    return EtherType.ARP;
  }

  @Override
  int bodyBytes() {
    return Layout.ARP_BYTES;
  }

  @Override
  void writeBody(byte[] frame, int at) {
    IpAddress target = destinationIp();
    if (target == null) {
      throw new IllegalArgumentException(
          "arp packet has no target IP address; say to(vm) or targetIp(ip)");
    }
    Bytes.put16(frame, at, 1); // Ethernet
    Bytes.put16(frame, at + 2, EtherType.IPV4);
    Bytes.put16(frame, at + 4, 0x0604); // bytes of a MAC and of an IPv4 address
    Bytes.put16(frame, at + 6, given.integer(Field.ARP_OPERATION, REQUEST));
    Bytes.put48(frame, at + 8, mac(Field.SENDER_MAC, frameSource()).bits());
    Bytes.put32(frame, at + 14, senderIp().bits());
    MacAddress unsaid = isRequest() ? MacAddress.ZERO : frameDestination();
    Bytes.put48(frame, at + 18, mac(Field.TARGET_MAC, unsaid).bits());
    Bytes.put32(frame, at + 24, ((Ipv4Address) target).bits());
  }

  private MacAddress mac(Field field, MacAddress otherwise) {
    return given.get(field) instanceof MacAddress mac ? mac : otherwise;
  }

  private Ipv4Address senderIp() {
    return given.get(Field.SENDER_IP) instanceof Ipv4Address ip ? ip : Endpoint.STATION.ipv4();
  }
}
