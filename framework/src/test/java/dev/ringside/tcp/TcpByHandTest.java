// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.TcpSpec.ACK;
import static dev.ringside.packet.TcpSpec.FIN;
import static dev.ringside.packet.TcpSpec.RST;
import static dev.ringside.packet.TcpSpec.SYN;
import static dev.ringside.tcp.Bench.A;
import static dev.ringside.tcp.Bench.B;
import static dev.ringside.tcp.Bench.LOST;
import static dev.ringside.tcp.Bench.PORT_A;
import static dev.ringside.tcp.Bench.PORT_B;
import static dev.ringside.tcp.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One end of a connection, whose other end says what the test says. */
class TcpByHandTest {

  private static final int WINDOW = 5_000;

  private final Bench bench =
      new Bench(message(20_000), TcpConfig.DEFAULT.withWindow(1_000), 1_000, 2_000);
  private int read;

  TcpByHandTest() {
    bench.toA = (number, frame) -> LOST;
    bench.toB = (number, frame) -> LOST;
  }

  /** What has left since the last call. */
  private List<String> said() {
    List<String> lines = new ArrayList<>();
    for (; read < bench.frames.size(); read++) {
      lines.add(Bench.line(bench.frames.get(read).packet()));
    }
    return lines;
  }

  private void advanceMillis(long millis) {
    bench.world.advance(Duration.ofMillis(millis));
  }

  private void nothingIsLeft() {
    advanceMillis(1_000_000);
    assertThat(said()).isEmpty();
    assertThat(bench.world.scheduled()).isZero();
  }

  @Nested
  class Sender {

    private List<String> hears(
        int flags, int sequence, int acknowledgement, int window, int bytes) {
      Packet segment =
          tcp()
              .from(B)
              .to(A)
              .fromPort(PORT_B)
              .port(PORT_A)
              .flags(flags)
              .sequence(sequence)
              .acknowledgement(acknowledgement)
              .window(window)
              .payloadSize(bytes)
              .toPacket();
      bench.world.run(() -> bench.sender.handle(segment));
      return said();
    }

    private List<String> hears(int flags, int acknowledgement) {
      return hears(flags, (flags & SYN) != 0 ? 2_000 : 2_001, acknowledgement, WINDOW, 0);
    }

    private void connected() {
      bench.open();
      advanceMillis(300);
      hears(SYN | ACK, 1_001);
    }

    // ---- opening ----

    @Test
    void is_connected_by_an_answer_to_its_own_call_only() {
      bench.open();
      assertThat(said()).containsExactly("> SYN seq 1000");

      assertThat(hears(SYN | ACK, 1_000)).isEmpty();
      assertThat(hears(SYN | ACK, 1_002)).isEmpty();
      assertThat(hears(SYN, 1_001)).isEmpty();
      assertThat(hears(RST, 1_001)).isEmpty();
      assertThat(hears(ACK, 1_001)).isEmpty();
      assertThat(bench.source.failure).isNull();

      assertThat(hears(SYN | ACK, 1_001))
          .containsExactly(
              "> ACK seq 1001 ack 2001",
              "> ACK seq 1001 ack 2001 bytes 536",
              "> ACK seq 1537 ack 2001 bytes 536",
              "> ACK seq 2073 ack 2001 bytes 536",
              "> ACK seq 2609 ack 2001 bytes 536",
              "> ACK seq 3145 ack 2001 bytes 536",
              "> ACK seq 3681 ack 2001 bytes 536",
              "> ACK seq 4217 ack 2001 bytes 536",
              "> ACK seq 4753 ack 2001 bytes 536",
              "> ACK seq 5289 ack 2001 bytes 536"); // one more would be beyond the window
      assertThat(bench.sender.segmentBytes()).isEqualTo(536);
      assertThat(bench.sender.sent()).isEqualTo(9 * 536);
    }

    @Test
    void is_told_that_it_was_refused() {
      bench.open();
      said();

      assertThat(hears(RST | ACK, 1_001)).isEmpty();

      assertThat(bench.source.failure).isEqualTo("connection refused by b");
      assertThat(hears(SYN | ACK, 1_001)).isEmpty();
      nothingIsLeft();
    }

