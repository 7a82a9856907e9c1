// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes out of a standby ring does so late, slowly, and never to the guest. */
class QuarantineTest {

  private static final Duration TICK = Duration.ofMillis(1);

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private final Lab lab = labs.open(host -> host.virtualFunctions(1).vms("web"));
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final List<Packet> seen = new ArrayList<>();

  private StandbyRing standby() {
    return host.pnic("p0").standbyRing();
  }

  private void flood(int packets) {
    for (int i = 0; i < packets; i++) {
      lab.wire().send(tcp().syn().to(web).port(80).fromPort(1_000 + i));
    }
  }

  @Test
  void takes_the_budget_out_after_each_tick_in_order() {
    host.steering().contain(tcp().syn(), ContainmentPolicy.lowPriority(4, TICK, seen::add));
    flood(10);
    assertThat(seen).isEmpty();

    lab.advance(TICK);
    assertThat(seen).hasSize(4);
    lab.advance(TICK);
    assertThat(seen).hasSize(8);
    lab.advance(TICK);

    assertThat(seen).extracting(Packet::sourcePort).isSorted().hasSize(10);
    assertThat(standby().interrupts()).isZero();
    assertThat(web.received()).isEmpty();
  }

  @Test
  void takes_nothing_while_packets_wait_that_the_host_serves() {
    host.steering().contain(tcp().syn(), ContainmentPolicy.lowPriority(4, TICK, seen::add));
    flood(2);
    web.pause();
    lab.wire().send(udp().to(web).port(9));

    lab.advance(TICK.multipliedBy(10));
    assertThat(seen).isEmpty();

    web.resume();
    lab.advance(TICK);
    assertThat(seen).hasSize(2);
  }

  @Test
  void waits_for_a_consumer_that_is_busy() {
    Busy busy = new Busy();
    host.steering().contain(tcp().syn(), ContainmentPolicy.lowPriority(4, TICK, busy));
    flood(5);

    lab.advance(TICK);
    assertThat(busy.taken).isEqualTo(3);
    busy.room = 100;
    lab.advance(TICK);

    assertThat(busy.taken).isEqualTo(5);
  }

  private static final class Busy implements Receiver {
    private int room = 3;
    private int taken;

    @Override
    public boolean isReady() {
      return taken < room;
    }

    @Override
    public void accept(Packet packet) {
      taken++;
    }
  }

  @Test
  void stops_with_the_containment() {
    Containment flood =
        host.steering().contain(tcp().syn(), ContainmentPolicy.lowPriority(1, TICK, seen::add));
    flood(3);
    lab.advance(TICK);

    flood.remove();
    lab.advance(TICK.multipliedBy(5));

    assertThat(seen).hasSize(1);
    lab.advance(TICK);
    assertThat(lab.world().scheduled()).isZero();
  }

  @Test
  void throws_what_the_consumer_throws_from_the_operation_that_caused_it() {
    host.steering()
        .contain(
            tcp().syn(),
            ContainmentPolicy.lowPriority(
                1,
                TICK,
                packet -> {
                  throw new IllegalStateException("no room in the cell");
                }));
    flood(1);

    assertThatThrownBy(() -> lab.advance(TICK)).hasMessage("no room in the cell");
  }

  @Test
  void refuses_half_a_policy() {
    assertThatThrownBy(() -> ContainmentPolicy.lowPriority(0, TICK, seen::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "budget 0 and tick PT0.001S with a quarantine consumer: all three must be given, or"
                + " none");
    assertThat(ContainmentPolicy.lowPriority(4, TICK, seen::add).withSharedRing())
        .hasToString("low priority, 4 packets every PT0.001S, shared ring");
  }

  @Test
  void takes_the_budget_once_out_of_a_ring_that_attacks_share() {
    ContainmentPolicy policy = ContainmentPolicy.lowPriority(4, TICK, seen::add).withSharedRing();
    Containment syns = host.steering().contain(tcp().syn(), policy);
    Containment requests = host.steering().contain(udp().port(53), policy);
    flood(10);

    lab.advance(TICK);
    assertThat(seen).hasSize(4);
    syns.remove();
    lab.wire().send(udp().to(web).port(53));
    lab.advance(TICK);
    assertThat(seen).hasSize(5);

    requests.remove();
    lab.advance(TICK);
    assertThat(lab.world().scheduled()).isZero();
  }

  @Test
  void stops_with_a_containment_whose_signature_fails_at_its_end() {
    ContainmentPolicy policy = ContainmentPolicy.lowPriority(4, TICK, seen::add).withSharedRing();
    Containment odd =
        host.steering()
            .contain(
                packet -> {
                  if (packet.sourcePort() == 1_000) {
                    throw new IllegalStateException("no idea");
                  }
                  return false;
                },
                policy);
    Containment syns = host.steering().contain(tcp().syn(), policy);
    flood(1);

    assertThatThrownBy(odd::remove).hasMessage("no idea");
    syns.remove();

    lab.advance(TICK);
    assertThat(lab.world().scheduled()).isZero();
  }
}
