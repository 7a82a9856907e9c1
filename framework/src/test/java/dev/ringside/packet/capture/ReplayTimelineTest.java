// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import org.junit.jupiter.api.Test;

/** Packets are due in the order of the file, never before one ahead of them. */
class ReplayTimelineTest {
  private final ReplayTimeline timeline = new ReplayTimeline();

  private long delay(long nanos) {
    return timeline.advanceTo(CapturedPacket.of(nanos, Packet.of(frame(60))));
  }

  @Test
  void the_first_packet_is_due_at_once() {
    assertThat(delay(1_700_000_000_000_000_000L)).isZero();
    assertThat(timeline.elapsed()).isZero();
  }

  @Test
  void delays_are_the_gaps_of_the_capture() {
    delay(1_000);

    assertThat(delay(1_300)).isEqualTo(300);
    assertThat(delay(1_300)).isZero();
    assertThat(delay(2_000)).isEqualTo(700);
    assertThat(timeline.elapsed()).isEqualTo(1_000);
  }

  @Test
  void a_packet_dated_before_one_ahead_of_it_is_due_with_the_latest_and_shifts_nothing() {
    delay(1_000);
    delay(1_500);

    assertThat(delay(1_200)).isZero();
    assertThat(delay(400)).isZero();
    assertThat(delay(1_400)).isZero();
    assertThat(timeline.elapsed()).isEqualTo(500);
    assertThat(delay(1_600)).isEqualTo(100);
    assertThat(timeline.elapsed()).isEqualTo(600);
  }

  @Test
  void a_packet_without_a_time_is_due_with_the_one_before_it() {
    assertThat(delay(CapturedPacket.NO_TIME)).isZero();
    delay(1_000);
    delay(1_500);

    assertThat(delay(CapturedPacket.NO_TIME)).isZero();
    assertThat(delay(1_600)).isEqualTo(100);
  }

  @Test
  void centuries_do_not_overflow() {
    delay(-Long.MAX_VALUE);

    assertThat(delay(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(delay(Long.MAX_VALUE)).isZero();
    assertThat(timeline.elapsed()).isEqualTo(Long.MAX_VALUE);
    assertThat(delay(-Long.MAX_VALUE)).isZero();
  }

  @Test
  void a_time_centuries_before_the_first_is_due_at_once() {
    delay(Long.MAX_VALUE);

    assertThat(delay(-Long.MAX_VALUE)).isZero();
    assertThat(timeline.elapsed()).isZero();
  }

  @Test
  void a_real_capture_keeps_its_length() {
    long sum = 0;
    for (CapturedPacket packet : RealCapturesTest.read("everyday")) {
      long delay = timeline.advanceTo(packet);
      assertThat(delay).isNotNegative();
      sum += delay;
    }

    assertThat(sum).isEqualTo(timeline.elapsed()).isPositive();
  }
}