    @Test
    void calls_again_after_a_second_then_two_and_starts_to_count_anew_once_connected() {
      bench.open();
      said();
      advanceMillis(999);
      assertThat(said()).isEmpty();
      advanceMillis(1);
      assertThat(said()).containsExactly("> SYN seq 1000");
      advanceMillis(1_999);
      assertThat(said()).isEmpty();
      advanceMillis(1);
      assertThat(said()).containsExactly("> SYN seq 1000");

      assertThat(hears(SYN | ACK, 1_001)).hasSize(10);
      assertThat(hears(SYN | ACK, 1_001)).containsExactly("> ACK seq 5825 ack 2001");
    }

    @Test
    void that_stops_before_it_is_connected_has_completed_nothing() {
      bench.open();
      said();
      bench.world.run(bench.sender::stop);

      assertThat(bench.source.completed).isTrue();
      nothingIsLeft();
    }

    // ---- acknowledgements ----

    @Test
    void goes_on_as_far_as_the_window_was_moved() {
      connected();

      assertThat(hears(ACK, 1_537)).containsExactly("> ACK seq 5825 ack 2001 bytes 536");
      assertThat(bench.source.acknowledged).isEqualTo(536);
      assertThat(hears(ACK, 2_001, 1_537, WINDOW + 536, 0))
          .containsExactly("> ACK seq 6361 ack 2001 bytes 536");
    }

    @Test
    void takes_no_word_of_what_was_acknowledged_before_or_never_sent() {
      connected();
      hears(ACK, 1_537);

      assertThat(hears(ACK, 2_001, 1_536, 60_000, 0)).isEmpty();
      assertThat(hears(ACK, 2_001, 6_362, 60_000, 0)).isEmpty();
      assertThat(bench.source.acknowledged).isEqualTo(536);
      assertThat(hears(ACK, 6_361)).hasSize(9);
      assertThat(bench.source.acknowledged).isEqualTo(5_360);
    }

    @Test
    void sends_again_at_the_third_acknowledgement_that_says_nothing_else() {
      connected();

      assertThat(hears(ACK, 1_001)).isEmpty();
      assertThat(hears(ACK, 2_001, 1_001, WINDOW - 1, 0)).isEmpty(); // another window
      assertThat(hears(ACK, 2_001, 1_001, WINDOW, 0)).isEmpty(); // another one again
      assertThat(hears(ACK, 2_001, 1_001, WINDOW, 4)).isEmpty(); // with data
      assertThat(hears(ACK, 1_001)).isEmpty();
      assertThat(hears(ACK, 1_001)).containsExactly("> ACK seq 1001 ack 2001 bytes 536");
      assertThat(hears(ACK, 1_001)).isEmpty();
      assertThat(bench.source.again).isEqualTo(1);
    }

    @Test
    void fills_each_further_hole_as_soon_as_it_is_known_and_then_goes_on() {
      connected();
      for (int i = 0; i < 3; i++) {
        hears(ACK, 1_001);
      }

      assertThat(hears(ACK, 2_073).get(0)).isEqualTo("> ACK seq 2073 ack 2001 bytes 536");
      assertThat(hears(ACK, 3_145).get(0)).isEqualTo("> ACK seq 3145 ack 2001 bytes 536");
      assertThat(bench.source.again).isEqualTo(3);
      assertThat(hears(ACK, 5_825)).noneMatch(line -> line.contains("seq 5825 ack 2001 bytes 535"));
      assertThat(bench.source.again).isEqualTo(3);
      for (int i = 0; i < 2; i++) {
        assertThat(hears(ACK, 5_825)).isEmpty();
      }
      assertThat(hears(ACK, 5_825)).startsWith("> ACK seq 5825 ack 2001 bytes 536");
    }

    // ---- the clock ----

    @Test
    void waits_for_the_round_trip_that_it_has_measured() {
      connected();
      advanceMillis(100);
      hears(ACK, 1_537); // after 100 ms: 100 + 4 * 50
      advanceMillis(299);
      assertThat(said()).isEmpty();

      advanceMillis(1);
      assertThat(said()).containsExactly("> ACK seq 1537 ack 2001 bytes 536");
      advanceMillis(599);
      assertThat(said()).isEmpty();
      advanceMillis(1);
      assertThat(said()).hasSize(1);
    }

