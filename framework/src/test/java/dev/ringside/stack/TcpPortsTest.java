// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSpec;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments of open ports go to their handler, all others into the inbox. */
class TcpPortsTest {

  private final Bench bench = new Bench();
  private final List<Packet> handled = new ArrayList<>();

  private static TcpSpec segment(int port) {
    return tcp().from(Bench.A).to(Bench.B).port(port).syn();
  }

  @Test
  void a_segment_to_an_open_port_is_its_handlers_alone() {
    bench.stack.onTcp(80, handled::add);

    Packet segment = bench.receive(segment(80));

    assertThat(handled).containsExactly(segment);
    assertThat(bench.inbox.packets()).isEmpty();
    assertThat(bench.sent()).isEmpty();
    bench.checkLaw();
  }

  @Test
  void segments_to_other_ports_and_other_protocols_are_in_the_inbox() {
    bench.stack.onTcp(80, handled::add);

    bench.receive(segment(81));
    bench.receive(segment(80 + 256));
    bench.receive(udp().from(Bench.A).to(Bench.B).port(80));

    assertThat(handled).isEmpty();
    assertThat(bench.inbox.packets()).hasSize(3);
  }

  @Test
  void a_port_that_was_closed_is_as_it_was_before() {
    bench.stack.closeTcp(80);
    bench.stack.onTcp(80, handled::add);
    assertThat(bench.stack.isTcpOpen(80)).isTrue();

    bench.stack.closeTcp(80);
    bench.receive(segment(80));

    assertThat(bench.stack.isTcpOpen(80)).isFalse();
    assertThat(handled).isEmpty();
    assertThat(bench.inbox.packets()).hasSize(1);
  }

  @Test
  void a_station_that_sees_everything_does_so_but_for_open_ports() {
    bench.stack.setPromiscuous(true);
    bench.stack.onTcp(80, handled::add);

    bench.receive(segment(80));
    bench.receive(segment(80).checksum(0x1234));
    bench.receive(segment(80).toMac("02:00:5e:10:00:77"));
    bench.receive(segment(81));

    assertThat(handled).hasSize(1);
    assertThat(bench.inbox.packets()).hasSize(3);
    bench.checkLaw();
  }

  @Test
  void a_damaged_segment_reaches_no_handler() {
    bench.stack.onTcp(80, handled::add);

    bench.receive(segment(80).checksum(0x1234));

    assertThat(handled).isEmpty();
    assertThat(bench.dropped(DropReason.MALFORMED)).isOne();
  }

  @Test
  void ports_are_1_to_65535() {
    assertThatThrownBy(() -> bench.stack.onTcp(0, handled::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TCP port 0 is not in 1 to 65535");
    assertThatThrownBy(() -> bench.stack.closeTcp(65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TCP port 65536 is not in 1 to 65535");
  }
}
