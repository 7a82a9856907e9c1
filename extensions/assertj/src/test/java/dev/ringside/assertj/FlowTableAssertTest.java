// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowTableAssertTest {

  private static final Packet SYN =
      tcp().to("198.18.0.1").toMac("02:00:00:00:00:01").port(80).syn().toPacket();

  private final FlowTable table = new FlowTable("edge");

  @Test
  void holds_entries() {
    assertThat(table).isEmpty().hasSize(0);
    table.insert(tcp(), ring(1));
    fails(
        () -> assertThat(table).isEmpty(),
        """
        Expecting flow table edge
          to be empty
          but it is [tcp -> ring 1]
        """);
    fails(
        () -> assertThat(table).hasSize(2),
        """
        Expecting flow table edge
          to hold 2 entries
          but it holds 1 (flow table edge: 1 of 1048576 entries)
        """);
  }

  @Test
  void walks_to_an_end() {
    table.append(udp(), drop());
    table.append(ip(), subTable(sub -> sub.append(tcp().port(80), ring(2))));

    assertThat(table).classifying(SYN).walked("1", "1.0").endsIn(ring(2));
    fails(
        () -> assertThat(table).classifying(SYN).walked("0"),
        """
        Expecting flow table edge
          to walk [0]
          but it walked [1, 1.0]

        tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
          in flow table edge: ring 2
          0 udp -> drop: protocol: expected udp, was tcp
          1 ip -> table sub-table: matches
          1.0 tcp port 80 -> ring 2: matches
        nearest miss: 0 udp -> drop: protocol: expected udp, was tcp
        """);
    fails(
        () -> assertThat(table).classifying(SYN).endsIn(ring(3)),
        """
        Expecting flow table edge
          to end in ring 3
          but it ends in ring 2

        tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
          in flow table edge: ring 2
          0 udp -> drop: protocol: expected udp, was tcp
          1 ip -> table sub-table: matches
          1.0 tcp port 80 -> ring 2: matches
        nearest miss: 0 udp -> drop: protocol: expected udp, was tcp
        """);
  }

  @Test
  void misses() {
    assertThat(table).classifying(SYN).misses();
    table.setDefault(ring(1));
    fails(
        () -> assertThat(table).classifying(SYN).misses(),
        """
        Expecting flow table edge
          to have nothing for it
          but it ends in ring 1

        tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
          in flow table edge: ring 1, by default
        """);
  }

  @Test
  void says_why_a_packet_was_not_classified() {
    table.append(udp(), ring(1));
    Packet cut = Packet.of(Arrays.copyOf(SYN.toByteArray(), 20));

    assertThatThrownBy(() -> assertThat(table).classifying(cut).endsIn(ring(1)))
        .hasMessageContaining("but it is not classified: ");
    assertThatThrownBy(() -> assertThat(table).classifying(SYN).endsIn(ring(1)))
        .hasMessageContaining("but no entry matches");
    table.prepend(
        packet -> {
          throw new IllegalStateException("no idea");
        },
        drop());
    assertThatThrownBy(() -> assertThat(table).classifying(SYN).endsIn(drop()))
        .hasMessageContaining("but a matcher failed: java.lang.IllegalStateException: no idea");
    assertThatThrownBy(() -> assertThat(table).walked("0"))
        .hasMessage("say classifying(packet) first");
  }
}
