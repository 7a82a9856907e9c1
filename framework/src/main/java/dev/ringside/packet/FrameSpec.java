// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be said about every packet: its Ethernet addresses and VLAN tags.
 *
 * <pre>{@code
 * udp().to(web).fromMac("02:00:00:00:66:66").vlan(100, 3)
 * }</pre>
 *
 * @param <S> the kind of packet
 */
public abstract class FrameSpec<S extends FrameSpec<S>> extends PacketSpec {

  FrameSpec(Constraints given) {
    super(given);
  }

  @Override
  abstract S copy(Constraints constraints);

  final S with(Field field, Object value) {
    return copy(given.with(field, value));
  }

  final S with(Field field, long number) {
    return copy(given.with(field, number));
  }

  /** Sent by somebody: with these IP addresses; the MAC is used when sent and not compared. */
  public abstract S from(Endpoint source);

  /** Sent to somebody: to these IP addresses; the MAC is used when sent and not compared. */
  public abstract S to(Endpoint destination);

  /** With this source MAC address, whatever {@code from} says. */
  public S fromMac(MacAddress mac) {
    return with(Field.SOURCE_MAC, mac);
  }

  /** With this source MAC address, whatever {@code from} says. */
  public S fromMac(String mac) {
    return fromMac(MacAddress.of(mac));
  }

  /** With this destination MAC address, whatever {@code to} says. */
  public S toMac(MacAddress mac) {
    return with(Field.DESTINATION_MAC, mac);
  }

  /** With this destination MAC address, whatever {@code to} says. */
  public S toMac(String mac) {
    return toMac(MacAddress.of(mac));
  }

  /**
   * With one more VLAN tag, inside of those said before.
   *
   * <p>Compared are as many tags as are said, from the outermost on; the priority is not.
   *
   * @throws IllegalArgumentException if the VLAN is not 0 to 4095
   */
  public S vlan(int vlanId) {
    List<TagPattern> tags = new ArrayList<>(tags());
    int last = tags.size() - 1;
    if (last >= 0 && tags.get(last).vlanId() == Packet.NONE) {
      tags.set(last, tags.get(last).withVlanId(vlanId)); // priority(3).vlan(100)
    } else {
      tags.add(TagPattern.vlan(vlanId));
    }
    return with(Field.VLAN_TAGS, List.copyOf(tags));
  }

  /**
   * With one more VLAN tag of this priority, inside of those said before.
   *
   * @throws IllegalArgumentException if the VLAN is not 0 to 4095, or the priority not 0 to 7
   */
  public S vlan(int vlanId, int priority) {
    return vlan(vlanId).priority(priority);
  }

  /** With exactly this tag, inside of those said before. */
  public S tag(VlanTag tag) {
    List<TagPattern> tags = new ArrayList<>(tags());
    tags.add(TagPattern.exactly(tag));
    return with(Field.VLAN_TAGS, List.copyOf(tags));
  }

  /**
   * With this priority in the tag said last; if none was said, in a tag of any VLAN (sent: 0).
   *
   * @throws IllegalArgumentException if it is not 0 to 7
   */
  public S priority(int priority) {
    List<TagPattern> tags = new ArrayList<>(tags());
    int last = tags.size() - 1;
    if (last < 0) {
      tags.add(TagPattern.anyWithPriority(priority));
    } else {
      tags.set(last, tags.get(last).withPriority(priority));
    }
    return with(Field.VLAN_TAGS, List.copyOf(tags));
  }

  /** Without any VLAN tag. */
  public S untagged() {
    return with(Field.VLAN_TAGS, List.of());
  }

  /** Sent as short as it is, not filled up to the 60 bytes of the shortest Ethernet frame. */
  public S unpadded() {
    return with(Field.UNPADDED, 1);
  }

  @Override
  public S withDefaultSource(Endpoint station) {
    return copy(given.orElse(Field.SOURCE_STATION, station));
  }
}
