// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.MatchField.DESTINATION_PORT;
import static dev.ringside.packet.MatchField.PROTOCOL;
import static dev.ringside.packet.MatchField.TCP_FLAGS;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.packet.MatchField;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import org.junit.jupiter.api.Test;

/** Tables whose entries may ask for some fields only. */
class SupportTest {

  private final FlowTable table = new FlowTable("acl");

  @Test
  void an_entry_that_asks_for_another_field_is_refused() {
    table.restrictTo(DESTINATION_PORT, PROTOCOL);
    FlowEntry web = table.insert(tcp().port(80), ring(1));

    assertThatThrownBy(() -> table.insert(tcp().port(80).syn().payload("x"), drop()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flow table acl does not support [TCP flags, payload], which tcp port 80 syn payload"
                + " \"x\" -> drop asks for; it supports [protocol, destination port]");
    assertThatThrownBy(() -> table.prepend(packet -> true, drop()))
        .hasMessage(
            "flow table acl does not support [a function], which a function -> drop asks for; it"
                + " supports [protocol, destination port]");
    assertThatThrownBy(() -> table.replace(web, udp().fromPort(53), drop()))
        .hasMessageStartingWith("flow table acl does not support [source port]");
    assertThat(table.entries()).containsExactly(web);
    assertThat(table.fields()).containsExactly(PROTOCOL, DESTINATION_PORT);
  }

  @Test
  void a_table_supports_all_fields_before_and_after_it_was_restricted() {
    assertThat(table.fields()).containsExactly(MatchField.values());
    table.restrictTo();
    assertThatThrownBy(() -> table.insert(udp(), drop()))
        .hasMessage(
            "flow table acl does not support [protocol], which udp -> drop asks for; it supports"
                + " []");
    table.restrictTo(MatchField.values());

    table.insert(packet -> true, drop());
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void a_table_keeps_what_it_supports_while_an_entry_asks_for_more() {
    table.insert(tcp().syn(), drop());

    assertThatThrownBy(() -> table.restrictTo(PROTOCOL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flow table acl does not support [TCP flags], which tcp syn -> drop asks for; it"
                + " supports [protocol]");
    assertThat(table.fields()).containsExactly(MatchField.values());
    table.restrictTo(PROTOCOL, TCP_FLAGS);
  }

  @Test
  void a_sub_table_has_its_own_fields() {
    table.restrictTo(PROTOCOL);

    table.insert(tcp(), subTable(sub -> sub.insert(tcp().port(80), ring(2))));

    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void the_table_of_a_card_tells_the_journal() {
    try (Lab lab = Lab.open()) {
      FlowTable flows = lab.host().pnic("p0").classifier().table();
      flows.restrictTo(PROTOCOL, DESTINATION_PORT);

      assertThat(lab.journal().events())
          .contains(
              Event.of(
                  EventKind.CONFIGURED,
                  "p0",
                  "p0/flows restricted to [protocol, destination port]"));
      assertThatThrownBy(() -> flows.insert(tcp().syn(), drop()))
          .hasMessageStartingWith("flow table p0/flows does not support [TCP flags], which");
    }
  }
}
