// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static dev.ringside.packet.Packets.ethernet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ports a to d, each with what has left by it. */
class LearningSwitchTest {

  private static final MacAddress ANN = MacAddress.of("02:00:00:00:00:0a");
  private static final MacAddress BOB = MacAddress.of("02:00:00:00:00:0b");

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final LearningSwitch bridge = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");
  private final List<List<Packet>> left = new ArrayList<>();
  private final SwitchPort a = port("a");
  private final SwitchPort b = port("b");
  private final SwitchPort c = port("c");
  private final SwitchPort d = port("d");

  private SwitchPort port(String name) {
    List<Packet> packets = new ArrayList<>();
    left.add(packets);
    return bridge.addPort(name, packets::add, VlanMode.transparent());
  }

  private static Packet frame(MacAddress from, MacAddress to) {
    return ethernet().fromMac(from).toMac(to).toPacket();
  }

  private List<Integer> counts() {
    return left.stream().map(List::size).toList();
  }

  private void advance(Duration duration) {
    world.advance(duration);
  }

  @AfterEach
  void every_frame_has_a_fate() {
    assertThat(bridge.account().missing()).as(bridge.account().toString()).isZero();
  }

  // ---- learning ----

  @Test
  void floods_what_it_does_not_know_to_every_other_port_once() {
    b.accept(frame(ANN, BOB));

    assertThat(counts()).containsExactly(1, 0, 1, 1);
    assertThat(bridge.account().cloned()).isEqualTo(2);
  }

  @Test
  void sends_to_the_port_where_a_station_was_heard() {
    c.accept(frame(BOB, ANN));
    a.accept(frame(ANN, BOB));

    assertThat(counts()).containsExactly(1, 1, 1, 1);
    assertThat(bridge.portOf(BOB, 1)).isSameAs(c);
    assertThat(bridge.stations())
        .containsExactly("vlan 1 02:00:00:00:00:0a a", "vlan 1 02:00:00:00:00:0b c");
  }

  @Test
  void drops_what_is_for_a_station_behind_the_same_port() {
    a.accept(frame(BOB, ANN));
    a.accept(frame(ANN, BOB));

    assertThat(counts()).containsExactly(0, 1, 1, 1);
    assertThat(bridge.account().dropped(DropReason.SAME_PORT)).isEqualTo(1);
  }

