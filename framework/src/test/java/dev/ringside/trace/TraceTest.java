// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import org.junit.jupiter.api.Test;

class TraceTest {

  private final World world = new World(Seed.of(7), 100, true);
  private final Journal journal = world.journal();
  private final Account wire = world.ledger().open(Stage.WIRE, "c0");
  private final Account bridge = world.ledger().open(Stage.EXTERNAL_SWITCH, "switch");
  private final Packet original = world.inject(wire, Packet.of(new byte[60]));

  @Test
  void starts_with_the_way_of_the_packet_that_it_was_copied_from() {
    world.passed(bridge, original);
    Packet copy = world.copy(bridge, original);
    world.dropped(wire, original, DropReason.LINK_DOWN, "unplugged");
    world.delivered(wire, copy);

    assertThat(journal.trace(copy).hops())
        .extracting(Hop::fate)
        .containsExactly(Hop.Fate.INJECTED, Hop.Fate.PASSED, Hop.Fate.CLONED, Hop.Fate.DELIVERED);
  }

  @Test
  void tells_the_ways_of_the_copies_too() {
    Packet copy = world.copy(bridge, original);
    Packet copyOfCopy = world.copy(bridge, copy);
    world.delivered(wire, copyOfCopy);
    world.dropped(wire, original, DropReason.LINK_DOWN, "unplugged");

    Trace trace = journal.trace(original);
    assertThat(trace.hops())
        .extracting(Hop::fate)
        .containsExactly(
            Hop.Fate.INJECTED,
            Hop.Fate.CLONED,
            Hop.Fate.CLONED,
            Hop.Fate.DELIVERED,
            Hop.Fate.DROPPED);
    assertThat(trace.last()).isEqualTo(trace.hops().get(4));
    assertThat(trace.ends())
        .extracting(Hop::fate)
        .containsExactly(Hop.Fate.DROPPED, Hop.Fate.CLONED, Hop.Fate.DELIVERED);
    assertThat(trace.lineOf(copyOfCopy.id()).hops())
        .extracting(Hop::fate)
        .containsExactly(Hop.Fate.INJECTED, Hop.Fate.CLONED, Hop.Fate.CLONED, Hop.Fate.DELIVERED);
  }

  @Test
  void tells_the_seed_that_brings_it_again() {
    assertThat(journal.trace(original).seed()).isEqualTo(Seed.of(7));
    assertThat(world.ledger().journal()).isSameAs(journal);
    assertThat(wire.journal()).isSameAs(journal);
  }

  @Test
  void tells_by_which_stages_the_packet_came_in_a_line_each() {
    world.passed(bridge, original);

    Trace trace = journal.trace(original);
    assertThat(trace.passed(Stage.WIRE)).isTrue();
    assertThat(trace.passed(Stage.EXTERNAL_SWITCH)).isTrue();
    assertThat(trace.passed(Stage.VNIC)).isFalse();
    assertThat(trace)
        .hasToString(
            """
                         0 ns  #1    WIRE              c0              INJECTED: #1 802.3\
             00:00:00:00:00:00 > 00:00:00:00:00:00, 60 bytes
                         0 ns  #1    EXTERNAL_SWITCH   switch          PASSED
            """);
  }
}
