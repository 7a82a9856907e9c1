// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.packet.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.TcpSpec;
import dev.ringside.time.Seed;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connection reckons with: windows, timeouts, ranges, and options of headers. */
class TcpNumbersTest {

  /** RFC 5681 and RFC 6582, in segments of 1,000 bytes. */
  @Nested
  class CongestionWindowGrowth {

    private final CongestionWindow window = new CongestionWindow(1_000);

    private void lossOf(int inFlight) {
      window.recover(inFlight);
      window.recovered();
    }

    @Test
    void grows_by_what_arrives_in_slow_start_but_by_two_segments_at_most() {
      assertThat(window.bytes()).isEqualTo(10_000);
      window.acknowledged(700);
      assertThat(window.bytes()).isEqualTo(10_700);
      window.acknowledged(5_000);
      assertThat(window.bytes()).isEqualTo(12_700);
    }

    @Test
    void grows_to_one_mebibyte_at_most() {
      for (int i = 0; i < 600; i++) {
        window.acknowledged(2_000);
      }
      assertThat(window.bytes()).isEqualTo(1 << 20);
      for (int i = 0; i < 2_000; i++) {
        window.acknowledged(2_000);
      }
      assertThat(window.bytes()).isEqualTo(1 << 20);
      window.duplicated();
      assertThat(window.bytes()).isEqualTo(1 << 20);
    }

    @Test
    void grows_by_a_segment_per_window_once_it_avoids_congestion() {
      lossOf(20_000);
      assertThat(window.bytes()).isEqualTo(10_000);

      window.acknowledged(9_999);
      assertThat(window.bytes()).isEqualTo(10_000);
      window.acknowledged(1);
      assertThat(window.bytes()).isEqualTo(11_000);
      window.acknowledged(10_500);
      window.acknowledged(1_000); // 500 more than a window
      assertThat(window.bytes()).isEqualTo(12_000);
      window.acknowledged(11_499);
      assertThat(window.bytes()).isEqualTo(12_000);
      window.acknowledged(1);
      assertThat(window.bytes()).isEqualTo(13_000);
    }

    @Test
    void halves_what_was_in_flight_and_counts_what_has_left_the_network() {
      window.recover(30_000);
      assertThat(window.bytes()).isEqualTo(18_000);
      window.duplicated();
      assertThat(window.bytes()).isEqualTo(19_000);
      window.recovered();
      assertThat(window.bytes()).isEqualTo(15_000);
    }

    @Test
    void is_two_segments_at_least_after_a_loss() {
      lossOf(3_000);
      assertThat(window.bytes()).isEqualTo(2_000);
    }

    @Test
    void shrinks_by_what_has_arrived_of_several_losses_and_lets_one_more_segment_go() {
      window.recover(30_000);
      window.partlyRecovered(5_000);
      assertThat(window.bytes()).isEqualTo(14_000);
      window.partlyRecovered(999);
      assertThat(window.bytes()).isEqualTo(13_001);
      window.partlyRecovered(1_000);
      assertThat(window.bytes()).isEqualTo(13_001);
      window.partlyRecovered(20_000);
      assertThat(window.bytes()).isEqualTo(2_000);
    }

    @Test
    void starts_over_with_one_segment_after_a_timeout_and_grows_quickly_up_to_half() {
      window.timedOut(8_000);
      assertThat(window.bytes()).isEqualTo(1_000);
      window.acknowledged(1_000);
      window.acknowledged(2_000);
      assertThat(window.bytes()).isEqualTo(4_000);
      window.acknowledged(2_000);
      assertThat(window.bytes()).isEqualTo(4_000);
      window.acknowledged(2_000);
      assertThat(window.bytes()).isEqualTo(5_000);
    }
  }

  /** RFC 6298. */
  @Nested
  class RetransmissionAlarm {

    private final World world = new World(Seed.of(1), 100, false);
    private final List<Long> alarms = new ArrayList<>();
    private final RetransmissionTimer timer =
        new RetransmissionTimer(world, () -> alarms.add(world.now() / 1_000_000));

