// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table says about a packet, and which entries it refuses. */
class FlowTableTest {

  private static final Packet HTTP =
      tcp().to("198.51.100.7").toMac("02:00:00:00:00:01").port(80).syn().toPacket();

  private final FlowTable table = new FlowTable("edge");

  @Test
  void the_first_entry_that_matches_decides() {
    table.append(udp(), ring(0));
    FlowEntry web = table.append(tcp().port(80), ring(2));
    table.append(tcp(), ring(3));

    FlowDecision decision = table.classify(HTTP);

    assertThat(decision.end()).isEqualTo(ring(2));
    assertThat(decision.entry()).isSameAs(web);
    assertThat(web.hits()).isEqualTo(1);
    assertThat(decision).hasToString("ring 2 by tcp port 80 -> ring 2");
  }

  @Test
  void functions_behind_the_first_match_are_not_called() {
    List<String> called = new ArrayList<>();
    table.append(noting(called, "first", false), ring(0));
    table.append(tcp(), ring(1));
    table.append(noting(called, "last", true), ring(2));

    assertThat(table.classify(HTTP).end()).isEqualTo(ring(1));
    assertThat(called).containsExactly("first");
  }

  private static PacketMatcher noting(List<String> called, String name, boolean answer) {
    return packet -> {
      called.add(name);
      return answer;
    };
  }

  @Test
  void there_is_no_way_back_from_a_sub_table() {
    table.append(tcp(), subTable(sub -> sub.append(tcp().port(81), ring(1))));
    table.append(tcp().port(80), ring(2));

    assertThat(table.classify(HTTP).outcome()).isEqualTo(FlowDecision.Outcome.MISSED);
  }

  @Test
  void what_no_entry_matches_goes_to_the_default_of_the_table_else_to_that_of_the_entry() {
    FlowTable sub = new FlowTable("sub");
    FlowEntry led = table.append(tcp(), subTable(sub).orElse(ring(1)));
    table.setDefault(ring(9));

    assertThat(table.classify(HTTP).end()).isEqualTo(ring(1));
    sub.setDefault(drop());
    assertThat(table.classify(HTTP).end()).isEqualTo(drop());
    sub.setDefault(null);
    table.replace(led, subTable(sub));
    assertThat(table.classify(HTTP).outcome()).isEqualTo(FlowDecision.Outcome.MISSED);
    assertThat(table.classify(udpPacket()).end()).isEqualTo(ring(9));
  }

  private static Packet udpPacket() {
    return udp().to("198.51.100.7").toMac("02:00:00:00:00:01").toPacket();
  }

  @Test
  void a_mirror_makes_a_copy_and_goes_on() {
    FlowEntry mirror = table.append(ip(), mirror(ring(7)));
    table.append(tcp(), ring(1));

    FlowDecision decision = table.classify(HTTP);

    assertThat(decision.end()).isEqualTo(ring(1));
    assertThat(decision.mirrorCount()).isEqualTo(1);
    assertThat(decision.mirror(0)).isSameAs(mirror);
    assertThat(mirror.hits()).isEqualTo(1);
  }

  @Test
  void longer_prefixes_come_first_and_newer_entries_before_older_ones() {
    FlowEntry wide = table.insert(ip().to("198.0.0.0/8"), ring(1));
    FlowEntry narrow = table.insert(tcp().to("198.51.100.0/24"), ring(2));
    FlowEntry old = table.insert(tcp(), ring(3));
    FlowEntry fresh = table.insert(ethernet().vlan(3), ring(4));
    FlowEntry last = table.append(ip().to("198.51.100.7"), ring(5));
    FlowEntry first = table.prepend(ip(), drop());

    assertThat(table.entries()).containsExactly(first, narrow, wide, fresh, old, last);
  }

