// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.MatchField.DESTINATION_PORT;
import static dev.ringside.packet.MatchField.PROTOCOL;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MatchField;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tables of a device: it knows the rings, is asked before a change and told of it. */
class OwnedTableTest {

  private final Card card = new Card("c0");
  private final FlowTable table = table("t0", card);

  /** A device with rings 0 to 3. */
  private static final class Card implements FlowOwner {
    private final String name;
    private final List<String> told = new ArrayList<>();
    private boolean closed;
    private int checks;

    Card(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Object lock() {
      return this;
    }

    @Override
    public void beforeChange() {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
    }

    @Override
    public void check(Destination.End end) {
      checks++;
      if (end instanceof Destination.ToRing ring && ring.number() > 3) {
        throw new IllegalArgumentException("no " + end);
      }
    }

    @Override
    public void changed(FlowTable table, String what) {
      told.add(table.name() + ": " + what);
    }
  }

  private static FlowTable table(String name, Card owner) {
    return new FlowTable(name, 100, FlowDialect.LONGEST_PREFIX, owner);
  }

  @Test
  void the_device_is_told_of_each_change() {
    FlowEntry web = table.insert(tcp().port(80), ring(1));
    FlowEntry other = table.replace(web, ring(2));
    table.setDefault(ring(0));
    table.setDefault(null);
    table.restrictTo(PROTOCOL, DESTINATION_PORT);
    table.remove(other);
    table.remove(other);

    assertThat(card.told)
        .containsExactly(
            "t0: added tcp port 80 -> ring 1",
            "t0: replaced tcp port 80 -> ring 1 by tcp port 80 -> ring 2",
            "t0: default ring 0",
            "t0: no default",
            "t0: restricted to [protocol, destination port]",
            "t0: removed tcp port 80 -> ring 2");
  }

  @Test
  void nothing_changes_in_a_table_whose_device_cannot_be_changed_any_more() {
    FlowEntry web = table.insert(tcp().port(80), ring(1));
    card.closed = true;

    refused("c0 is closed", () -> table.insert(udp(), drop()));
    refused("c0 is closed", () -> table.replace(web, drop()));
    refused("c0 is closed", () -> table.remove(web));
    refused("c0 is closed", () -> table.setDefault(drop()));
    refused("c0 is closed", () -> table.restrictTo(PROTOCOL, DESTINATION_PORT));
    assertThat(table.entries()).containsExactly(web);
    assertThat(web.isInstalled()).isTrue();
    assertThat(table.defaultEnd()).isNull();
    assertThat(table.fields()).containsExactly(MatchField.values());
    assertThat(card.told).hasSize(1);
  }

  private static void refused(String message, ThrowingCallable change) {
    assertThatThrownBy(change).hasMessage(message);
  }

  @Test
  void rings_that_the_device_does_not_have_are_refused_wherever_they_are_named() {
    FlowTable free = new FlowTable("free");

    refused("no ring 4", () -> table.insert(tcp(), ring(4)));
    refused("no ring 5", () -> table.insert(tcp(), mirror(ring(5))));
    refused("no ring 6", () -> table.insert(tcp(), subTable(free).orElse(ring(6))));
    refused("no ring 7", () -> table.setDefault(ring(7)));
    assertThat(table.isEmpty()).isTrue();
    table.insert(tcp(), ring(3));
    table.insert(udp(), subTable(free).orElse(ring(3)));
    table.setDefault(ring(3));
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void a_table_with_rings_that_the_device_does_not_have_cannot_become_a_sub_table() {
    FlowTable withEntry = new FlowTable("a");
    withEntry.insert(tcp(), ring(4));
    FlowTable withDefault = new FlowTable("b");
    withDefault.setDefault(ring(5));
    FlowTable above = new FlowTable("c");
    above.insert(udp(), subTable(withDefault));

    refused("no ring 4", () -> table.insert(ip(), subTable(withEntry)));
    refused("no ring 5", () -> table.insert(ip(), subTable(withDefault)));
    refused("no ring 5", () -> table.insert(ip(), subTable(above)));
    assertThat(table.isEmpty()).isTrue();
    withDefault.setDefault(ring(3));
    table.insert(ip(), subTable(above));
    refused("no ring 5", () -> withDefault.setDefault(ring(5)));
  }

  @Test
  void a_table_is_looked_at_once_however_many_entries_lead_to_it() {
    FlowTable sub = new FlowTable("sub");
    sub.insert(tcp(), ring(1));
    sub.setDefault(ring(2));
    table.insert(tcp(), subTable(sub));
    assertThat(card.checks).isEqualTo(2);

    table.insert(udp(), subTable(sub));

    assertThat(card.checks).isEqualTo(2);
  }

  @Test
  void sub_tables_share_the_device_from_then_on_and_keep_it() {
    FlowTable sub = new FlowTable("sub");
    FlowEntry led = table.insert(tcp(), subTable(sub));
    FlowEntry inSub = sub.insert(tcp().port(80), ring(1));
    table.remove(led);
    sub.remove(inSub);

    assertThat(card.told)
        .containsExactly(
            "t0: added tcp -> table sub",
            "sub: added tcp port 80 -> ring 1",
            "t0: removed tcp -> table sub",
            "sub: removed tcp port 80 -> ring 1");
  }

  @Test
  void a_table_that_shares_a_sub_table_with_a_device_is_looked_at_when_it_is_led_to() {
    FlowTable shared = new FlowTable("shared");
    FlowTable beside = new FlowTable("beside");
    beside.insert(udp(), subTable(shared));
    beside.setDefault(ring(4));
    table.insert(udp(), subTable(shared));

    refused("no ring 4", () -> table.insert(tcp(), subTable(beside)));
    beside.setDefault(ring(3));
    table.insert(tcp(), subTable(beside));
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void a_table_leads_to_those_of_its_own_device_only() {
    FlowTable foreign = table("t1", new Card("c1"));
    FlowTable free = new FlowTable("free");

    refused(
        "flow table t0 of c0 cannot have the entry tcp -> table t1: that table belongs to c1",
        () -> table.insert(tcp(), subTable(foreign)));
    refused(
        "flow table free cannot have the entry tcp -> table t1: that table belongs to c1",
        () -> free.insert(tcp(), subTable(foreign)));
    table.insert(tcp(), subTable(table("t2", card)));
    assertThat(table.size()).isEqualTo(1);
  }
}