    private void advanceMillis(long millis) {
      world.advance(Duration.ofMillis(millis));
    }

    private void restart() {
      world.run(timer::restart);
    }

    private void measuredMillis(long roundTrip) {
      timer.measured(roundTrip * 1_000_000);
    }

    private long timeoutMillis() {
      long before = world.now() / 1_000_000;
      alarms.clear();
      restart();
      advanceMillis(60_000);
      assertThat(alarms).hasSize(1);
      return alarms.get(0) - before;
    }

    @Test
    void waits_a_second_before_anything_was_measured() {
      assertThat(timer.isRunning()).isFalse();
      restart();
      assertThat(timer.isRunning()).isTrue();
      advanceMillis(999);
      assertThat(alarms).isEmpty();
      advanceMillis(1);

      assertThat(alarms).containsExactly(1_000L);
      assertThat(timer.isRunning()).isFalse();
      assertThat(world.scheduled()).isZero();
    }

    @Test
    void waits_for_the_round_trip_and_four_times_its_variation() {
      measuredMillis(400);
      assertThat(timeoutMillis()).isEqualTo(400 + 4 * 200);
      measuredMillis(800); // variation (3 * 200 + 400) / 4, mean (7 * 400 + 800) / 8
      assertThat(timeoutMillis()).isEqualTo(450 + 4 * 250);
      measuredMillis(50); // variation (3 * 250 + 400) / 4, mean (7 * 450 + 50) / 8
      assertThat(timeoutMillis()).isEqualTo(400 + 4 * 287 + 2);
    }

    @Test
    void waits_neither_less_than_200_milliseconds_nor_more_than_a_minute() {
      measuredMillis(1);
      assertThat(timeoutMillis()).isEqualTo(200);
      timer.backOff();
      assertThat(timeoutMillis()).isEqualTo(400);
      for (int i = 0; i < 10; i++) {
        timer.backOff();
      }
      assertThat(timeoutMillis()).isEqualTo(60_000);
    }

    @Test
    void starting_over_moves_the_alarm_and_costs_no_event() {
      restart();
      advanceMillis(600);
      restart();
      assertThat(world.scheduled()).isEqualTo(1);
      advanceMillis(999);
      assertThat(alarms).isEmpty();
      advanceMillis(1);
      assertThat(alarms).containsExactly(1_600L);
    }

    @Test
    void starting_over_with_a_shorter_time_brings_the_alarm_forward() {
      restart();
      measuredMillis(1);
      restart();
      advanceMillis(199);
      assertThat(alarms).isEmpty();
      advanceMillis(5_000);
      assertThat(alarms).containsExactly(200L);
    }

    @Test
    void one_that_runs_is_not_started_again() {
      restart();
      advanceMillis(600);
      world.run(timer::startIfStopped);
      advanceMillis(400);
      assertThat(alarms).containsExactly(1_000L);
      world.run(timer::startIfStopped);
      advanceMillis(1_000);
      assertThat(alarms).containsExactly(1_000L, 2_000L);
    }

    @Test
    void one_that_was_stopped_gives_no_alarm_and_may_be_started_again() {
      restart();
      timer.stop();
      assertThat(timer.isRunning()).isFalse();
      advanceMillis(500);
      restart();
      advanceMillis(5_000);
      assertThat(alarms).containsExactly(1_500L);
      restart();
      timer.stop();
      advanceMillis(5_000);
      assertThat(alarms).hasSize(1);
    }

    @Test
    void nothing_is_left_of_one_that_has_ended() {
      restart();
      world.run(timer::end);
      assertThat(timer.isRunning()).isFalse();
      advanceMillis(5_000);
      assertThat(alarms).isEmpty();
      world.run(timer::end);
    }
  }

  @Nested
  class RangesReceived {

    private final ReceivedRanges ranges = new ReceivedRanges();