  @Test
  void the_highest_priority_comes_first_and_newer_entries_before_older_ones() {
    FlowTable acl = new FlowTable("acl", 9, FlowDialect.PRIORITIES);
    FlowEntry low = acl.insert(1, tcp(), ring(1));
    FlowEntry older = acl.insert(7, tcp(), ring(2));
    FlowEntry newer = acl.insert(7, udp(), ring(3));

    assertThat(acl.entries()).containsExactly(newer, older, low);
    FlowTable lowest = new FlowTable("lowest", 9, FlowDialect.PRIORITIES);
    assertThat(lowest.insert(0, tcp(), ring(1))).isSameAs(lowest.classify(HTTP).entry());
    assertThatThrownBy(() -> acl.insert(7, tcp(), drop()))
        .hasMessage("flow table acl already has tcp -> ring 2; cannot add tcp -> drop");
    assertThatThrownBy(() -> acl.insert(70_000, tcp(), drop()))
        .hasMessage("priority 70000 in flow table acl is not in 0 to 65535");
    assertThatThrownBy(() -> acl.append(tcp(), drop()))
        .hasMessage(
            "flow table acl goes by priorities, which append lacks; say insert(priority, match,"
                + " destination)");
    assertThatThrownBy(() -> table.insert(3, tcp(), drop()))
        .hasMessage(
            "flow table edge knows no priorities; say insert(match, destination), or create it"
                + " with FlowDialect.PRIORITIES");
  }

