// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.HeaderMatch;
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

  @Test
  void is_for_rows_that_look_at_the_same_bits() {
    FlowTuple tuple = new FlowTuple(compiled(udp().port(1)), 0);

    assertThat(tuple.isFor(compiled(udp().port(2)), 0)).isTrue();
    assertThat(tuple.isFor(compiled(udp().fromPort(1)), 0)).isFalse();
    assertThat(tuple.isFor(compiled(tcp().port(1).to("192.0.2.1")), 0)).isFalse();
    assertThat(tuple.isFor(compiled(udp()), 0)).isFalse();
  }
}
