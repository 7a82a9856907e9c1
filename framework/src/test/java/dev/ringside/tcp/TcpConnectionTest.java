// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.tcp.Bench.LOST;
import static dev.ringside.tcp.Bench.ONCE;
import static dev.ringside.tcp.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.trace.DropReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One way, one message: what travels, and what arrives. */
class TcpConnectionTest {

  private static List<String> lines(Bench bench) {
    return bench.frames.stream().map(frame -> Bench.line(frame.packet())).toList();
  }

  @Test
  void a_message_is_opened_for_carried_acknowledged_and_closed() {
    Bench bench = new Bench(message(3_000)).open().advanceMillis(20);

    assertThat(bench.sink.received()).isEqualTo(message(3_000));
    assertThat(lines(bench))
        .containsExactly(
            "> SYN seq 1000",
            "< SYN+ACK seq 2000 ack 1001",
            "> ACK seq 1001 ack 2001",
            "> ACK seq 1001 ack 2001 bytes 1460",
            "> ACK seq 2461 ack 2001 bytes 1460",
            "> PSH+ACK seq 3921 ack 2001 bytes 80",
            "< ACK seq 2001 ack 3921",
            "< ACK seq 2001 ack 4001",
            "> FIN+ACK seq 4001 ack 2001",
            "< FIN+ACK seq 2001 ack 4002",
            "> ACK seq 4002 ack 2002");
    assertThat(bench.source.completed).isTrue();
    bench.runToEnd();
    assertThat(bench.a.inbox().size() + bench.b.inbox().size()).isZero();
    assertThat(bench.a.isTcpOpen(Bench.PORT_A)).isFalse();
    assertThat(bench.b.isTcpOpen(Bench.PORT_B)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_459, 1_460, 1_461, 2_920, 65_535, 65_536, 1_000_000})
  void every_size_arrives_in_as_few_segments_as_it_needs(int bytes) {
    Bench bench = new Bench(message(bytes)).open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(bytes));
    assertThat(bench.data()).hasSize((bytes + 1_459) / 1_460);
    assertThat(bench.source.again).isZero();
    assertThat(bench.source.completed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"4, 1460", "6, 1440"})
  void segments_fit_the_link_in_both_versions_of_ip(int version, int segment) {
    TcpConfig config = TcpConfig.DEFAULT.withIpVersion(version);
    Bench bench = new Bench(message(10_000), config, 1, 2).open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(10_000));
    assertThat(bench.data().get(0).payloadLength()).isEqualTo(segment);
    assertThat(bench.data()).allMatch(frame -> frame.checksumFault() == null);
    assertThat(bench.data()).allMatch(frame -> frame.ipVersion() == version);
  }

  @Test
  void the_smaller_link_decides_how_long_segments_are() {
    Bench bench = new Bench(message(5_000));
    bench.b.setMtu(576);
    bench.open().runToEnd();

    assertThat(bench.data().get(0).payloadLength()).isEqualTo(536);
    assertThat(bench.sink.received()).isEqualTo(message(5_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -2, -1_500, -200_000, Integer.MAX_VALUE - 3})
  void sequence_numbers_go_round(int sequence) {
    Bench bench = new Bench(message(300_000), TcpConfig.DEFAULT, sequence, sequence);
    bench.toB = (number, frame) -> number % 17 == 5 ? LOST : ONCE;

    bench.open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(300_000));
  }

  @Test
  void no_more_is_in_flight_than_the_window_allows() {
    TcpConfig config = TcpConfig.DEFAULT.withWindow(4_000);
    Bench bench = new Bench(message(50_000), config, 1, 2).open();
    for (int i = 0; i < 200; i++) {
      bench.advanceMillis(1);
      assertThat(bench.sender.sent() - bench.source.acknowledged).isLessThanOrEqualTo(4_000);
    }
    assertThat(bench.runToEnd().sink.received()).isEqualTo(message(50_000));
  }

  @Test
  void a_window_of_less_than_a_segment_is_used_as_it_is() {
    Bench bench = new Bench(message(1_000), TcpConfig.DEFAULT.withWindow(100), 1, 2);

    bench.open().runToEnd();

    assertThat(bench.data()).hasSize(10);
    assertThat(bench.sink.received()).isEqualTo(message(1_000));
  }

  @Test
  void a_closed_window_is_probed_byte_by_byte_until_the_sender_gives_up() {
    Bench bench = new Bench(message(10), TcpConfig.DEFAULT.withWindow(0), 1, 2).open();

    bench.runToEnd();

    assertThat(bench.data()).isNotEmpty().allMatch(frame -> frame.payloadLength() == 1);
    assertThat(bench.source.failure).isEqualTo("no answer from b to 9 attempts");
    assertThat(bench.sink.received).isZero();
  }

  @Test
  void the_third_duplicate_acknowledgement_sends_what_is_missing_again() {
    Bench bench = new Bench(message(20_000));
    bench.toB = (number, frame) -> number == 4 ? LOST : ONCE;

    bench.open().advanceMillis(100); // less than any timeout

    assertThat(bench.sink.received()).isEqualTo(message(20_000));
    assertThat(bench.source.again).isEqualTo(1);
    bench.runToEnd();
  }

  @Test
  void several_losses_of_one_window_are_filled_one_per_round_trip() {
    Bench bench = new Bench(message(60_000));
    bench.toB = (number, frame) -> number == 20 || number == 22 || number == 25 ? LOST : ONCE;

    bench.open().advanceMillis(100);

    assertThat(bench.sink.received()).isEqualTo(message(60_000));
    assertThat(bench.source.again).isEqualTo(3);
    bench.runToEnd();
  }

  @Test
  void what_is_lost_without_a_trace_is_sent_again_by_the_clock() {
    Bench bench = new Bench(message(100));
    bench.toB = (number, frame) -> number == 2 ? LOST : ONCE;

    bench.open().advanceMillis(900);
    assertThat(bench.sink.received).isZero();
    bench.advanceMillis(300);

    assertThat(bench.sink.received()).isEqualTo(message(100));
    assertThat(bench.source.again).isEqualTo(1);
    bench.runToEnd();
  }

  @Test
  void timeouts_double_until_the_connection_is_given_up() {
    Bench bench = new Bench(message(100));
    bench.toB = (number, frame) -> LOST;

    bench.open().runToEnd();

    assertThat(bench.frames.stream().map(frame -> frame.time() / 1_000_000_000L).toList())
        .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
    assertThat(bench.source.failure).isEqualTo("no answer from b to 9 attempts");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void whatever_frame_of_either_direction_is_lost_the_message_arrives(int number) {
    Bench bench = new Bench(message(4_000));
    bench.toB = (n, frame) -> n == number ? LOST : ONCE;
    bench.toA = (n, frame) -> n == number ? LOST : ONCE;

    bench.open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(4_000));
    assertThat(bench.source.completed).isTrue();
  }

  @Test
  void frames_that_come_twice_or_late_change_nothing() {
    Bench bench = new Bench(message(200_000));
    bench.toB = (n, frame) -> n % 3 == 0 ? new long[] {0, 700_000} : new long[] {n % 5 * 400_000L};
    bench.toA = (n, frame) -> n % 4 == 0 ? new long[] {0, 0} : ONCE;

    bench.open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(200_000));
  }

  @Test
  void a_damaged_frame_is_dropped_and_sent_again() {
    Bench bench = new Bench(message(5_000));
    bench.damagedToB = 4;

    bench.open().runToEnd();

    assertThat(bench.sink.received()).isEqualTo(message(5_000));
    assertThat(bench.b.account().dropped(DropReason.MALFORMED)).isOne();
  }

  @Test
  void nothing_is_begun_that_may_not_and_acknowledgements_still_come() {
    Bench bench = new Bench(message(20_000));
    bench.source.allowed = 3;

    bench.open().advanceMillis(50);
    assertThat(bench.sink.received).isEqualTo(3 * 1_460);
    assertThat(bench.source.acknowledged).isEqualTo(3 * 1_460);

    bench.source.allowed = 99;
    bench.world.run(bench.sender::pump);
    assertThat(bench.runToEnd().sink.received()).isEqualTo(message(20_000));
  }

  @Test
  void bytes_that_are_not_there_yet_are_waited_for_until_they_fill_a_segment() {
    Bench bench = new Bench(message(5_000));
    bench.source.available = 1_500;

    bench.open().advanceMillis(50);
    assertThat(bench.sink.received).isEqualTo(1_460);

    bench.source.available = 5_000;
    bench.world.run(bench.sender::pump);
    assertThat(bench.runToEnd().sink.received()).isEqualTo(message(5_000));
  }

  @Test
  void a_sender_that_stops_lets_what_is_in_flight_arrive() {
    Bench bench = new Bench(message(200_000)).open().advanceMillis(3);
    int begun = bench.sender.sent();
    assertThat(begun).isPositive().isLessThan(200_000);

    bench.world.run(bench.sender::stop);
    bench.runToEnd();

    assertThat(bench.sink.received).isEqualTo(begun);
    assertThat(bench.source.acknowledged).isEqualTo(begun);
    assertThat(bench.source.completed).isTrue();
  }

  @Test
  void a_receiver_that_closes_resets_the_connection() {
    Bench bench = new Bench(message(200_000)).open().advanceMillis(5);

    bench.world.run(bench.receiver::abort);
    bench.runToEnd();

    assertThat(bench.source.failure).isEqualTo("connection reset by b");
    assertThat(bench.sink.received).isLessThan(200_000);
  }

  @Test
  void a_receiver_that_is_closed_refuses() {
    Bench bench = new Bench(message(10));
    bench.world.run(bench.receiver::abort);

    bench.open().runToEnd();

    assertThat(bench.source.failure).isEqualTo("connection refused by b");
  }

  @Test
  void a_sender_that_gives_up_resets_the_connection() {
    Bench bench = new Bench(message(200_000)).open().advanceMillis(5);

    bench.world.run(bench.sender::abort);
    bench.runToEnd();

    assertThat(bench.sink.reset).isEqualTo("connection reset by a");
    assertThat(bench.source.failure).isNull();
  }

  @Test
  void segments_to_ports_that_nobody_serves_are_in_the_inbox() {
    Bench bench = new Bench(message(10));

    bench.world.run(() -> bench.a.send(tcp().to(Bench.B).port(80).syn()));
    bench.advanceMillis(10);

    assertThat(bench.b.inbox().packets()).hasSize(1);
  }
}