  @Test
  void duplicates_and_more_than_there_is_room_for_are_refused() {
    FlowTable small = new FlowTable("small", 2, FlowDialect.LONGEST_PREFIX);
    FlowEntry web = small.insert(tcp().port(80), ring(1));

    assertThatThrownBy(() -> small.insert(tcp().port(80), ring(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flow table small already has tcp port 80 -> ring 1; cannot add tcp port 80 -> ring 2");
    small.insert(tcp(), ring(2));
    assertThat(small.isFull()).isTrue();
    assertThatThrownBy(() -> small.insert(udp(), ring(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("flow table small is full: 2 of 2 entries; cannot add udp -> ring 2");
    assertThat(small.replace(web, ring(3))).hasToString("tcp port 80 -> ring 3");
    assertThat(small).hasToString("flow table small: 2 of 2 entries");
  }

  @Test
  void removing_an_entry_leaves_the_table_as_it_would_be_without_it() {
    FlowEntry web = table.insert(tcp().port(80), ring(1));
    table.insert(tcp().to("198.51.100.7"), subTable(sub -> sub.setDefault(ring(4))));

    assertThat(table.classify(HTTP).end()).isEqualTo(ring(4));
    assertThat(table.remove(table.entries().get(0))).isTrue();
    assertThat(table.classify(HTTP).end()).isEqualTo(ring(1));
    assertThat(table.remove(web)).isTrue();
    assertThat(table.remove(web)).isFalse();
    assertThat(web.isInstalled()).isFalse();
    assertThat(table.isEmpty()).isTrue();
    assertThatThrownBy(() -> table.replace(web, ring(2)))
        .hasMessage(
            "flow table edge has no longer the entry tcp port 80 -> ring 1; cannot replace it");
    FlowEntry foreign = new FlowTable("other").insert(tcp(), ring(0));
    assertThatThrownBy(() -> table.remove(foreign))
        .hasMessage("entry tcp -> ring 0 is of flow table other, not of edge");
  }

  @Test
  void cycles_are_refused() {
    FlowTable a = new FlowTable("a");
    FlowTable b = new FlowTable("b");
    FlowTable c = new FlowTable("c");
    a.insert(tcp(), subTable(b));
    b.insert(ip(), subTable(c));

    assertThatThrownBy(() -> c.insert(udp(), subTable(a)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flow table c cannot have the entry udp -> table a: it would close the cycle"
                + " c > a > b > c with b's ip -> table c");
    assertThatThrownBy(() -> c.insert(udp(), subTable(c)))
        .hasMessage(
            "flow table c cannot have the entry udp -> table c: it would close the cycle"
                + " c > c with itself");
    a.remove(a.entries().get(0));
    c.insert(udp(), subTable(a));
  }

  @Test
  void too_long_a_chain_of_tables_is_refused() {
    FlowTable last = new FlowTable("t0");
    for (int i = 1; i < FlowTable.MAX_DEPTH; i++) {
      FlowTable next = new FlowTable("t" + i);
      next.insert(ip(), subTable(last));
      last = next;
    }
    FlowTable deepest = last;

    assertThatThrownBy(() -> table.insert(ip(), subTable(deepest)))
        .hasMessage(
            "flow table edge cannot have the entry ip -> table t15: packets would walk 17 tables,"
                + " and 16 is the limit");
  }

  @Test
  void a_packet_with_an_unreadable_header_is_not_classified() {
    Packet cut = Packet.of(java.util.Arrays.copyOf(HTTP.toByteArray(), 40));
    Packet runt = Packet.of(new byte[5]);

    assertThat(table.classify(cut).outcome()).isEqualTo(FlowDecision.Outcome.MISSED);
    table.insert(packet -> true, ring(1));
    assertThat(table.classify(cut)).hasToString("a header cannot be read");
    assertThat(table.classify(runt).outcome()).isEqualTo(FlowDecision.Outcome.UNREADABLE);
    assertThat(table.classify(HTTP).outcome()).isEqualTo(FlowDecision.Outcome.DECIDED);
  }

  @Test
  void a_matcher_that_throws_ends_the_walk() {
    FlowEntry bad =
        table.append(
            PacketMatcher.named(
                "broken",
                packet -> {
                  throw new IllegalStateException("no idea");
                }),
            ring(1));
    table.append(tcp(), ring(2));

    FlowDecision decision = table.classify(HTTP);

    assertThat(decision.outcome()).isEqualTo(FlowDecision.Outcome.FAILED);
    assertThat(decision.entry()).isSameAs(bad);
    assertThat(decision)
        .hasToString("java.lang.IllegalStateException: no idea by broken -> ring 1");
  }

  @Test
  void a_walk_sees_one_version_of_all_tables() {
    FlowTable sub = new FlowTable("sub");
    FlowEntry inSub = sub.insert(tcp().port(80), ring(1));
    table.append(
        packet -> {
          sub.remove(inSub);
          sub.setDefault(ring(2));
          sub.setDefault(ring(3));
          return true;
        },
        subTable(sub));

    assertThat(table.classify(HTTP).end()).isEqualTo(ring(1));
    assertThat(sub.classify(HTTP).end()).isEqualTo(ring(3));
  }

  @Test
  void the_walk_is_explained() {
    table.append(udp().port(53), ring(0));
    table.append(
        tcp().to("198.51.100.0/24"),
        subTable(
            sub -> {
              sub.append(tcp().port(81), ring(1));
              sub.append(tcp().port(80), ring(2));
              sub.append(tcp(), ring(3));
            }));

    FlowWalk walk = table.explain(HTTP);

    assertThat(walk.path()).containsExactly("1", "1.1");
    assertThat(walk.end()).isEqualTo(ring(2));
    assertThat(walk)
        .hasToString(
            HTTP
                + """

                  in flow table edge: ring 2
                  0 udp port 53 -> ring 0: protocol: expected udp, was tcp; destination port: expected 53, was 80
                  1 tcp to 198.51.100.0/24 -> table sub-table: matches
                  1.0 tcp port 81 -> ring 1: destination port: expected 81, was 80
                  1.1 tcp port 80 -> ring 2: matches
                nearest miss: 1.0 tcp port 81 -> ring 1: destination port: expected 81, was 80
                """);
  }

  @Test
  void long_rows_of_entries_in_vain_are_abbreviated() {
    for (int i = 0; i < 1_000; i++) {
      table.append(tcp().port(1_000 + i), ring(i));
    }
    table.append(packet -> false, ring(1));

    assertThat(table.explain(HTTP).toString())
        .endsWith(
            """
              2 tcp port 1002 -> ring 2: destination port: expected 1002, was 80
              ... 995 more that do not match
              998 tcp port 1998 -> ring 998: destination port: expected 1998, was 80
              999 tcp port 1999 -> ring 999: destination port: expected 1999, was 80
              1000 a function -> ring 1: a function: expected true, was false
            nearest miss: 0 tcp port 1000 -> ring 0: destination port: expected 1000, was 80
            """);
  }

  @Test
  void the_same_match_may_stand_once_in_front_once_by_the_rule_and_once_behind() {
    table.append(tcp(), ring(3));
    table.insert(tcp(), ring(2));
    FlowEntry front = table.prepend(tcp(), ring(1));

    assertThat(table.classify(HTTP).end()).isEqualTo(ring(1));
    assertThatThrownBy(() -> table.prepend(tcp(), ring(4)))
        .hasMessage("flow table edge already has tcp -> ring 1; cannot add tcp -> ring 4");
    assertThatThrownBy(() -> table.append(tcp(), ring(4)))
        .hasMessage("flow table edge already has tcp -> ring 3; cannot add tcp -> ring 4");
    assertThat(table.remove(front)).isTrue();
    assertThat(table.classify(HTTP).end()).isEqualTo(ring(2));
  }
}
