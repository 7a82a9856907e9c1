// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Connection;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list and the table by themselves. */
class VirtualLinkAggregatorTest {

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final List<String> sent = new ArrayList<>();
  private final FakeMember p0 = new FakeMember("p0");
  private final FakeMember p1 = new FakeMember("p1");
  private final FakeMember p2 = new FakeMember("p2");
  private VirtualLinkAggregator web = withPolicy(PortSelectionPolicies.roundRobin());

  private VirtualLinkAggregator withPolicy(PortSelectionPolicy policy) {
    return new VirtualLinkAggregator(world, "h1", "web", policy, packet -> sent.add("switch"), 4);
  }

  @BeforeEach
  void joinTwo() {
    join(web, p1, 1);
    join(web, p0, 0);
  }

  private void join(VirtualLinkAggregator to, FakeMember member, int order) {
    to.join(member, order, packet -> sent.add(member.name()));
  }

  private static Packet packet(int connection) {
    return Packets.udp()
        .fromMac(MacAddress.of("02:00:00:00:00:01"))
        .toMac(MacAddress.of("02:00:00:00:00:02"))
        .from("192.0.2.1")
        .to("203.0.113.1")
        .fromPort(connection)
        .port(80)
        .toPacket();
  }

  private String send(int connection) {
    sent.clear();
    world.deliver(web, packet(connection));
    return String.join(",", sent);
  }

  private Placement placement(int connection) {
    Placement placement = web.placement(Connection.of(packet(connection)));
    assertThat(placement).isNotNull();
    return java.util.Objects.requireNonNull(placement);
  }

  @Test
  void the_list_is_in_the_configured_order_whoever_joins_first() {
    assertThat(web.ports()).containsExactly("p0", "p1");
    join(web, p1, 1); // it is in there already
    assertThat(web).hasToString("aggregator of web over [p0, p1], round robin");
  }

  @Test
  void a_connection_stays_while_others_join_and_leave() {
    assertThat(send(1)).isEqualTo("p0");
    assertThat(send(2)).isEqualTo("p1");
    join(web, p2, 2);
    assertThat(send(3)).isEqualTo("p2");
    web.leave(p0);
    web.leave(p0);

    assertThat(send(2)).isEqualTo("p1");
    assertThat(send(3)).isEqualTo("p2");
    assertThat(placement(1).listed()).isFalse();
    assertThat(placement(2).stays()).isTrue();
  }

  @Test
  void a_connection_of_a_nic_that_left_is_chosen_anew_even_if_that_is_back() {
    send(1);
    web.leave(p0);
    join(web, p0, 0);

    assertThat(send(1)).isEqualTo("p1");
    assertThat(placement(1).ports()).containsExactly("p0", "p1");
    assertThat(placement(1)).hasToString("udp 192.0.2.1:1 <> 203.0.113.1:80 through p0, then p1");
  }

  @Test
  void an_empty_list_sends_otherwise() {
    web.leave(p0);
    web.leave(p1);

    assertThat(send(1)).isEqualTo("switch");
    assertThat(web.select(packet(1))).isNull();
    assertThat(web.placements()).isEmpty();
  }

  @Test
  void more_connections_than_it_remembers_are_spread_by_their_hash() {
    for (int i = 1; i <= 4; i++) {
      send(i);
    }
    assertThat(web.placements()).hasSize(4);

    String fifth = send(5);

    assertThat(fifth).isIn("p0", "p1");
    assertThat(send(5)).isEqualTo(fifth);
    assertThat(web.unremembered()).isEqualTo(2);
    assertThat(web.placement(Connection.of(packet(5)))).isNull();
    web.forget(Connection.of(packet(2)));
    web.forget(Connection.of(packet(77)));
    send(5);
    assertThat(web.unremembered()).isEqualTo(2);
    assertThat(placement(5).connection()).isEqualTo(Connection.of(packet(5)));
  }

  @Test
  void silent_connections_make_room() {
    for (int i = 1; i <= 4; i++) {
      send(i);
    }
    world.advance(VirtualLinkAggregator.IDLE);
    send(3);
    send(5);
    assertThat(web.placements()).as("not silent for longer").hasSize(4);
    world.advance(Duration.ofNanos(1));
    send(5);

    assertThat(web.placements())
        .extracting(placement -> placement.connection().toString())
        .containsExactly("udp 192.0.2.1:3 <> 203.0.113.1:80", "udp 192.0.2.1:5 <> 203.0.113.1:80");
  }

  @Test
  void least_connections_counts_those_that_were_moved_and_forgotten() {
    web.setPolicy(PortSelectionPolicies.leastConnections());
    assertThat(List.of(send(1), send(2), send(3))).containsExactly("p0", "p1", "p0");
    web.forget(Connection.of(packet(1)));
    web.forget(Connection.of(packet(3)));
    assertThat(send(4)).isEqualTo("p0");
    web.leave(p0);
    send(4);
    join(web, p0, 0);
    assertThat(send(5)).isEqualTo("p0");
    assertThat(placement(4).through()).isEqualTo("p1");
  }

