// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MatchField;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.TcpSpec;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.Test;

class FlowsTest {

  private static TcpSpec toHost(PhysicalNic nic) {
    return tcp().to("198.51.100.9").toMac(nic.mac());
  }

  @Test
  void a_card_is_programmed() {
    try (Lab lab = Lab.open()) {
      // tag::card[]
      PhysicalNic p0 = lab.host().pnic("p0");
      HardwareClassifier classifier = p0.classifier();
      FlowTable table = classifier.table();
      table.insert(tcp().port(80), ring(2));
      table.insert(tcp().ports(6_000, 6_063), drop());
      classifier.setDefaultRing(1);

      lab.wire().send(toHost(p0).port(80));
      lab.wire().send(toHost(p0).port(6_001));
      lab.wire().send(toHost(p0).port(443));

      assertThat(p0.receiveRing(2)).received(1);
      assertThat(p0.receiveRing(1)).received(1);
      assertThat(p0).dropped(DropReason.FLOW_RULE, 1);
      // end::card[]
      Packet packet = toHost(p0).port(81).toPacket();
      Output.assertShown("classifier-walk.txt", classifier.explain(packet).toString());
    }
  }

  @Test
  void tables_lead_to_tables() {
    // tag::tables[]
    FlowTable table = new FlowTable("edge");
    PacketMatcher opening = tcp().syn().and(tcp().ack().negate());
    table.append(opening, mirror(ring(3)));
    table.append(
        ethernet().vlan(100),
        subTable(
            sub -> {
              sub.append(tcp().port(80), ring(2));
              sub.append(packet -> packet.length() > 1_500, drop());
            }));
    table.setDefault(ring(0));

    Packet packet =
        tcp().to("198.51.100.7").toMac("02:00:00:00:00:01").vlan(100).port(80).syn().toPacket();
    assertThat(table).classifying(packet).walked("0", "1", "1.0").endsIn(ring(2));
    assertThat(table.classify(packet).mirrorCount()).isEqualTo(1);
    // end::tables[]
    Output.assertShown("flow-walk.txt", table.explain(packet).toString());
  }

  @Test
  void entries_have_an_order() {
    // tag::order[]
    FlowTable table = new FlowTable("edge");
    FlowEntry wide = table.insert(ip().to("198.51.0.0/16"), ring(1));
    FlowEntry narrow = table.insert(ip().to("198.51.100.0/24"), ring(2));
    FlowEntry older = table.insert(udp(), ring(3));
    FlowEntry newer = table.insert(tcp(), ring(4));
    assertThat(table.entries()).containsExactly(narrow, wide, newer, older);

    FlowTable acl = new FlowTable("acl", 100, FlowDialect.PRIORITIES);
    FlowEntry low = acl.insert(10, ip(), ring(0));
    FlowEntry high = acl.insert(500, tcp().port(22), drop());
    assertThat(acl.entries()).containsExactly(high, low);
    // end::order[]
  }

  @Test
  void what_cannot_be_is_refused() {
    // tag::refused[]
    FlowTable table = new FlowTable("edge");
    table.insert(tcp().port(80), ring(1));
    assertThatThrownBy(() -> table.insert(tcp().port(80), ring(2)))
        .hasMessage(
            "flow table edge already has tcp port 80 -> ring 1; cannot add tcp port 80 -> ring 2");
    // end::refused[]
  }

  @Test
  void a_card_compares_some_fields_only() {
    try (Lab lab = Lab.open()) {
      // tag::fields[]
      FlowTable table = lab.host().pnic("p0").classifier().table();
      table.restrictTo(MatchField.PROTOCOL, MatchField.DESTINATION_PORT);
      table.insert(tcp().port(80), ring(1));
      assertThatThrownBy(() -> table.insert(tcp().syn(), drop()))
          .hasMessage(
              "flow table p0/flows does not support [TCP flags], which tcp syn -> drop asks for;"
                  + " it supports [protocol, destination port]");
      // end::fields[]
    }
  }
}