    @Test
    void measures_nothing_by_a_segment_that_was_sent_again() {
      connected();
      advanceMillis(1_000);
      assertThat(said()).containsExactly("> ACK seq 1001 ack 2001 bytes 536");

      hears(ACK, 1_537);

      advanceMillis(1_999); // twice the time of the beginning still
      assertThat(said()).isEmpty();
      advanceMillis(1);
      assertThat(said()).hasSize(1);
    }

    @Test
    void sends_all_again_that_was_in_flight_slowly_at_first() {
      connected();
      advanceMillis(1_000);
      said();

      assertThat(hears(ACK, 1_537))
          .containsExactly(
              "> ACK seq 1537 ack 2001 bytes 536", "> ACK seq 2073 ack 2001 bytes 536");
      assertThat(hears(ACK, 5_825).get(0)).isEqualTo("> ACK seq 5825 ack 2001 bytes 536");
    }

    @Test
    void rests_while_nothing_is_in_flight() {
      bench.source.allowed = 1;
      connected();
      hears(ACK, 1_537);

      advanceMillis(100_000);
      assertThat(said()).isEmpty();
      bench.source.allowed = 2;
      bench.world.run(bench.sender::pump);
      assertThat(said()).containsExactly("> ACK seq 1537 ack 2001 bytes 536");
    }

    @Test
    void asks_with_one_byte_whether_a_closed_window_is_open() {
      bench.open();
      said();
      hears(SYN | ACK, 2_000, 1_001, 0, 0);

      advanceMillis(1_000);
      assertThat(said()).containsExactly("> ACK seq 1001 ack 2001 bytes 1");
      assertThat(hears(ACK, 2_001, 1_002, 600, 0))
          .containsExactly("> ACK seq 1002 ack 2001 bytes 536");
    }

    // ---- the end ----

    @Test
    void is_reset_by_the_next_number_of_the_other_end_only() {
      connected();

      assertThat(hears(RST, 2_000, 0, 0, 0)).isEmpty();
      assertThat(hears(RST, 2_002, 0, 0, 0)).isEmpty();
      assertThat(bench.source.failure).isNull();
      assertThat(hears(RST, 2_001, 0, 0, 0)).isEmpty();
      assertThat(bench.source.failure).isEqualTo("connection reset by b");
      assertThat(hears(ACK, 1_537)).isEmpty();
      nothingIsLeft();
    }

    @Test
    void that_gives_up_says_so_once() {
      connected();
      bench.world.run(bench.sender::abort);
      assertThat(said()).contains("> RST+ACK seq 5825 ack 2001");

      bench.world.run(bench.sender::abort);
      assertThat(bench.source.failure).isNull();
      nothingIsLeft();
    }

    @Test
    void closes_when_all_has_arrived_and_acknowledges_the_end_of_the_other_as_often_as_it_comes() {
      bench.source.allowed = 1;
      connected();
      bench.world.run(bench.sender::stop);
      said();
      assertThat(hears(ACK, 1_537)).containsExactly("> FIN+ACK seq 1537 ack 2001");
      assertThat(bench.source.completed).isTrue();
      assertThat(bench.source.acknowledged).isEqualTo(536);
      advanceMillis(2_000);
      assertThat(said()).isNotEmpty().containsOnly("> FIN+ACK seq 1537 ack 2001");

      assertThat(hears(FIN | ACK, 1_537)).isEmpty(); // its own end has not arrived yet
      assertThat(hears(ACK, 1_538)).isEmpty();
      assertThat(hears(FIN | ACK, 1_538)).containsExactly("> ACK seq 1538 ack 2002");
      assertThat(hears(FIN | ACK, 1_538)).containsExactly("> ACK seq 1538 ack 2002");
      nothingIsLeft();
    }

    @Test
    void has_not_failed_if_only_its_end_is_never_acknowledged() {
      bench.source.allowed = 1;
      connected();
      bench.world.run(bench.sender::stop);
      hears(ACK, 1_537);

      advanceMillis(1_000_000);

      assertThat(bench.source.failure).isNull();
      assertThat(said()).hasSize(8);
      nothingIsLeft();
    }
  }

  @Nested
  class Listener {

