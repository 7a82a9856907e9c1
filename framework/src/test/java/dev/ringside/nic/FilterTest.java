// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.EthernetSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a card without virtual functions takes from the wire for its host. */
class FilterTest {

  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:77");
  private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:09");

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).nic(NicConfig.DEFAULT.withMaxFrameBytes(1_514));
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private static EthernetSpec to(MacAddress mac) {
    return ethernet().toMac(mac);
  }

  /** Whether the host gets such a packet; a card that does not take it says why. */
  private boolean takes(PacketSpec spec, DropReason otherwise) {
    long received = p0.receiveRing(0).received();
    long dropped = p0.account().dropped(otherwise);
    lab.wire().send(spec.toPacket());
    boolean taken = p0.receiveRing(0).received() == received + 1;
    assertThat(p0.account().dropped(otherwise)).isEqualTo(taken ? dropped : dropped + 1);
    return taken;
  }

  private boolean takes(PacketSpec spec) {
    return takes(spec, DropReason.NO_MATCH);
  }

  @Test
  void takes_its_own_address_and_those_that_are_added() {
    assertThat(takes(to(p0.mac()))).isTrue();
    assertThat(takes(to(OTHER))).isFalse();
    p0.filter().addMac(OTHER);
    p0.filter().addMac(OTHER);
    assertThat(takes(to(OTHER))).isTrue();
    p0.filter().removeMac(OTHER);
    assertThat(takes(to(OTHER))).isFalse();
  }

  @Test
  void takes_everything_while_it_is_promiscuous() {
    p0.filter().setPromiscuous(true);
    p0.filter().setAllMulticast(false);

    assertThat(takes(to(OTHER))).isTrue();
    assertThat(takes(to(GROUP))).isTrue();
    p0.filter().setPromiscuous(false);
    assertThat(takes(to(OTHER))).isFalse();
    assertThat(takes(to(GROUP))).isFalse();
  }

  @Test
  void takes_broadcasts_and_the_groups_that_it_has_joined() {
    p0.filter().setAllMulticast(false);

    assertThat(takes(to(MacAddress.BROADCAST))).isTrue();
    assertThat(takes(to(GROUP))).isFalse();
    p0.filter().joinGroup(GROUP);
    assertThat(takes(to(GROUP))).isTrue();
    p0.filter().leaveGroup(GROUP);
    assertThat(takes(to(GROUP))).isFalse();
    p0.filter().setAllMulticast(true);
    assertThat(takes(to(GROUP))).isTrue();
  }

  @Test
  void takes_only_the_vlans_that_it_was_told() {
    DropReason filtered = DropReason.VLAN_FILTERED;
    p0.filter().setVlans(100, 200);
    assertThat(takes(to(p0.mac()).vlan(100), filtered)).isTrue();
    assertThat(takes(to(p0.mac()).vlan(200).vlan(300), filtered)).isTrue();
    assertThat(takes(to(p0.mac()).vlan(300).vlan(200), filtered)).isFalse();
    assertThat(takes(to(p0.mac()), filtered)).isFalse();
    assertThat(takes(to(p0.mac()).vlan(0, 7), filtered)).isFalse();

    p0.filter().setVlans(0);
    assertThat(takes(to(p0.mac()), filtered)).isTrue();
    assertThat(takes(to(p0.mac()).vlan(0, 7), filtered)).isTrue();
    assertThat(takes(to(p0.mac()).vlan(100), filtered)).isFalse();
    assertThat(takes(to(MacAddress.BROADCAST).vlan(100))).isFalse();

    p0.filter().takeAllVlans();
    assertThat(takes(to(p0.mac()).vlan(300), filtered)).isTrue();
  }

  @Test
  void addresses_and_vlans_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> p0.filter().addMac(GROUP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MAC address 01:00:5e:00:00:09 for p0 is a multicast address; use joinGroup");
    assertThatThrownBy(() -> p0.filter().joinGroup(OTHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MAC address 02:00:00:00:00:77 for p0 is no multicast address; use addMac");
    assertThatThrownBy(() -> p0.filter().setVlans(1, 4_096))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VLAN 4096 is not in 0 to 4095");
  }

  @Test
  void a_runt_is_counted_and_goes_nowhere() {
    World world = new World(Seed.DEFAULT, 100, true);
    PhysicalNic alone = new PhysicalNic(world, "h1", "p9", "p9", OTHER, NicConfig.DEFAULT);
    for (int length = 0; length < 14; length++) {
      alone.accept(Packet.of(new byte[length]));
    }

    assertThat(alone.account().dropped(DropReason.MALFORMED)).isEqualTo(14);
    assertThat(alone.account().missing()).isZero();
    assertThat(alone.counters().receivedPackets()).isZero();
  }

  @Test
  void malformed_packets_are_counted_and_taken() {
    PacketSpec lying = udp().to("198.19.0.1").toMac(p0.mac()).totalLength(20_000);

    lab.wire().send(lying.toPacket());

    assertThat(p0.counters().malformed()).isEqualTo(1);
    assertThat(p0.counters().receivedPackets()).isEqualTo(1);
  }

  @Test
  void frames_over_the_limit_are_dropped_and_tags_do_not_count() {
    DropReason tooLong = DropReason.TOO_LONG;
    assertThat(takes(to(p0.mac()).payloadSize(1_500), tooLong)).isTrue();
    assertThat(takes(to(p0.mac()).payloadSize(1_501), tooLong)).isFalse();
    assertThat(takes(to(p0.mac()).vlan(1).vlan(2).payloadSize(1_500), tooLong)).isTrue();
    assertThat(takes(to(p0.mac()).vlan(2).vlan(2).payloadSize(1_501), tooLong)).isFalse();
  }

  @Test
  void counts_what_comes_from_the_wire() {
    lab.wire().send(to(p0.mac()).payloadSize(86), 2);
    lab.wire().send(to(OTHER).payloadSize(86).toPacket());
    lab.wire().send(to(GROUP).payloadSize(86).toPacket());
    lab.wire().send(to(MacAddress.BROADCAST).payloadSize(86).toPacket());

    assertThat(p0.counters()).isEqualTo(new PortCounters(5, 500, 0, 0, 1, 1, 0));
  }
}