    @Test
    void know_where_the_next_one_starts_and_where_one_ends() {
      assertThat(ranges.isEmpty()).isTrue();
      ranges.add(10, 20);
      ranges.add(30, 40);

      assertThat(ranges.isEmpty()).isFalse();
      assertThat(ranges.size()).isEqualTo(2);
      assertThat(ranges.nextStart(0)).isEqualTo(10);
      assertThat(ranges.nextStart(19)).isEqualTo(10);
      assertThat(ranges.nextStart(20)).isEqualTo(30);
      assertThat(ranges.nextStart(40)).isEqualTo(Integer.MAX_VALUE);
      assertThat(ranges.endFrom(9)).isEqualTo(9);
      assertThat(ranges.endFrom(10)).isEqualTo(20);
      assertThat(ranges.endFrom(20)).isEqualTo(20);
      assertThat(ranges.endFrom(39)).isEqualTo(40);
    }

    @Test
    void that_touch_are_one() {
      ranges.add(10, 20);
      ranges.add(30, 40);
      ranges.add(20, 30);

      assertThat(ranges.size()).isEqualTo(1);
      assertThat(ranges.endFrom(10)).isEqualTo(40);
    }

    @Test
    void are_forgotten_once_they_have_been_passed() {
      ranges.add(10, 20);
      ranges.add(30, 40);
      ranges.add(50, 60);

      ranges.forgetBefore(19);
      assertThat(ranges.size()).isEqualTo(3);
      ranges.forgetBefore(40);
      assertThat(ranges.size()).isEqualTo(1);
      assertThat(ranges.nextStart(0)).isEqualTo(50);
      ranges.forgetBefore(60);
      assertThat(ranges.isEmpty()).isTrue();
    }
  }

  /** RFC 9293, 3.1 and 3.7.1. */
  @ParameterizedTest
  @CsvSource({
    "020405b4, 1460",
    "0101020405b40101, 1460",
    "0303070102040400, 1024",
    "02040000, 536",
    "0204000002040400, 536",
    "02040001, 1",
    "'', 536",
    "01010101, 536",
    "0101000002040400, 536",
    "00000000020405b4, 536",
    "08000000020405b4, 536",
    "02030100020405b4, 536",
    "0303010002040400, 536",
    "0101010202040218, 536",
    "01010402020405b4, 1460",
    "040205b4020405b4, 536",
    "0402010102040400, 1024",
    "0101010101010102, 536",
    "0101010101020405, 536"
  })
  void the_longest_segment_is_said_in_an_option_or_is_the_usual_one(String options, int segment) {
    TcpSpec syn =
        tcp()
            .from(Bench.A)
            .to(Bench.B)
            .flags(TcpSpec.SYN)
            .tcpOptions(HexFormat.of().parseHex(options));

    assertThat(Segments.maximumSegment(syn.payload("\u0002\u0004\u0001\u0001").toPacket()))
        .isEqualTo(segment);
  }

  @Test
  void what_no_connection_can_be_told_is_refused() {
    assertThatThrownBy(() -> TcpConfig.DEFAULT.withIpVersion(5))
        .hasMessage("IP version 5 is not 4 or 6");
    assertThatThrownBy(() -> TcpConfig.DEFAULT.withWindow(-1))
        .hasMessage("TCP window -1 is not in 0 to 65535");
    assertThatThrownBy(() -> TcpConfig.DEFAULT.withWindow(65_536))
        .hasMessage("TCP window 65536 is not in 0 to 65535");
    assertThatThrownBy(() -> TcpConfig.DEFAULT.withAttempts(31))
        .hasMessage("TCP attempts 31 is not in 0 to 30");
    assertThat(TcpConfig.DEFAULT.withIpVersion(6).withWindow(0).withAttempts(30))
        .isEqualTo(new TcpConfig(6, 0, 30));
    assertThat(TcpConfig.DEFAULT.withAttempts(0).attempts()).isZero();
  }
}
