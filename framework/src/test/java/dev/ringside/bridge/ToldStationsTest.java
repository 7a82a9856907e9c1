// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Stations whose place a switch was told, besides those that it has heard. */
class ToldStationsTest {

  private static final MacAddress ANN = MacAddress.of("02:00:00:00:00:0a");
  private static final MacAddress BOB = MacAddress.of("02:00:00:00:00:0b");

  /** A switch that believes whatever it is told by a table of its own. */
  private static final class Told extends LearningSwitch {
    private @Nullable SwitchPort everybody;

    Told(World world) {
      super(world, Stage.VIRTUAL_SWITCH, "told");
    }

    @Override
    protected @Nullable SwitchPort portFor(long mac, int vlan, SwitchPort from) {
      return everybody != null ? everybody : super.portFor(mac, vlan, from);
    }
  }

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final Told bridge = new Told(world);
  private final List<String> left = new ArrayList<>();
  private final SwitchPort a = port("a", VlanMode.transparent());
  private final SwitchPort b = port("b", VlanMode.transparent());
  private final SwitchPort c = port("c", VlanMode.transparent());

  private SwitchPort port(String name, VlanMode mode) {
    return bridge.addPort(name, packet -> left.add(name), mode);
  }

  private Packet send(SwitchPort in, MacAddress from, MacAddress to) {
    left.clear();
    Packet packet = Packets.ethernet().fromMac(from).toMac(to).toPacket();
    packet = world.inject(bridge.account(), packet);
    world.deliver(in, packet);
    return packet;
  }

  private List<Hop> way(Packet packet) {
    return world.journal().trace(packet).hops();
  }

  @Test
  void a_station_that_it_was_told_of_gets_its_frames_until_it_is_heard_elsewhere() {
    b.learn(BOB);

    Packet packet = send(a, ANN, BOB);

    assertThat(left).containsExactly("b");
    assertThat(way(packet)).extracting(Hop::fate).endsWith(Hop.Fate.PASSED);
    assertThat(way(packet)).extracting(Hop::place).endsWith("told");
    send(c, BOB, ANN);
    send(a, ANN, BOB);
    assertThat(left).containsExactly("c");
  }

  @Test
  void a_station_that_is_pinned_no_longer_is_flooded_to_until_it_is_heard() {
    b.pin(BOB);
    send(c, BOB, ANN);
    assertThat(bridge.portOf(BOB, 1)).isSameAs(b);

    b.unpin(BOB);
    send(a, ANN, BOB);

    assertThat(left).containsExactly("b", "c");
    send(c, BOB, ANN);
    b.unpin(BOB);
    assertThat(bridge.portOf(BOB, 1)).as("heard, not pinned").isSameAs(c);
  }

  @Test
  void a_station_that_has_gone_is_forgotten_and_no_other_is() {
    send(a, ANN, BOB);
    b.pin(BOB);

    bridge.forget(BOB, 2);
    bridge.forget(BOB, 1);

    assertThat(bridge.stations()).containsExactly("vlan 1 02:00:00:00:00:0a a");
    assertThat(bridge.name()).isEqualTo("told");
  }

  @Test
  void a_frame_for_an_address_of_link_protocols_goes_no_further_and_teaches_nothing() {
    Packet packet = send(a, ANN, MacAddress.of("01:80:c2:00:00:0e"));

    assertThat(left).isEmpty();
    assertThat(bridge.stations()).isEmpty();
    assertThat(way(packet))
        .last()
        .extracting(Hop::reason, Hop::detail)
        .containsExactly(DropReason.NO_MATCH, "address of a link protocol");
  }

  @Test
  void a_port_that_does_not_carry_the_vlan_gets_nothing_whatever_the_switch_was_told() {
    bridge.everybody = port("d", VlanMode.access(100));

    Packet packet = send(a, ANN, BOB);

    assertThat(left).isEmpty();
    assertThat(way(packet))
        .last()
        .extracting(Hop::reason, Hop::detail)
        .containsExactly(DropReason.VLAN_FILTERED, "port d (access vlan 100)");
  }

  @Test
  void a_broadcast_is_flooded_whatever_the_switch_was_told() {
    bridge.everybody = b;

    send(a, ANN, MacAddress.BROADCAST);

    assertThat(left).containsExactly("b", "c");
  }

  @Test
  void what_is_told_to_leave_by_a_group_without_a_link_is_lost_on_its_first_cable() {
    PortGroup group = bridge.addPortGroup("aggr0", VlanMode.transparent());
    group.addLink("p0", packet -> left.add("p0"));
    group.addLink("p1", packet -> left.add("p1"));
    bridge.everybody = group.port();

    send(a, ANN, BOB);

    assertThat(left).containsExactly("p0");
  }
}