    private List<String> hears(int flags, int sequence, int bytes) {
      Packet segment =
          tcp()
              .from(A)
              .to(B)
              .fromPort(PORT_A)
              .port(PORT_B)
              .flags(flags)
              .sequence(sequence)
              .acknowledgement(2_001)
              .payloadSize(bytes)
              .toPacket();
      bench.world.run(() -> bench.receiver.handle(segment));
      return said();
    }

    private void connected() {
      assertThat(hears(SYN, 1_000, 0)).containsExactly("< SYN+ACK seq 2000 ack 1001");
    }

    @Test
    void refuses_what_is_no_call() {
      assertThat(hears(ACK, 1_001, 5)).containsExactly("< RST seq 2001");
      assertThat(hears(FIN, 1_001, 5)).containsExactly("< RST+ACK seq 0 ack 1007");
      connected();
      assertThat(hears(SYN, 1_000, 0)).containsExactly("< SYN+ACK seq 2000 ack 1001");
    }

    @Test
    void refuses_calls_once_it_is_closed() {
      bench.world.run(bench.receiver::abort);

      assertThat(hears(SYN, 1_000, 0)).containsExactly("< RST+ACK seq 0 ack 1001");
      nothingIsLeft();
    }

    @Test
    void acknowledges_the_second_segment_at_once_and_a_single_one_after_the_event() {
      connected();
      assertThat(hears(ACK, 1_001, 100)).containsExactly("< ACK seq 2001 ack 1101");
      assertThat(bench.sink.received).isEqualTo(100);
      assertThat(hears(ACK, 1_101, 100)).containsExactly("< ACK seq 2001 ack 1201");
    }

    @Test
    void takes_what_comes_early_and_joins_it() {
      connected();
      assertThat(hears(ACK, 1_101, 100)).containsExactly("< ACK seq 2001 ack 1001");
      assertThat(bench.sink.received).isZero();
      assertThat(hears(ACK, 1_051, 200)).containsExactly("< ACK seq 2001 ack 1001");

      assertThat(hears(ACK, 1_001, 60)).containsExactly("< ACK seq 2001 ack 1251");
      assertThat(bench.sink.received).isEqualTo(250);
      assertThat(hears(ACK, 1_001, 60)).containsExactly("< ACK seq 2001 ack 1251");
      assertThat(hears(ACK, 1_201, 100)).containsExactly("< ACK seq 2001 ack 1301");
    }

    @Test
    void takes_nothing_beyond_its_window() {
      connected();
      assertThat(hears(ACK, 1_902, 100)).containsExactly("< ACK seq 2001 ack 1001");
      assertThat(hears(ACK, 1_001, 100)).containsExactly("< ACK seq 2001 ack 1101");
      assertThat(hears(ACK, 2_001, 100)).containsExactly("< ACK seq 2001 ack 1101");
      assertThat(hears(ACK, 1_101, 900)).containsExactly("< ACK seq 2001 ack 2101");
    }

    @Test
    void is_reset_by_a_number_within_its_window_only() {
      connected();
      hears(ACK, 1_001, 100);

      assertThat(hears(RST, 1_100, 0)).isEmpty();
      assertThat(hears(RST, 2_102, 0)).isEmpty();
      assertThat(bench.sink.reset).isNull();
      assertThat(hears(RST, 2_101, 0)).isEmpty();
      assertThat(bench.sink.reset).isEqualTo("connection reset by a");
      assertThat(hears(ACK, 1_101, 5)).containsExactly("< RST seq 2001");
      nothingIsLeft();
    }

    @Test
    void closes_with_the_other_end_once_all_is_there() {
      connected();
      assertThat(hears(FIN | ACK, 1_101, 0)).isEmpty(); // a segment is missing
      assertThat(hears(FIN | ACK, 1_001, 100)).containsExactly("< FIN+ACK seq 2001 ack 1102");
      assertThat(hears(FIN | ACK, 1_001, 100))
          .containsExactly("< ACK seq 2001 ack 1101", "< FIN+ACK seq 2001 ack 1102");
      nothingIsLeft();
    }

    @Test
    void that_takes_no_more_says_so_once() {
      connected();
      bench.world.run(bench.receiver::abort);
      assertThat(said()).containsExactly("< RST+ACK seq 2001 ack 1001");

      bench.world.run(bench.receiver::abort);
      nothingIsLeft();
    }
  }
}