  @Test
  void learns_anew_when_a_station_moves() {
    a.accept(frame(ANN, BOB));
    d.accept(frame(ANN, BOB));
    left.forEach(List::clear);

    b.accept(frame(BOB, ANN));

    assertThat(counts()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void does_not_learn_groups_nor_the_zero_address_as_sources() {
    MacAddress group = MacAddress.of("01:00:5e:00:00:01");
    a.accept(frame(group, BOB));
    a.accept(frame(MacAddress.ZERO, BOB));
    a.learn(group);

    assertThat(bridge.stations()).isEmpty();
  }

  @Test
  void forgets_a_station_that_was_silent_for_the_ageing_time() {
    a.accept(frame(ANN, BOB));
    advance(LearningSwitch.DEFAULT_AGEING);
    assertThat(bridge.portOf(ANN, 1)).isSameAs(a);

    advance(Duration.ofNanos(1));

    assertThat(bridge.portOf(ANN, 1)).isNull();
    assertThat(bridge.stations()).isEmpty();
    left.forEach(List::clear);
    b.accept(frame(BOB, ANN));
    assertThat(counts()).containsExactly(1, 0, 1, 1);
  }

  @Test
  void a_station_that_is_heard_again_is_remembered_longer() {
    bridge.setAgeing(Duration.ofSeconds(10));
    a.accept(frame(ANN, BOB));
    advance(Duration.ofSeconds(8));
    a.accept(frame(ANN, BOB));
    advance(Duration.ofSeconds(8));

    assertThat(bridge.portOf(ANN, 1)).isSameAs(a);
    assertThatThrownBy(() -> bridge.setAgeing(Duration.ZERO))
        .hasMessage("ageing time PT0S must be positive");
  }

  @Test
  void forgets_the_stations_of_a_port_that_goes_down_and_sends_nothing_to_it() {
    a.accept(frame(ANN, BOB));
    a.carrierChanged(false);
    left.forEach(List::clear);

    b.accept(frame(BOB, ANN));
    assertThat(counts()).containsExactly(0, 0, 1, 1);

    a.carrierChanged(true);
    c.accept(frame(BOB, ANN));
    assertThat(counts()).containsExactly(1, 1, 1, 2);
  }

  @Test
  void what_comes_in_by_a_port_that_went_down_meanwhile_is_sent_on_but_not_learned() {
    a.carrierChanged(false);

    a.accept(frame(ANN, BOB));
    a.learn(ANN);

    assertThat(counts()).containsExactly(0, 1, 1, 1);
    assertThat(bridge.portOf(ANN, 1)).isNull();
  }

  @Test
  void a_runt_goes_nowhere() {
    a.accept(Packet.of(new byte[13]));
    a.accept(Packet.of(new byte[0]));

    assertThat(counts()).containsExactly(0, 0, 0, 0);
    assertThat(bridge.account().dropped(DropReason.MALFORMED)).isEqualTo(2);
  }

  @Test
  void a_frame_that_no_other_port_takes_is_dropped() {
    b.carrierChanged(false);
    c.carrierChanged(false);
    d.carrierChanged(false);

    a.accept(frame(ANN, MacAddress.BROADCAST));

    assertThat(bridge.account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  // ---- the bound ----

  @Test
  void a_full_table_floods_to_stations_that_do_not_fit_until_others_have_aged() {
    for (int i = 0; i < LearningSwitch.MAX_STATIONS; i++) {
      a.accept(frame(new MacAddress(0x0200_0001_0000L + i), MacAddress.BROADCAST));
    }
    b.accept(frame(BOB, MacAddress.BROADCAST));
    assertThat(bridge.stations()).hasSize(LearningSwitch.MAX_STATIONS);
    assertThat(bridge.portOf(BOB, 1)).isNull();
    left.forEach(List::clear);
    c.accept(frame(new MacAddress(0x0200_0001_0000L), BOB));
    assertThat(counts()).containsExactly(1, 1, 0, 1);

    advance(LearningSwitch.DEFAULT_AGEING.plusNanos(1));
    b.accept(frame(BOB, MacAddress.BROADCAST));

    assertThat(bridge.stations()).containsExactly("vlan 1 02:00:00:00:00:0b b");
  }

  // ---- ports ----

  @Test
  void a_port_that_is_taken_away_gets_nothing_more() {
    a.accept(frame(ANN, BOB));
    bridge.removePort(a);

    b.accept(frame(BOB, ANN));

    assertThat(counts()).containsExactly(0, 1, 2, 2);
    assertThat(bridge.ports()).containsExactly(b, c, d);
  }

  @Test
  void ports_may_come_and_go_while_a_frame_is_flooded() {
    PacketSink changing =
        packet -> {
          bridge.removePort(c);
          port("f" + bridge.ports().size());
        };
    bridge.removePort(a);
    SwitchPort e = bridge.addPort("e", changing, VlanMode.transparent());

    b.accept(frame(ANN, BOB));
    e.accept(frame(BOB, ANN));
    b.accept(frame(ANN, MacAddress.BROADCAST));

    assertThat(bridge.ports()).contains(b, d, e).doesNotContain(a, c);
  }

  @Test
  void names_the_ports_that_it_has() {
    assertThatThrownBy(() -> bridge.port("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no port named 'x' on switch switch; it has [a, b, c, d]");
    assertThatThrownBy(() -> port("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("switch switch already has a port named 'a'; choose another name");
    assertThat(bridge.port("b")).isSameAs(b);
  }

  // ---- laws ----

  @Test
  void a_frame_never_leaves_by_the_port_that_it_came_in_by_and_by_no_other_twice() {
    SeededRandom random = Seed.of(7).stream("frames");
    SwitchPort[] ports = {a, b, c, d};
    for (int i = 0; i < 5_000; i++) {
      left.forEach(List::clear);
      int in = random.nextInt(4);
      if (random.nextInt(20) == 0) {
        ports[random.nextInt(4)].carrierChanged(random.nextInt(2) == 0);
      }
      long to = random.nextInt(8) == 0 ? MacAddress.BROADCAST.bits() : 2L << 40 | random.nextInt(9);
      ports[in].accept(frame(new MacAddress(2L << 40 | random.nextInt(9)), new MacAddress(to)));

      assertThat(counts().get(in)).isZero();
      assertThat(counts()).allMatch(count -> count <= 1);
      for (int out = 0; out < 4; out++) {
        assertThat(counts().get(out) == 0 || ports[out].isUp()).isTrue();
      }
    }
  }

  @Test
  void two_switches_with_one_cable_between_them_do_not_loop() {
    LearningSwitch other = new LearningSwitch(world, Stage.VIRTUAL_SWITCH, "other");
    SwitchPort[] ends = new SwitchPort[2];
    ends[0] = bridge.addPort("to other", p -> ends[1].accept(p), VlanMode.transparent());
    ends[1] = other.addPort("to switch", p -> ends[0].accept(p), VlanMode.transparent());
    List<Packet> arrived = new ArrayList<>();
    SwitchPort far = other.addPort("far", arrived::add, VlanMode.transparent());

    a.accept(frame(ANN, MacAddress.BROADCAST));
    far.accept(frame(BOB, ANN));

    assertThat(arrived).hasSize(1);
    assertThat(counts()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void forwarding_to_a_known_station_allocates_nothing() {
    World untraced = new World(Seed.DEFAULT, 16, false);
    LearningSwitch quiet = new LearningSwitch(untraced, Stage.EXTERNAL_SWITCH, "quiet");
    long[] forwarded = new long[1];
    SwitchPort one = quiet.addPort("one", packet -> {}, VlanMode.transparent());
    SwitchPort two = quiet.addPort("two", packet -> forwarded[0]++, VlanMode.transparent());
    Packet packet = frame(ANN, BOB);
    two.accept(frame(BOB, ANN));
    for (int i = 0; i < 20_000; i++) {
      one.accept(packet);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      one.accept(packet);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(forwarded[0]).isEqualTo(120_000);
    assertThat(allocated).isLessThan(20_000); // 0.2 bytes a packet
  }
}
