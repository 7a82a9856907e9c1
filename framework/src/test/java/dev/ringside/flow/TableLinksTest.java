// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import org.junit.jupiter.api.Test;

/** Tables that lead to each other. */
class TableLinksTest {

  private static final Packet HTTP =
      tcp().to("198.51.100.7").toMac("02:00:00:00:00:01").port(80).syn().toPacket();

  private final FlowTable a = new FlowTable("a");
  private final FlowTable b = new FlowTable("b");
  private final FlowTable c = new FlowTable("c");

  @Test
  void a_table_leads_to_another_until_the_last_entry_that_does_is_gone() {
    FlowEntry first = a.append(tcp(), subTable(b));
    FlowEntry second = a.append(udp(), subTable(b));
    FlowEntry third = a.append(ip(), subTable(b));

    a.remove(first);
    a.replace(second, ring(1));
    assertThatThrownBy(() -> b.insert(ip(), subTable(a)))
        .hasMessage(
            "flow table b cannot have the entry ip -> table a: it would close the cycle b > a > b"
                + " with a's ip -> table b");
    a.remove(third);
    b.insert(ip(), subTable(a));
    assertThatThrownBy(() -> a.insert(ip(), subTable(b)))
        .hasMessageEndingWith("cycle a > b > a with b's ip -> table a");
  }

  @Test
  void a_cycle_is_found_behind_tables_that_lead_elsewhere() {
    FlowTable end = new FlowTable("end");
    a.append(tcp(), subTable(end));
    a.append(udp(), subTable(b));
    b.append(tcp(), subTable(end));
    b.append(udp(), ring(3));
    b.append(ip(), subTable(c));

    assertThatThrownBy(() -> c.insert(ip(), subTable(a)))
        .hasMessage(
            "flow table c cannot have the entry ip -> table a: it would close the cycle"
                + " c > a > b > c with b's ip -> table c");
    assertThat(c.isEmpty()).isTrue();
    c.insert(tcp(), subTable(end));
  }

  @Test
  void a_chain_of_sixteen_tables_is_allowed_wherever_it_is_closed() {
    FlowTable top = chain("up", 7);
    FlowTable middle = bottomOf(top);
    FlowTable below = chain("down", 9);

    middle.insert(tcp(), subTable(chain("short", 2)));
    middle.insert(udp(), subTable(below));
    assertThatThrownBy(() -> a.insert(ip(), subTable(top)))
        .hasMessageEndingWith("packets would walk 17 tables, and 16 is the limit");
    assertThatThrownBy(() -> bottomOf(below).insert(ip(), subTable(a)))
        .hasMessageEndingWith("packets would walk 17 tables, and 16 is the limit");
    middle.remove(middle.entries().get(0));
    a.insert(ip(), subTable(top));
  }

  @Test
  void a_table_that_no_longer_leads_to_another_does_not_count() {
    FlowEntry led = a.insert(ip(), subTable(b));
    a.remove(led);

    b.insert(ip(), subTable(chain("below", 15)));

    assertThat(b.size()).isEqualTo(1);
  }

  @Test
  void an_entry_that_is_replaced_leads_where_the_new_one_does() {
    FlowEntry entry = a.insert(ip(), ring(1));
    FlowEntry led = a.replace(entry, subTable(b));

    assertThat(led.destination()).isEqualTo(subTable(b));
    assertThatThrownBy(() -> b.insert(ip(), subTable(a)))
        .hasMessageEndingWith("cycle b > a > b with a's ip -> table b");
  }

  private static FlowTable chain(String name, int length) {
    FlowTable first = new FlowTable(name);
    for (int i = 1; i < length; i++) {
      FlowTable next = new FlowTable(name + i);
      next.insert(ip(), subTable(first));
      first = next;
    }
    return first;
  }

  private static FlowTable bottomOf(FlowTable top) {
    FlowTable at = top;
    while (!at.isEmpty()) {
      at = ((Destination.ToTable) at.entries().get(0).destination()).table();
    }
    return at;
  }

  @Test
  void a_walk_sees_one_version_also_of_tables_that_are_linked_under_its_feet() {
    b.setDefault(ring(1));
    b.append(
        packet -> {
          if (a.isEmpty()) {
            a.insert(ip(), subTable(b));
            b.setDefault(ring(2));
          }
          return false;
        },
        ring(3));

    assertThat(b.classify(HTTP).end()).isEqualTo(ring(1));
    assertThat(b.classify(HTTP).end()).isEqualTo(ring(2));
    assertThat(a.classify(HTTP).end()).isEqualTo(ring(2));
  }

  @Test
  void what_changed_under_a_walk_is_seen_by_the_walks_that_begin_later() {
    b.setDefault(ring(1));
    FlowEntry function =
        b.append(
            packet -> {
              b.setDefault(ring(2));
              return false;
            },
            ring(3));
    assertThat(b.classify(HTTP).end()).isEqualTo(ring(1));
    b.remove(function);
    a.append(packet -> false, ring(4));
    a.append(ip(), subTable(b));

    assertThat(a.classify(HTTP).end()).isEqualTo(ring(2));
    b.setDefault(ring(5));
    assertThat(a.classify(HTTP).end()).isEqualTo(ring(5));
  }
}
