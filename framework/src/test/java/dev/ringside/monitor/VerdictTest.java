// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.range;
import static dev.ringside.monitor.MonitorBench.web;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a packet once the application has looked at it. */
class VerdictTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final MonitorBench bench = new MonitorBench(labs);

  private Monitor monitor(Verdict verdict) {
    return bench.host.monitor(web(), userMemory(slots(8)), MonitorConfig.DEFAULT.verdict(verdict));
  }

  @Test
  void lets_a_consumed_packet_go_nowhere() {
    Monitor monitor = monitor(Verdict.CONSUME);
    bench.sendWeb(1, 3);
    monitor.releaseAll();

    assertThat(bench.webBeyond()).isEmpty();
    assertThat(monitor.reinjected()).isZero();
    assertThat(monitor.memory().used()).isZero();
  }

  @Test
  void lets_a_reinjected_packet_go_on_once_byte_by_byte() {
    Monitor monitor = monitor(Verdict.REINJECT);
    Packet sent = bench.sendWeb(1);
    assertThat(bench.webBeyond()).isEmpty();

    monitor.releaseAll();

    assertThat(bench.webBeyond()).containsExactly(1);
    assertThat(bench.beyond.lastReceived()).isNotNull();
    assertThat(sent.hasSameBytes(java.util.Objects.requireNonNull(bench.beyond.lastReceived())))
        .isTrue();
    assertThat(monitor.reinjected()).isEqualTo(1);
    assertThat(bench.lab.trace(sent).ends())
        .extracting(Hop::stage)
        .containsExactly(Stage.USER_MEMORY, Stage.STACK);
  }

  @Test
  void lets_a_blocked_packet_go_nowhere_and_counts_it() {
    Monitor monitor = monitor(Verdict.REINJECT);
    bench.sendWeb(1, 3);

    monitor.captured().get(1).release(Verdict.BLOCK);
    monitor.releaseAll();

    assertThat(bench.webBeyond()).containsExactly(1, 3);
    assertThat(monitor.blocked()).isEqualTo(1);
  }

  @Test
  void lets_no_truncated_packet_go_on() {
    Monitor monitor =
        bench.host.monitor(
            web(), userMemory(slots(2).of(60)), MonitorConfig.DEFAULT.verdict(Verdict.REINJECT));
    bench.lab.expectDrops(DropReason.TOO_LONG);
    bench.lab.wire().send(web().to(bench.beyond).payloadSize(100));

    monitor.releaseAll();

    assertThat(bench.webBeyond()).isEmpty();
    assertThat(monitor.account().dropped(DropReason.TOO_LONG)).isEqualTo(1);
    assertThat(monitor.reinjected()).isZero();
  }

  @Test
  void leads_to_the_guest_where_there_is_no_bridge() {
    Lab lab = labs.open(h -> h.pnics(1).vms("web"));
    Monitor monitor =
        lab.host().monitor(Packets.udp(), userMemory(slots(8)), MonitorConfig.polled());
    for (int i = 1; i <= 3; i++) {
      lab.wire().send(TestLabs.number(i, lab.vm("web")));
    }
    assertThat(TestLabs.numbers(lab.vm("web").received())).isEmpty();

    monitor.poll(2).release(Verdict.REINJECT);
    monitor.poll(1).release(Verdict.CONSUME);

    assertThat(TestLabs.numbers(lab.vm("web").received())).containsExactly(1, 2);
  }

  @Test
  void leads_to_the_guest_behind_a_virtual_function_too() {
    Lab lab = labs.open(h -> h.pnics(1).virtualFunctions(2).vms("web"));
    Monitor monitor = lab.host().monitor(Packets.udp(), userMemory(slots(8)));
    lab.wire().send(TestLabs.number(1, lab.vm("web")));
    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p0");
    assertThat(monitor.captured()).hasSize(1);

    monitor.captured().get(0).release(Verdict.REINJECT);

    assertThat(TestLabs.numbers(lab.vm("web").received())).containsExactly(1);
  }

  // ---- priority ----

  private MonitorBench slow() {
    MonitorBench slow = new MonitorBench(labs, NicConfig.DEFAULT.withRingCapacity(2), 8);
    slow.sendOther(99);
    slow.beyond.inbox().clear();
    slow.lab.cable("p1").toNetwork().setBandwidth(1_000_000);
    return slow;
  }

  @Test
  void sends_reinjected_packets_behind_all_bridged_ones() {
    MonitorBench slow = slow();
    Monitor monitor =
        slow.host.monitor(
            web(), userMemory(slots(8)), MonitorConfig.DEFAULT.verdict(Verdict.REINJECT));
    slow.sendWeb(1, 2);
    slow.sendOther(10, 12);
    monitor.releaseAll();
    slow.sendOther(13, 14);
    slow.lab.advance(java.time.Duration.ofSeconds(1));

    assertThat(ports(slow)).containsExactly(10, 11, 12, 13, 14, 80, 80);
  }

  @Test
  void lets_reinjected_and_bridged_packets_take_turns_if_it_is_told_to() {
    MonitorBench slow = slow();
    Monitor monitor =
        slow.host.monitor(
            web(),
            userMemory(slots(8)),
            MonitorConfig.DEFAULT.verdict(Verdict.REINJECT).asUrgentAsTheBridge());
    slow.sendWeb(1, 2);
    slow.sendOther(10, 14); // one on the wire, two in the transmit ring, two wait
    monitor.releaseAll();
    slow.lab.advance(java.time.Duration.ofSeconds(1));

    assertThat(ports(slow)).containsExactly(10, 11, 12, 13, 80, 14, 80);
  }

  private static List<Integer> ports(MonitorBench bench) {
    return bench.beyond.received().stream().map(Packet::destinationPort).toList();
  }

  @Test
  void leaves_what_is_bridged_as_it_would_be_without_the_load_on_the_monitor() {
    List<Integer> quiet = loaded(false);
    List<Integer> loaded = loaded(true);

    assertThat(loaded).isEqualTo(quiet).isEqualTo(range(1, 20));
  }

  private List<Integer> loaded(boolean storm) {
    MonitorBench one = new MonitorBench(labs, NicConfig.DEFAULT.withRingCapacity(4), 8);
    one.host.monitor(web(), userMemory(slots(2)), MonitorConfig.DEFAULT);
    for (int i = 1; i <= 20; i++) {
      if (storm) {
        one.sendWeb(1, 10);
      }
      one.sendOther(i);
    }
    return one.othersBeyond();
  }

  @Test
  void lets_nothing_more_go_on_once_the_application_has_died_of_what_did() {
    Lab lab = labs.open(h -> h.pnics(1).virtualFunctions(2).vms("web"));
    Monitor monitor =
        lab.host()
            .monitor(
                Packets.udp(),
                userMemory(slots(8)),
                MonitorConfig.DEFAULT.verdict(Verdict.REINJECT));
    lab.vm("web").onPacket(packet -> monitor.die());
    for (int i = 1; i <= 3; i++) {
      lab.wire().send(TestLabs.number(i, lab.vm("web")));
    }

    monitor.releaseAll();

    assertThat(TestLabs.numbers(lab.vm("web").received())).containsExactly(1);
    assertThat(monitor.reinjected()).isEqualTo(1);
  }
}
