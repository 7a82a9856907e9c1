// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.Test;

/** What tables, entries and destinations say of themselves, and the ends of their ranges. */
class FlowTableLimitsTest {

  private final FlowTable table = new FlowTable("edge");
  private final FlowTable acl = new FlowTable("acl", 9, FlowDialect.PRIORITIES);

  @Test
  void a_table_says_what_it_was_made_with() {
    assertThat(acl.name()).isEqualTo("acl");
    assertThat(acl.capacity()).isEqualTo(9);
    assertThat(acl.dialect()).isEqualTo(FlowDialect.PRIORITIES);
    assertThat(table.capacity()).isEqualTo(1_048_576);
    assertThat(table.dialect()).isEqualTo(FlowDialect.LONGEST_PREFIX);
    assertThat(table.isFull()).isFalse();
    assertThat(table.defaultEnd()).isNull();
    assertThat(table).hasToString("flow table edge: 0 of 1048576 entries");
  }

  @Test
  void a_table_may_have_room_for_nothing_and_not_for_less() {
    FlowTable none = new FlowTable("none", 0, FlowDialect.LONGEST_PREFIX);

    assertThat(none.isFull()).isTrue();
    assertThat(none.isEmpty()).isTrue();
    none.setDefault(ring(1));
    assertThat(none.isEmpty()).isFalse();
    assertThatThrownBy(() -> none.append(tcp(), drop()))
        .hasMessage("flow table none is full: 0 of 0 entries; cannot add tcp -> drop");
    assertThatThrownBy(() -> new FlowTable("none", -1, FlowDialect.LONGEST_PREFIX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("flow table none: capacity -1 must not be negative");
  }

  @Test
  void priorities_are_0_to_65535() {
    FlowEntry lowest = acl.insert(0, tcp(), ring(1));
    FlowEntry highest = acl.insert(65_535, tcp(), ring(2));
    FlowEntry middle = acl.insert(1, tcp(), ring(3));

    assertThat(acl.entries()).containsExactly(highest, middle, lowest);
    assertThatThrownBy(() -> acl.insert(-1, udp(), drop()))
        .hasMessage("priority -1 in flow table acl is not in 0 to 65535");
    assertThatThrownBy(() -> acl.insert(65_536, udp(), drop()))
        .hasMessage("priority 65536 in flow table acl is not in 0 to 65535");
  }

  @Test
  void a_table_that_goes_by_priorities_refuses_to_guess_them() {
    assertThatThrownBy(() -> acl.insert(tcp(), drop()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "flow table acl goes by priorities, which insert(match, destination) lacks; say"
                + " insert(priority, match, destination)");
    assertThatThrownBy(() -> acl.prepend(tcp(), drop()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "flow table acl goes by priorities, which prepend lacks; say insert(priority, match,"
                + " destination)");
  }

  @Test
  void the_last_that_was_prepended_comes_first_and_the_last_that_was_appended_last() {
    FlowEntry b = table.append(tcp().port(1), ring(1));
    FlowEntry a = table.prepend(tcp().port(2), ring(2));
    FlowEntry c = table.append(tcp().port(3), ring(3));
    FlowEntry first = table.prepend(tcp().port(4), ring(4));
    FlowEntry exact = table.insert(tcp().from("192.0.2.1").to("198.51.100.7"), ring(5));
    FlowEntry functions = table.insert(packet -> true, ring(6));

    assertThat(table.entries()).containsExactly(first, a, exact, functions, b, c);
  }

  @Test
  void mirrors_of_the_same_packets_are_equal_if_they_go_to_the_same_ring() {
    table.append(tcp(), mirror(ring(1)));
    table.append(tcp(), mirror(ring(2)));
    table.append(tcp(), ring(1));

    assertThatThrownBy(() -> table.append(tcp(), mirror(ring(2))))
        .hasMessage(
            "flow table edge already has tcp -> mirror to ring 2; cannot add tcp -> mirror to ring"
                + " 2");
    table.append(udp(), mirror(ring(2)));
    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void functions_are_equal_if_they_are_the_same_object() {
    PacketMatcher function = packet -> false;
    FlowEntry entry = table.append(function, ring(1));
    table.append(packet -> false, ring(2));
    table.prepend(function, ring(3));

    assertThatThrownBy(() -> table.append(function, drop()))
        .hasMessage(
            "flow table edge already has a function -> ring 1; cannot add a function -> drop");
    assertThat(table.replace(entry, drop()).isInstalled()).isTrue();
    assertThat(entry.isInstalled()).isFalse();
    assertThat(table.entries()).hasSize(3);
  }

  @Test
  void a_replacement_must_not_say_the_same_as_a_third_entry() {
    FlowEntry web = table.insert(tcp().port(80), ring(1));
    table.insert(udp().port(53), ring(2));

    assertThatThrownBy(() -> table.replace(web, udp().port(53), ring(3)))
        .hasMessage(
            "flow table edge already has udp port 53 -> ring 2; cannot add udp port 53 -> ring 3");
    assertThat(web.isInstalled()).isTrue();
    FlowEntry foreign = acl.insert(1, tcp(), ring(0));
    assertThatThrownBy(() -> table.replace(foreign, ring(3)))
        .hasMessage("entry tcp -> ring 0 is of flow table acl, not of edge");
  }

  @Test
  void an_entry_says_what_it_was_made_with() {
    PacketMatcher match = tcp().port(80);
    FlowEntry web = table.insert(match, ring(1));

    assertThat(web.table()).isSameAs(table);
    assertThat(web.match()).isSameAs(match);
    assertThat(web.destination()).isEqualTo(ring(1));
    assertThat(web.hits()).isZero();
    assertThat(web.isInstalled()).isTrue();
    assertThat(web.isLenient()).isFalse();
    assertThat(web.lenient()).isSameAs(web);
    assertThat(web.isLenient()).isTrue();
  }

  @Test
  void destinations_have_words() {
    assertThat(drop()).hasToString("drop");
    assertThat(drop(DropReason.TTL)).hasToString("drop as TTL");
    assertThat(mirror(ring(3))).hasToString("mirror to ring 3");
    assertThat(subTable(table)).hasToString("table edge");
    assertThat(subTable(table).orElse(drop())).hasToString("table edge or else drop");
    assertThat(ring(new Standby())).hasToString("ring p0/standby0");
  }

  private static final class Standby implements RingTarget {
    @Override
    public String name() {
      return "p0/standby0";
    }

    @Override
    public void accept(Packet packet) {
      throw new AssertionError("nothing is sent here");
    }
  }

  @Test
  void rings_have_numbers_from_0_and_the_usual_ones_are_there_once() {
    assertThat(ring(0)).isSameAs(ring(0)).hasToString("ring 0");
    assertThat(ring(31)).isSameAs(ring(31)).hasToString("ring 31");
    assertThat(new Destination.ToRing(0)).isEqualTo(ring(0));
    assertThat(ring(32)).isEqualTo(ring(32)).hasToString("ring 32");
    assertThatThrownBy(() -> ring(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ring -1: numbers of rings start at 0");
  }

  @Test
  void what_needs_both_addresses_comes_before_what_needs_one() {
    FlowEntry one = table.insert(ip().to("198.51.100.7"), ring(1));
    FlowEntry both = table.insert(ip().from("192.0.2.0/24").to("198.51.100.7"), ring(2));

    assertThat(table.entries()).containsExactly(both, one);
  }
}
