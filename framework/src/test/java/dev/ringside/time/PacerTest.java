// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

  private final Pacer pacer = new Pacer();

  @Test
  void without_a_limit_everything_is_sent_at_once() {
    assertThat(pacer.take(5, 1_000_000)).isEqualTo(5);
    assertThat(pacer.isFree(5)).isTrue();
    assertThat(pacer.isLimited()).isFalse();
  }

  @Test
  void what_is_sent_takes_its_time_and_the_next_waits_for_it() {
    pacer.setRate(1_000_000_000);

    assertThat(pacer.take(100, 1_000)).isEqualTo(1_100);
    assertThat(pacer.isFree(1_099)).isFalse();
    assertThat(pacer.isFree(1_100)).isTrue();
    assertThat(pacer.take(500, 1_000)).isEqualTo(2_100);
  }

  @Test
  void time_that_nobody_used_is_gone() {
    pacer.setRate(1_000_000_000);
    pacer.take(0, 1_000);

    assertThat(pacer.take(5_000, 1_000)).isEqualTo(6_000);
  }

  @Test
  void what_a_nanosecond_is_too_coarse_for_is_carried_over() {
    pacer.setRate(100_000_000_000L);
    for (int i = 0; i < 1_000; i++) {
      pacer.take(0, 672); // 6.72 ns
    }

    assertThat(pacer.freeAt()).isEqualTo(6_720);
  }

  @Test
  void the_largest_rate_and_the_longest_packet_do_not_overflow() {
    pacer.setRate(Long.MAX_VALUE);
    assertThat(pacer.take(7, 8 * 65_559)).isEqualTo(7);

    pacer.setRate(1);
    assertThat(pacer.take(0, 8 * 65_559)).isEqualTo(524_472_000_000_000L);
  }

  @Test
  void a_new_rate_counts_from_the_next_packet_on() {
    pacer.setRate(1);
    pacer.take(0, 1_000);

    pacer.setRate(1_000_000_000);

    assertThat(pacer.isFree(0)).isTrue();
    assertThat(pacer.take(0, 1_000)).isEqualTo(1_000);
  }

  @Test
  void what_is_late_is_made_up_for_unless_it_is_forgiven() {
    pacer.setRate(1_000_000_000);
    pacer.takeLate(1_000);
    assertThat(pacer.freeAt()).isEqualTo(1_000);

    pacer.forgive(500);
    assertThat(pacer.freeAt()).isEqualTo(1_000);
    pacer.forgive(5_000);
    pacer.takeLate(1_000);
    assertThat(pacer.freeAt()).isEqualTo(6_000);
  }
}
