// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * An Ethernet frame of any EtherType.
 *
 * <pre>{@code
 * ethernet(0x88cc).toMac("01:80:c2:00:00:0e").payload(lldp)
 * }</pre>
 */
public final class EthernetSpec extends PayloadSpec<EthernetSpec> {

  /** IEEE 802 local experimental EtherType 1. */
  private static final int EXPERIMENTAL = 0x88b5;

  EthernetSpec(Constraints given) {
    super(given);
  }

  /**
   * With this EtherType (below 0x600: an IEEE 802.3 length).
   *
   * @throws IllegalArgumentException if it has more than 16 bits
   */
  public EthernetSpec etherType(int etherType) {
    return with(Field.ETHER_TYPE, etherType);
  }

  /** Sent by somebody, that is, from their MAC address. */
  @Override
  public EthernetSpec from(Endpoint source) {
    return fromMac(source.mac());
  }

  /** Sent to somebody, that is, to their MAC address. */
  @Override
  public EthernetSpec to(Endpoint destination) {
    return toMac(destination.mac());
  }

  @Override
  EthernetSpec copy(Constraints constraints) {
    return new EthernetSpec(constraints);
  }

  @Override
  String kind() {
    return "ethernet";
  }

  @Override
  Field kindField() {
    return Field.ETHER_TYPE;
  }

  @Override
  Object kindValue() {
    return FieldMatcher.ANY;
  }

  @Override
  String howToSayWhereTo() {
    return "toMac(mac)";
  }

  @Override
  int etherType() {
    return given.integer(Field.ETHER_TYPE, EXPERIMENTAL);
  }

  @Override
  int bodyBytes() {
    return payloadBytes();
  }

  @Override
  void writeBody(byte[] frame, int at) {
    writePayload(frame, at);
  }
}
