// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a packet is like, for sending one and for recognizing one: some fields, with a value each.
 *
 * <pre>{@code
 * PacketSpec query = udp().to(web).port(53).payload("query");
 * Packet packet = query.toPacket(); // missing fields get defaults; lengths and checksums are right
 * query.matches(packet);            // true: only the fields that were given are compared
 * udp().port(54).mismatches(packet) // [destination port: expected 54, was 53]
 * }</pre>
 *
 * <p>Specifications are immutable: every method returns a new one. {@link Packets} makes them.
 *
 * <p>Defaults when sent: the source is {@link Endpoint#STATION}, ports are 49152 (source) and 9
 * (destination), the time to live is 64, everything else is 0 or empty. A destination must be said.
 */
public abstract class PacketSpec implements PacketMatcher {

  /** Frames are padded to this length, the shortest of Ethernet without its check sequence. */
  static final int SHORTEST_FRAME = 60;

  final Constraints given;

  PacketSpec(Constraints given) {
    this.given = given;
  }

  // ---- recognizing ----

  /** Whether the packet has every field that was given, with that value. */
  @Override
  public final boolean matches(Packet packet) {
    if (!FieldMatcher.matches(kindField(), kindValue(), packet)) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!FieldMatcher.matches(given.field(i), given.value(i), packet)) {
        return false;
      }
    }
    return true;
  }

  /** The fields in which the packet differs; empty if it matches. */
  @Override
  public final List<FieldMismatch> mismatches(Packet packet) {
    List<FieldMismatch> found = new ArrayList<>();
    if (!FieldMatcher.matches(kindField(), kindValue(), packet)) {
      found.add(FieldMatcher.mismatch(kindField(), kindValue(), packet));
    }
    for (int i = 0; i < given.size(); i++) {
      if (!FieldMatcher.matches(given.field(i), given.value(i), packet)) {
        found.add(FieldMatcher.mismatch(given.field(i), given.value(i), packet));
      }
    }
    return found;
  }

  /**
   * How exactly it says the IP addresses: 128 for each address that is said whole, in proportion
   * for a prefix (a /24 of IPv4 counts 96), 0 where nothing is said.
   */
  public final int addressBits() {
    return addressBits(Field.SOURCE_IP) + addressBits(Field.DESTINATION_IP);
  }

  private int addressBits(Field field) {
    Object said = given.get(field);
    if (said instanceof IpPrefix prefix) {
      return prefix.network().version() == 4 ? 4 * prefix.length() : prefix.length();
    }
    return said == null ? 0 : 128;
  }

  /** The word that a sentence about such a packet starts with. */
  abstract String kind();

  /** The field that makes a packet one of this kind. */
  abstract Field kindField();

  /** The value of that field. */
  abstract Object kindValue();

  // ---- sending ----

  /**
   * The packet with these fields, and defaults for those that were not given.
   *
   * @throws IllegalArgumentException if something is missing that has no default, or the fields
   *     contradict each other
   */
  public final Packet toPacket() {
    List<TagPattern> tags = tags();
    int network = Layout.ETHERNET_BYTES + Layout.TAG_BYTES * tags.size();
    int length = network + bodyBytes();
    int padded = given.has(Field.UNPADDED) ? length : Math.max(length, SHORTEST_FRAME);
    byte[] frame = new byte[padded];
    Bytes.put48(frame, 0, frameDestination().bits());
    Bytes.put48(frame, 6, frameSource().bits());
    int at = 12;
    for (TagPattern tag : tags) {
      VlanTag real = tag.toTag();
      Bytes.put16(frame, at, real.protocolId());
      Bytes.put16(frame, at + 2, real.controlInformation());
      at += Layout.TAG_BYTES;
    }
    Bytes.put16(frame, at, etherType());
    writeBody(frame, network);
    return Packet.ofTrusted(frame);
  }

  abstract int etherType();

  /** How many bytes follow the Ethernet header and its tags. */
  abstract int bodyBytes();

  abstract void writeBody(byte[] frame, int at);

  /**
   * These fields, and what is missing of the source's addresses from this station.
   *
   * <p>For whoever sends the packet, such as a virtual machine.
   */
  public abstract PacketSpec withDefaultSource(Endpoint station);

  /**
   * These fields, sent to this MAC address unless {@link #destinationMac} says one already.
   *
   * <p>For a sender that looks up the way to {@link #destinationIp}; what it finds comes before the
   * MAC of an endpoint in {@code to(endpoint)}, because the way to it may lead over a router.
   */
  public final PacketSpec withDefaultDestinationMac(MacAddress mac) {
    return copy(given.orElse(Field.NEXT_HOP, mac));
  }

  /** The IP address that the packet goes to, null where none was given. */
  public @Nullable IpAddress destinationIp() {
    return null;
  }

  /**
   * The MAC address that the packet goes to whatever a sender finds out: that of {@code toMac}, or
   * of the IP group that it is for. Null where the sender is to find it out.
   */
  public @Nullable MacAddress destinationMac() {
    return given.get(Field.DESTINATION_MAC) instanceof MacAddress mac ? mac : null;
  }

  /** The station that {@code to(endpoint)} named, null where none was named. */
  public final @Nullable Endpoint destinationStation() {
    return given.get(Field.DESTINATION_STATION) instanceof Endpoint to ? to : null;
  }

  abstract PacketSpec copy(Constraints constraints);

  final MacAddress frameSource() {
    if (given.get(Field.SOURCE_MAC) instanceof MacAddress mac) {
      return mac;
    }
    return sourceStation().mac();
  }

  /** Who sends the packet. */
  final Endpoint sourceStation() {
    return given.get(Field.SOURCE_STATION) instanceof Endpoint from ? from : Endpoint.STATION;
  }

  MacAddress frameDestination() {
    MacAddress mac = destinationMac();
    if (mac == null && given.get(Field.NEXT_HOP) instanceof MacAddress nextHop) {
      mac = nextHop;
    }
    if (mac == null && given.get(Field.DESTINATION_STATION) instanceof Endpoint to) {
      mac = to.mac();
    }
    if (mac == null) {
      throw new IllegalArgumentException(
          kind()
              + " packet "
              + missingDestination()
              + "; say to(vm), "
              + "or "
              + howToSayWhereTo());
    }
    return mac;
  }

  private String missingDestination() {
    IpAddress ip = destinationIp();
    return ip == null ? "has no destination" : "to " + ip + " has no destination MAC";
  }

  String howToSayWhereTo() {
    return destinationIp() == null ? "to(ip) and toMac(mac)" : "add toMac(mac)";
  }

  @SuppressWarnings("unchecked") // only FrameSpec puts a list there
  final List<TagPattern> tags() {
    Object tags = given.get(Field.VLAN_TAGS);
    return tags == null ? List.of() : (List<TagPattern>) tags;
  }

  int ipVersion() {
    return 0;
  }

  /** The sentence, such as {@code udp to 198.18.0.1 port 53 payload "query"}. */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(64).append(kind());
    for (int i = 0; i < given.size(); i++) {
      Field field = given.field(i);
      if (!field.isCompared() || isSwitchedOff(i)) {
        continue;
      }
      text.append(field.word.isEmpty() ? "" : " ").append(field.word);
      if (field.style != Field.Style.SWITCH) {
        text.append(' ').append(FieldText.value(field, given.value(i), ipVersion()));
      }
    }
    return text.toString();
  }

  private boolean isSwitchedOff(int index) {
    return given.field(index).style == Field.Style.SWITCH && given.value(index).equals(0L);
  }
}
