// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several cables that are one port. */
class PortGroupTest {

  private static final MacAddress HOST = MacAddress.of("02:00:00:00:00:0a");
  private static final MacAddress STATION = MacAddress.of("02:00:00:00:00:0b");

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final LearningSwitch network = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");
  private final List<String> left = new ArrayList<>();
  private final SwitchPort station =
      network.addPort("wire", packet -> left.add("wire"), VlanMode.transparent());
  private final PortGroup group = network.addPortGroup("aggr0", VlanMode.transparent());
  private final PortGroup.Link p0 = group.addLink("p0", packet -> left.add("p0"));
  private final PortGroup.Link p1 = group.addLink("p1", packet -> left.add("p1"));
  private final PortGroup.Link p2 = group.addLink("p2", packet -> left.add("p2"));

  private static Packet packet(MacAddress from, MacAddress to, int port) {
    return Packets.udp()
        .fromMac(from)
        .toMac(to)
        .from("192.0.2.1")
        .to("203.0.113.1")
        .fromPort(port)
        .port(80)
        .toPacket();
  }

  private List<String> send(dev.ringside.packet.PacketSink by, Packet packet) {
    left.clear();
    world.deliver(by, world.inject(network.account(), packet));
    return left;
  }

  private void allUp() {
    p0.carrierChanged(true);
    p1.carrierChanged(true);
    p2.carrierChanged(true);
  }

  @Test
  void a_flood_leaves_by_one_link_and_none_comes_back() {
    allUp();

    assertThat(send(station, packet(STATION, MacAddress.BROADCAST, 1)))
        .hasSize(1)
        .doesNotContain("wire");
    assertThat(send(p1, packet(HOST, MacAddress.BROADCAST, 1))).containsExactly("wire");
    assertThat(send(p0, packet(HOST, HOST, 1))).isEmpty(); // it is behind the port it came from
  }

  @Test
  void a_station_is_behind_the_group_by_whichever_link_it_is_heard() {
    allUp();
    send(p0, packet(HOST, STATION, 1));
    assertThat(network.portOf(HOST, 1)).isSameAs(group.port());
    send(p2, packet(HOST, STATION, 2));
    assertThat(network.portOf(HOST, 1)).isSameAs(group.port());
    p2.carrierChanged(false);
    assertThat(network.portOf(HOST, 1)).isSameAs(group.port());
    p0.carrierChanged(false);
    p1.carrierChanged(false);
    assertThat(network.portOf(HOST, 1)).isNull();
  }

  @Test
  void each_connection_has_its_link_and_only_those_of_a_link_that_goes_down_move() {
    allUp();
    send(p0, packet(HOST, STATION, 1));
    int[] share = new int[3];
    for (int i = 1; i <= 300; i++) {
      p1.carrierChanged(true);
      Packet packet = packet(STATION, HOST, i);
      String before = send(station, packet).get(0);
      assertThat(send(station, packet))
          .containsExactly(before)
          .containsExactly(group.linkFor(packet));
      share[before.charAt(1) - '0']++;
      p1.carrierChanged(false);
      String after = send(station, packet).get(0);
      assertThat(after).isNotEqualTo("p1");
      assertThat(after.equals(before) || before.equals("p1")).isTrue();
    }
    for (int number : share) {
      assertThat(number).isBetween(70, 130);
    }
  }

  @Test
  void without_a_link_there_is_no_port() {
    assertThat(group.port().isUp()).isFalse();
    assertThat(group.activeLinks()).isEmpty();
    assertThat(send(station, packet(STATION, MacAddress.BROADCAST, 1))).isEmpty();
    assertThatThrownBy(() -> group.linkFor(packet(STATION, HOST, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("all links of port group aggr0 are down");
    p1.carrierChanged(true);
    assertThat(group.port().isUp()).isTrue();
    assertThat(group).hasToString("port group aggr0 [p1]");
    assertThat(p0).hasToString("link p0 of aggr0 (down)");
    assertThat(p1).hasToString("link p1 of aggr0");
  }

  @Test
  void is_found_by_its_name() {
    assertThat(network.portGroup("aggr0")).isSameAs(group);
    assertThatThrownBy(() -> network.portGroup("aggr7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no port group named 'aggr7' on switch switch; it has [aggr0]");
  }

  @Test
  void a_pinned_station_is_believed_nowhere_else_until_its_port_goes_down() {
    allUp();
    station.pin(HOST);
    send(p0, packet(HOST, STATION, 1));
    assertThat(network.portOf(HOST, 1)).isSameAs(station);
    world.advance(LearningSwitch.DEFAULT_AGEING.multipliedBy(3));
    assertThat(network.portOf(HOST, 1)).isSameAs(station);
    group.port().pin(HOST);
    assertThat(network.portOf(HOST, 1)).isSameAs(group.port());
    station.pin(HOST);
    station.carrierChanged(false);
    assertThat(network.portOf(HOST, 1)).isNull();
    send(p0, packet(HOST, STATION, 1));
    assertThat(network.portOf(HOST, 1)).isSameAs(group.port());
  }
}