  @Test
  void least_connections_counts_one_that_has_moved_where_it_is() {
    web.setPolicy(PortSelectionPolicies.leastConnections());
    join(web, p2, 2);
    assertThat(List.of(send(1), send(2), send(3))).containsExactly("p0", "p1", "p2");
    web.leave(p0);

    assertThat(send(1)).isEqualTo("p1");
    assertThat(send(4)).isEqualTo("p2");
  }

  @Test
  void the_journal_tells_who_takes_what_and_when_that_changes() {
    web.setPolicy(PortSelectionPolicies.leastConnections());
    send(1);
    web.leave(p0);
    send(1);

    assertThat(world.journal().entries())
        .extracting(entry -> entry.place() + " " + entry.event() + " " + entry.detail())
        .contains(
            "h1 configured web, port selection least connections ",
            "h1 port joined web, p0 ",
            "h1 connection placed web, p0 udp 192.0.2.1:1 <> 203.0.113.1:80",
            "h1 port left web, p0 ",
            "h1 connection moved web, p1 udp 192.0.2.1:1 <> 203.0.113.1:80");
  }

  @Test
  void thousands_of_connections_are_each_remembered() {
    VirtualLinkAggregator large =
        new VirtualLinkAggregator(
            world, "h1", "db", PortSelectionPolicies.roundRobin(), packet -> {}, 5_000);
    join(large, p0, 0);
    for (int i = 1; i <= 5_000; i++) {
      assertThat(large.select(packet(i))).isSameAs(p0);
    }

    assertThat(large.placements()).hasSize(5_000);
    assertThat(large.owner()).isEqualTo("db");
    assertThat(large.world()).isSameAs(world);
  }

  @Test
  void a_connection_that_is_known_allocates_nothing() {
    Packet packet = packet(1);
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    int packets = 50_000;
    select(packet, packets);
    long before = threads.getCurrentThreadAllocatedBytes();
    select(packet, packets);
    double each = (double) (threads.getCurrentThreadAllocatedBytes() - before) / packets;
    assertThat(each).isLessThan(0.2);
  }

  private void select(Packet packet, int times) {
    for (int i = 0; i < times; i++) {
      if (web.select(packet) != p0) {
        throw new AssertionError("moved");
      }
    }
  }

  // ---- policies of the user's own ----

  @Test
  void a_policy_that_throws_fails_the_operation_and_loses_nothing() {
    IllegalStateException bug = new IllegalStateException("bug in the policy");
    web.setPolicy(
        (first, number, ports) -> {
          throw bug;
        });

    assertThatThrownBy(() -> send(1)).isSameAs(bug);
    assertThat(sent).containsExactly("p0");
    assertThat(send(1)).isEqualTo("p0");
  }

  @Test
  void a_policy_that_chooses_what_is_not_in_the_list_fails_with_its_names() {
    web.setPolicy((first, number, ports) -> new ActivePort("p9", 9, 0, 0));

    assertThatThrownBy(() -> send(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("port selection policy (")
        .hasMessageEndingWith(
            ") of web chose p9, which is not in the list [p0, p1]; the first of them is used"
                + " instead");
    assertThat(sent).containsExactly("p0");
  }

  @Test
  @SuppressWarnings("NullAway") // what a user may do
  void a_policy_that_chooses_nothing_fails_too() {
    web.setPolicy((first, number, ports) -> null);

    assertThatThrownBy(() -> send(1)).hasMessageContaining("of web chose nothing, which is not in");
    assertThat(sent).containsExactly("p0");
  }

  @Test
  void a_policy_may_answer_with_an_equal_one_and_cannot_change_the_list() {
    web.setPolicy((first, number, ports) -> new ActivePort("p1", 1, 0, 0));
    assertThat(send(1)).isEqualTo("p1");
    web.setPolicy(
        (first, number, ports) -> {
          ports.clear();
          return ports.get(0);
        });
    assertThatThrownBy(() -> send(2)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(sent).containsExactly("p0");
  }

  @Test
  void a_policy_may_even_take_the_nics_away_while_it_is_asked() {
    web.setPolicy(
        (first, number, ports) -> {
          web.leave(p0);
          return ports.get(0);
        });
    assertThat(send(1)).isEqualTo("p1");
    web.setPolicy(
        (first, number, ports) -> {
          web.leave(p1);
          return ports.get(0);
        });
    assertThat(send(2)).isEqualTo("switch");
  }

  @Test
  void a_policy_that_takes_the_nics_away_while_a_connection_moves_loses_nothing() {
    send(1);
    web.leave(p0);
    web.setPolicy(
        (first, number, ports) -> {
          web.leave(p1);
          return ports.get(0);
        });

    assertThat(send(1)).isEqualTo("switch");
    join(web, p2, 2);
    assertThat(send(1)).isEqualTo("p2");
  }
}
