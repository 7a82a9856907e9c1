// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decision tells, also one that is used for packet after packet. */
class FlowDecisionTest {

  private static final Packet HTTP =
      tcp().to("198.51.100.7").toMac("02:00:00:00:00:01").port(80).syn().toPacket();
  private static final Packet DNS =
      udp().to("198.51.100.7").toMac("02:00:00:00:00:01").port(53).toPacket();

  private final FlowTable table = new FlowTable("edge");
  private final FlowDecision decision = new FlowDecision();

  @Test
  void says_nothing_before_it_was_used() {
    assertThat(decision).hasToString("no entry matches");
    assertThat(decision.end()).isNull();
    assertThat(decision.mirrorCount()).isZero();
  }

  @Test
  void a_default_has_the_entry_that_led_to_its_table() {
    FlowTable sub = new FlowTable("sub");
    FlowEntry led = table.append(tcp(), subTable(sub).orElse(ring(1)));
    table.setDefault(ring(9));

    assertThat(table.classify(HTTP)).hasToString("ring 1 by tcp -> table sub or else ring 1");
    assertThat(table.classify(HTTP).entry()).isSameAs(led);
    assertThat(table.classify(DNS)).hasToString("ring 9 by default");
    FlowEntry bare = table.replace(led, subTable(sub));
    assertThat(table.classify(HTTP)).hasToString("no entry matches");
    assertThat(table.classify(HTTP).entry()).isSameAs(bare);
    assertThat(bare.hits()).isEqualTo(2);
  }

  @Test
  void copies_are_told_in_the_order_of_the_walk_however_many_they_are() {
    List<FlowEntry> mirrors = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      mirrors.add(table.append(ip(), mirror(ring(i))));
    }
    table.append(udp(), mirror(ring(1)));

    table.classify(HTTP, decision);

    assertThat(decision.mirrorCount()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      assertThat(decision.mirror(i)).isSameAs(mirrors.get(i));
      assertThat(mirrors.get(i).hits()).isEqualTo(1);
    }
  }

  @Test
  void nothing_is_left_of_the_packet_before() {
    table.append(tcp(), mirror(ring(7)));
    table.append(tcp().port(80), ring(1));
    table.append(
        packet -> {
          throw new IllegalStateException("no idea");
        },
        ring(2));

    table.classify(HTTP, decision);
    assertThat(decision).hasToString("ring 1 by tcp port 80 -> ring 1");
    table.classify(DNS, decision);
    assertThat(decision.outcome()).isEqualTo(FlowDecision.Outcome.FAILED);
    assertThat(decision.end()).isNull();
    assertThat(decision.mirrorCount()).isZero();
    table.classify(HTTP, decision);
    assertThat(decision.failure()).isNull();
    table.remove(table.entries().get(2));
    table.classify(DNS, decision);
    assertThat(decision).hasToString("no entry matches");
    assertThat(decision.entry()).isNull();
  }

  @Test
  void a_matcher_that_fails_takes_back_the_copies() {
    table.append(tcp(), mirror(ring(7)));
    table.append(
        packet -> {
          throw new IllegalStateException("no idea");
        },
        ring(2));

    table.classify(HTTP, decision);

    assertThat(decision.mirrorCount()).isZero();
    assertThat(decision.failure()).hasMessage("no idea");
  }

  @Test
  void a_table_may_say_at_one_look_that_it_says_nothing() {
    assertThat(table.surelyMisses(HTTP)).isFalse();
    FlowEntry dns = table.append(udp().port(53), ring(1));
    assertThat(table.surelyMisses(HTTP)).isTrue();
    assertThat(table.surelyMisses(DNS)).isFalse();

    table.setDefault(ring(2));
    assertThat(table.surelyMisses(HTTP)).isFalse();
    table.setDefault(null);
    FlowEntry function = table.append(packet -> false, ring(3));
    assertThat(table.surelyMisses(HTTP)).isFalse();
    table.remove(function);
    assertThat(table.surelyMisses(HTTP)).isTrue();
    table.append(tcp().port(80), ring(4));
    assertThat(table.surelyMisses(HTTP)).isFalse();
    table.remove(dns);
    assertThat(table.surelyMisses(HTTP)).isFalse();
  }

  @Test
  void a_packet_that_cannot_be_read_is_no_sure_miss() {
    Packet cut = Packet.of(Arrays.copyOf(HTTP.toByteArray(), 40));
    table.append(udp().port(53), ring(1));

    assertThat(table.surelyMisses(cut)).isFalse();
  }
}
