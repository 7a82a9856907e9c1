// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.range;
import static dev.ringside.monitor.MonitorBench.web;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.TestLabs;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the wire into user memory, and what does not go there. */
class CapturingTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final MonitorBench bench = new MonitorBench(labs);

  private Monitor monitor(int slots, MonitorConfig config) {
    return bench.host.monitor(web(), userMemory(slots(slots)), config);
  }

  // ---- what is captured, and what is not ----

  @Test
  void takes_what_matches_and_bridges_the_rest() {
    Monitor monitor = monitor(64, MonitorConfig.DEFAULT);

    bench.sendWeb(1, 3);
    bench.sendOther(4, 8);

    assertThat(web(monitor.captured())).containsExactly(1, 2, 3);
    assertThat(bench.webBeyond()).isEmpty();
    assertThat(bench.othersBeyond()).isEqualTo(range(4, 8));
    MonitoredCard.Rest rest = monitor.rest().get(0);
    assertThat(rest.bridged()).isEqualTo(rest.offered()).isEqualTo(5);
    assertThat(rest.bridge()).isEqualTo("p0-p1");
  }

  @Test
  void leads_a_packet_from_the_card_through_one_ring_into_memory_with_one_copy() {
    Monitor monitor = monitor(64, MonitorConfig.DEFAULT);
    bench.sendOther(1); // so that the address is known
    Packet sent = bench.sendWeb(2);

    List<Stage> stages = new ArrayList<>();
    for (Hop hop : bench.lab.trace(sent).hops()) {
      if (stages.isEmpty() || stages.get(stages.size() - 1) != hop.stage()) {
        stages.add(hop.stage());
      }
    }
    assertThat(stages)
        .endsWith(Stage.WIRE, Stage.PNIC, Stage.RECEIVE_RING, Stage.USER_MEMORY)
        .startsWith(Stage.STACK, Stage.STATION) // the sender's
        .doesNotContain(Stage.VNIC, Stage.VIRTUAL_SWITCH);
    assertThat(monitor.memory().copies()).isEqualTo(1);
    assertThat(monitor.captured().get(0).packet().hasSameBytes(sent)).isTrue();
    assertThat(monitor.captured().get(0).packet().id()).isEqualTo(sent.id());
  }

  @Test
  void bridges_everything_without_a_rule_and_nothing_with_a_rule_for_everything() {
    bench.sendOther(1, 2);
    assertThat(bench.othersBeyond()).containsExactly(1, 2);

    Monitor all = bench.host.monitor(packet -> true, userMemory(slots(9)));
    bench.sendOther(3, 4);

    assertThat(bench.othersBeyond()).containsExactly(1, 2);
    assertThat(all.capturedInAll()).isEqualTo(2);
  }

  @Test
  void works_in_both_directions_of_a_bridge() {
    Monitor monitor = monitor(4, MonitorConfig.DEFAULT);
    bench.beyond.send(udp().to(bench.lab.wire()).port(7));
    bench.beyond.send(dev.ringside.packet.Packets.tcp().to(bench.lab.wire()).port(80));

    assertThat(TestLabs.numbers(bench.lab.wire().received())).containsExactly(7);
    assertThat(monitor.captured()).hasSize(1);
    assertThat(monitor.captured().get(0).card()).isEqualTo("p1");
  }

  @Test
  void drops_what_cannot_be_classified() {
    Monitor monitor = monitor(4, MonitorConfig.DEFAULT);
    bench.lab.expectDrops(DropReason.MALFORMED);
    byte[] bytes = web().to(bench.beyond).toPacket().toByteArray();

    bench.lab.wire().send(Packet.of(java.util.Arrays.copyOf(bytes, 40)));

    assertThat(monitor.captured()).isEmpty();
    assertThat(bench.lab.ledger().dropped(DropReason.MALFORMED)).isEqualTo(1);
  }

  @Test
  void lets_the_first_of_several_monitors_have_a_packet() {
    Monitor first = monitor(4, MonitorConfig.named("first"));
    Monitor second =
        bench.host.monitor(
            dev.ringside.packet.Packets.tcp(), userMemory(slots(4)), MonitorConfig.named("second"));

    bench.sendWeb(1);
    bench.lab.wire().send(dev.ringside.packet.Packets.tcp().to(bench.beyond).port(443));

    assertThat(first.captured()).hasSize(1);
    assertThat(second.captured()).hasSize(1);
    assertThat(second.ring("p0").name()).isEqualTo("p0/second");
    assertThat(bench.host.monitors()).containsExactly(first, second);
  }

  // ---- polling ----

  @Test
  void takes_as_many_as_are_wanted_as_there_are_and_as_fit() {
    Monitor monitor = monitor(4, MonitorConfig.polled());
    bench.sendWeb(1, 6);

    assertThat(monitor.poll(0).isEmpty()).isTrue();
    assertThat(web(monitor.poll(3))).containsExactly(1, 2, 3);
    Batch fitting = monitor.poll(3);
    assertThat(web(fitting)).containsExactly(4);
    assertThat(monitor.poll(3)).isEmpty();
    fitting.release();
    assertThat(web(monitor.poll(9))).containsExactly(5);
    monitor.releaseAll();
    assertThat(web(monitor.poll(9))).containsExactly(6);
    assertThat(monitor.ring("p0").size()).isZero();
    assertThat(monitor.memory().used() + monitor.memory().free()).isEqualTo(4);
  }

  @Test
  void takes_what_came_by_several_cards_in_the_order_of_arrival() {
    Monitor monitor = monitor(9, MonitorConfig.polled());
    bench.sendWeb(1);
    bench.lab.advance(Duration.ofNanos(5));
    bench.beyond.send(web().to(bench.lab.wire()).fromPort(2));
    bench.lab.advance(Duration.ofNanos(5));
    bench.sendWeb(3);

    Batch batch = monitor.poll(9);

    assertThat(web(batch)).containsExactly(1, 2, 3);
    assertThat(batch.get(1).time()).isEqualTo(Duration.ofNanos(5));
    assertThat(batch.get(2).time()).isEqualTo(Duration.ofNanos(10));
  }

  @Test
  void never_moves_anything_into_memory_without_slots() {
    Monitor monitor = monitor(0, MonitorConfig.DEFAULT.withRingCapacity(2));
    bench.sendWeb(1, 3);

    assertThat(monitor.poll(5)).isEmpty();
    assertThat(monitor.ring("p0").size()).isEqualTo(2);
    assertThat(monitor.lost()).isEqualTo(1);
  }

  @Test
  void refuses_to_take_a_negative_number() {
    Monitor monitor = monitor(1, MonitorConfig.polled());

    assertThatThrownBy(() -> monitor.poll(-1))
        .hasMessage("cannot take a batch of -1 packets: say 0 or more");
  }

  // ---- interrupts ----

  @Test
  void calls_the_application_with_batches_when_the_threshold_is_reached() {
    Monitor monitor = monitor(64, MonitorConfig.DEFAULT.interrupt(3, Duration.ZERO).batch(2));
    List<List<Integer>> batches = new ArrayList<>();
    monitor.onBatch(
        batch -> {
          batches.add(web(batch));
          batch.release();
        });

    bench.sendWeb(1, 2);
    assertThat(batches).isEmpty();
    bench.sendWeb(3, 4);

    assertThat(batches).containsExactly(List.of(1, 2), List.of(3));
    assertThat(monitor.notices()).isEqualTo(1);
    assertThat(monitor.poll(5).size()).isEqualTo(1); // the fourth waits for two more
  }

  @Test
  void calls_the_application_when_the_time_is_up() {
    Monitor monitor = monitor(64, MonitorConfig.DEFAULT.interrupt(3, Duration.ofNanos(100)));
    bench.lab.advance(Duration.ofNanos(50));
    bench.sendWeb(1, 2);

    bench.lab.advance(Duration.ofNanos(99));
    assertThat(monitor.captured()).isEmpty();
    bench.lab.advance(Duration.ofNanos(1));

    assertThat(web(monitor.captured())).containsExactly(1, 2);
    assertThat(monitor.captured().get(0).time()).isEqualTo(Duration.ofNanos(50));
    bench.sendWeb(3);
    bench.lab.advance(Duration.ofNanos(100));
    assertThat(web(monitor.captured())).containsExactly(1, 2, 3);
    assertThat(monitor.notices()).isEqualTo(2);
  }

  @Test
  void starts_its_timer_anew_once_its_rings_were_polled_empty() {
    Monitor monitor = monitor(64, MonitorConfig.DEFAULT.interrupt(3, Duration.ofNanos(100)));
    bench.sendWeb(1);
    bench.lab.advance(Duration.ofNanos(60));
    monitor.poll(1);
    bench.sendWeb(2);
    bench.lab.advance(Duration.ofNanos(60));

    assertThat(monitor.notices()).isZero();
    bench.lab.advance(Duration.ofNanos(40));
    assertThat(monitor.notices()).isEqualTo(1);
  }

  @Test
  void stops_moving_while_its_memory_is_full_and_goes_on_when_a_slot_is_released() {
    Monitor monitor = monitor(2, MonitorConfig.DEFAULT.withRingCapacity(2));
    bench.sendWeb(1, 5);
    bench.sendOther(6);

    assertThat(web(monitor.captured())).containsExactly(1, 2);
    assertThat(monitor.ring("p0").size()).isEqualTo(2);
    assertThat(monitor.lost()).isEqualTo(1);
    assertThat(bench.othersBeyond()).containsExactly(6);

    monitor.captured().get(0).release();

    assertThat(web(monitor.captured())).containsExactly(2, 3);
    monitor.releaseAll();
    assertThat(web(monitor.captured())).containsExactly(4);
  }

  @Test
  void says_in_numbers_why_the_monitor_has_lost_a_packet() {
    Monitor monitor = monitor(1, MonitorConfig.DEFAULT.withRingCapacity(1));
    bench.sendWeb(1, 2);
    Packet lost = bench.sendWeb(3);

    assertThat(monitor.lost()).isEqualTo(1);
    Hop end = java.util.Objects.requireNonNull(bench.lab.trace(lost).last());
    assertThat(end.reason()).isEqualTo(DropReason.RING_FULL);
    assertThat(end.stage()).isEqualTo(Stage.RECEIVE_RING);
    assertThat(end.detail())
        .isEqualTo("ring p0/monitor0 has 1 of 1 slots in use, user memory has 1 of 1 slots in use");
    assertThat(monitor.ring("p0").account().expectsDrops(DropReason.RING_FULL)).isTrue();
  }

  @Test
  void hands_a_new_application_what_is_in_memory_already() {
    Monitor monitor = monitor(8, MonitorConfig.DEFAULT);
    bench.sendWeb(1, 3);
    monitor.captured().get(0).release();
    List<Integer> seen = new ArrayList<>();

    monitor.onBatch(batch -> seen.addAll(web(batch)));

    assertThat(seen).containsExactly(2, 3);
  }

  @Test
  void goes_on_when_the_application_throws_and_fails_the_operation_that_caused_it() {
    Monitor monitor = monitor(8, MonitorConfig.DEFAULT);
    bench.sendOther(1);
    monitor.onBatch(
        batch -> {
          throw new IllegalStateException("broken analysis");
        });

    assertThatThrownBy(() -> bench.sendWeb(1)).hasMessage("broken analysis");
    assertThat(monitor.captured()).hasSize(1);
  }

  @Test
  void calls_no_application_in_poll_mode() {
    Monitor monitor = monitor(8, MonitorConfig.polled());

    assertThatThrownBy(() -> monitor.onBatch(batch -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("monitor monitor0 is in poll mode, in which no batch comes by itself; poll it");
  }

  // ---- too long ----

  @Test
  void captures_the_beginning_of_what_is_too_long() {
    Monitor monitor = bench.host.monitor(web(), userMemory(slots(4).of(60)), MonitorConfig.DEFAULT);
    bench.lab.wire().send(web().to(bench.beyond).payloadSize(100));

    Capture capture = monitor.captured().get(0);
    assertThat(capture.isTruncated()).isTrue();
    assertThat(capture.packet().length()).isEqualTo(60);
    assertThat(capture.realLength()).isEqualTo(154);
    assertThat(monitor.truncated()).isEqualTo(1);
    assertThat(capture.toString()).startsWith("slot 0: ").endsWith(", the first of 154 bytes");
  }

  @Test
  void drops_what_is_too_long_if_it_is_told_to() {
    Monitor monitor =
        bench.host.monitor(
            web(), userMemory(slots(4).of(60)), MonitorConfig.DEFAULT.oversize(Oversize.DROP));
    bench.lab.expectDrops(DropReason.TOO_LONG);
    bench.lab.wire().send(web().to(bench.beyond).payloadSize(100));

    assertThat(monitor.captured()).isEmpty();
    assertThat(monitor.account().dropped(DropReason.TOO_LONG)).isEqualTo(1);
  }

  // ---- captures as values and files ----

  @Test
  void refuses_to_show_a_packet_whose_slot_was_released() {
    Monitor monitor = monitor(1, MonitorConfig.DEFAULT);
    bench.sendWeb(1);
    Capture first = monitor.captured().get(0);
    first.release();
    bench.sendWeb(2);

    assertThat(monitor.captured().get(0).slot()).isEqualTo(first.slot());
    assertThat(first.isHeld()).isFalse();
    assertThat(first).hasToString("slot 0: released");
    assertThatThrownBy(first::packet)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "slot 0 of monitor monitor0 was released; take what you need of a capture before you"
                + " release it");
    assertThatThrownBy(first::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writes_what_it_holds_as_pcapng_with_times_cards_and_real_lengths(@TempDir Path folder) {
    Monitor monitor = bench.host.monitor(web(), userMemory(slots(4).of(60)));
    bench.lab.wire().send(web().to(bench.beyond).fromPort(1));
    bench.lab.advance(Duration.ofNanos(70));
    bench.beyond.send(web().to(bench.lab.wire()).fromPort(2).payloadSize(100));
    Path file = folder.resolve("captured.pcapng");

    monitor.writeTo(file);

    List<CapturedPacket> read = CaptureReader.readAll(file);
    assertThat(read).extracting(CapturedPacket::nanos).containsExactly(0L, 70L);
    assertThat(read).extracting(CapturedPacket::interfaceName).containsExactly("p0", "p1");
    assertThat(read).extracting(CapturedPacket::originalLength).containsExactly(60, 154);
    assertThat(read).extracting(CapturedPacket::isTruncated).containsExactly(false, true);
  }
}
