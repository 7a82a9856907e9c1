// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.monitor.MonitorBench.web;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.TestLabs;
import dev.ringside.packet.Packets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a monitor is made of says what it is, and what it cannot be. */
class MonitorPartsTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final MonitorBench bench = new MonitorBench(labs);

  // ---- shapes ----

  @Test
  void memory_has_as_many_slots_of_as_many_bytes_as_were_asked_for() {
    UserMemory memory = userMemory(slots(3).of(64));

    assertThat(memory.slots()).isEqualTo(3);
    assertThat(memory.slotBytes()).isEqualTo(64);
    assertThat(slots(1_048_576).of(65_535)).isEqualTo(new UserMemory.Slots(1_048_576, 65_535));
    assertThat(slots(0).of(1).bytes()).isEqualTo(1);
    assertThatThrownBy(() -> slots(1_048_577))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user memory of 1048577 slots: it must have 0 to 1048576");
    assertThatThrownBy(() -> slots(1).of(65_536))
        .hasMessage("user memory with slots of 65536 bytes: say 1 to 65535");
  }

  @Test
  void a_batch_has_between_one_packet_and_a_mebi() {
    assertThat(MonitorConfig.DEFAULT.batch(1).batch()).isEqualTo(1);
    assertThat(MonitorConfig.DEFAULT.batch(1_048_576).batch()).isEqualTo(1_048_576);
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.batch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 of a monitor is not in 1 to 1048576");
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.batch(1_048_577))
        .hasMessageContaining("1048577 of a monitor is not in 1 to 1048576");
  }

  @Test
  void a_bridge_tells_its_name_and_how_much_can_wait_in_it() {
    BridgeVnic forward = bench.bridge.forward();

    assertThat(forward.name()).isEqualTo("p0-p1/forward");
    assertThat(forward.capacity()).isPositive();
    assertThat(forward).hasToString("virtual NIC p0-p1/forward, 0 waiting");
  }

  // ---- what was captured ----

  @Test
  void a_capture_says_whether_it_is_the_whole_packet() {
    int length = Packets.udp().to(bench.beyond).payloadSize(100).toPacket().length();
    Monitor whole =
        bench.host.monitor(
            Packets.udp().port(1),
            userMemory(slots(4).of(length)),
            MonitorConfig.named("whole").oversize(Oversize.TRUNCATE));
    bench.lab.wire().send(Packets.udp().to(bench.beyond).port(1).payloadSize(100));
    bench.lab.wire().send(Packets.udp().to(bench.beyond).port(1).payloadSize(101));

    List<Capture> captured = whole.captured();
    assertThat(captured).extracting(Capture::isTruncated).containsExactly(false, true);
    assertThat(captured).extracting(Capture::realLength).containsExactly(length, length + 1);
    assertThat(whole.truncated()).isEqualTo(1);
  }

  @Test
  void what_is_exactly_as_long_as_a_slot_is_not_too_long() {
    int length = Packets.udp().to(bench.beyond).payloadSize(100).toPacket().length();
    Monitor monitor =
        bench.host.monitor(
            Packets.udp().port(1),
            userMemory(slots(4).of(length)),
            MonitorConfig.DEFAULT.oversize(Oversize.DROP));

    bench.lab.wire().send(Packets.udp().to(bench.beyond).port(1).payloadSize(100));

    assertThat(monitor.captured()).hasSize(1);
  }

  @Test
  void batches_of_a_poll_are_as_long_as_was_asked_for_and_oldest_first() {
    Monitor monitor =
        bench.host.monitor(web(), userMemory(slots(8)), MonitorConfig.polled().withRingCapacity(8));
    bench.sendWeb(1, 6);
    assertThat(monitor.rings()).hasSize(2);
    assertThat(monitor.rings()).extracting(MonitorRing::capacity).containsExactly(8, 8);

    Batch first = monitor.poll(2);
    Batch second = monitor.poll(3);
    Batch rest = monitor.poll(5);

    assertThat(web(first)).containsExactly(1, 2);
    assertThat(web(second)).containsExactly(3, 4, 5);
    assertThat(web(rest)).containsExactly(6);
    assertThat(rest.isEmpty()).isFalse();
    assertThat(rest).hasToString(rest.captures().toString());
    assertThat(monitor.poll(1).isEmpty()).isTrue();
    first.release();
    second.release();
    bench.sendWeb(7, 9);
    assertThat(web(monitor.poll(9))).containsExactly(7, 8, 9);
  }

  @Test
  void packets_of_two_cards_come_in_the_order_in_which_the_cards_received_them() {
    Monitor monitor =
        bench.host.monitor(
            Packets.udp().payload("n"), userMemory(slots(40)), MonitorConfig.polled());
    for (int i = 1; i <= 20; i++) {
      bench.lab.advance(Duration.ofMillis(1));
      bench.sendOther(i);
      bench.lab.advance(Duration.ofMillis(1));
      bench.beyond.send(TestLabs.number(100 + i, bench.lab.wire()));
      if (i == 5) {
        monitor.poll(7);
      }
    }

    List<Integer> numbers = new ArrayList<>();
    for (Capture capture : monitor.poll(40)) {
      numbers.add(capture.packet().destinationPort());
    }
    List<Integer> expected = new ArrayList<>();
    for (int i = 4; i <= 20; i++) {
      if (i > 4) {
        expected.add(i);
      }
      expected.add(100 + i);
    }
    assertThat(numbers).isEqualTo(expected);
  }

  // ---- the end ----

  @Test
  void once_its_memory_is_gone_nothing_can_be_done_with_a_monitor() {
    Monitor monitor = bench.host.monitor(web(), userMemory(slots(4)));
    monitor.close();

    List<ThrowingCallable> refused =
        List.of(
            monitor::captured,
            monitor::releaseAll,
            () -> monitor.onBatch(batch -> {}),
            () -> monitor.watch(web()),
            () -> monitor.writeTo(Path.of("nowhere.pcap")),
            () -> monitor.sampleContained(1, Duration.ofMillis(1)),
            () -> monitor.poll(1));
    for (ThrowingCallable each : refused) {
      assertThatThrownBy(each)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the user memory of monitor monitor0 is gone: its application was closed");
    }
  }
}
