// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.HeaderKey;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import org.junit.jupiter.api.Test;

/** A tuple knows whether it is empty and where its entries begin. */
class FlowTupleTest {

  private final FlowTable table = new FlowTable("t");

  private static HeaderMatch compiled(PacketMatcher match) {
    return requireNonNull(HeaderMatch.of(match));
  }

  private FlowEntry entry(PacketMatcher match, long place) {
    return new FlowEntry(table, match, ring(1), place);
  }

  @Test
  void is_empty_when_its_last_row_is_gone() {
    FlowTuple tuple = new FlowTuple(compiled(udp().port(1)), 0);
    assertThat(tuple.isEmpty()).isTrue();
    for (int port = 0; port < 40; port++) {
      tuple.add(entry(udp().port(port), port), compiled(udp().port(port)), 0);
    }
    FlowTuple copy = tuple.copy();
    for (int port = 0; port < 40; port++) {
      assertThat(tuple.isEmpty()).isFalse();
      tuple.remove(entry(udp().port(port), port), compiled(udp().port(port)), 0);
    }
    assertThat(tuple.isEmpty()).isTrue();
    assertThat(copy.isEmpty()).isFalse();
  }

  @Test
  void knows_the_first_place_of_its_rows() {
    FlowTuple tuple = new FlowTuple(compiled(udp().port(1)), 0);
    assertThat(tuple.lowestPlace()).isEqualTo(Long.MAX_VALUE);
    tuple.add(entry(udp().port(2), 20), compiled(udp().port(2)), 0);
    tuple.add(entry(udp().port(3), 30), compiled(udp().port(3)), 0);
    assertThat(tuple.lowestPlace()).isEqualTo(20);
    tuple.add(entry(udp().port(1), 10), compiled(udp().port(1)), 0);
    assertThat(tuple.copy().lowestPlace()).isEqualTo(10);
  }

  // ---- the filter ----

  /** Of a thousand keys that are not there, those that the filter refuses. */
  private static int refused(FlowTuple tuple) {
    long[] key = new long[HeaderKey.WORDS];
    int refused = 0;
    for (int port = 0; port < 1_000; port++) {
      Packet packet = udp().to("192.0.2.1").toMac("02:00:00:00:00:01").port(port).toPacket();
      HeaderKey.read(packet, key, HeaderKey.ALL);
      refused += tuple.mayHave(tuple.hashOf(key)) ? 0 : 1;
    }
    return refused;
  }

  @Test
  void the_filter_refuses_most_of_what_is_not_there_however_much_was_removed() {
    FlowTuple tuple = new FlowTuple(compiled(udp().port(1)), 0);
    for (int port = 10_000; port < 10_700; port++) {
      tuple.add(entry(udp().port(port), port), compiled(udp().port(port)), 0);
    }
    assertThat(refused(tuple)).isBetween(850, 999);

    for (int port = 20_000; port < 22_000; port++) {
      FlowEntry entry = entry(udp().port(port), port);
      tuple.add(entry, compiled(entry.match()), 0);
      tuple.remove(entry, compiled(entry.match()), 0);
    }

    assertThat(refused(tuple)).isBetween(800, 999);
  }

  @Test
  void is_for_rows_that_look_at_the_same_bits() {
    FlowTuple tuple = new FlowTuple(compiled(udp().port(1)), 0);

    assertThat(tuple.isFor(compiled(udp().port(2)), 0)).isTrue();
    assertThat(tuple.isFor(compiled(udp().fromPort(1)), 0)).isFalse();
    assertThat(tuple.isFor(compiled(tcp().port(1).to("192.0.2.1")), 0)).isFalse();
    assertThat(tuple.isFor(compiled(udp()), 0)).isFalse();
  }
}
