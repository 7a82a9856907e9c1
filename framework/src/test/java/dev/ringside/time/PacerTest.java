// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

  @Test
  void without_a_limit_everything_is_sent_at_once() {
    Pacer pacer = Pacer.of(0);

    assertThat(pacer.take(5, 1_000_000)).isEqualTo(5);
    assertThat(pacer.isFree(5)).isTrue();
    assertThat(pacer.isLimited()).isFalse();
    assertThat(pacer.rate()).isZero();
  }

  @Test
  void nothing_changes_one_without_a_limit_so_that_all_may_share_it() {
    Pacer pacer = Pacer.of(0);
    pacer.take(100, 1_000);
    pacer.takeLate(1_000);
    pacer.forgive(5_000);

    assertThat(pacer).isSameAs(Pacer.UNLIMITED);
    assertThat(pacer.isFree(0)).isTrue();
    assertThat(pacer.freeAt()).isZero();
  }

  @Test
  void what_is_sent_takes_its_time_and_the_next_waits_for_it() {
    Pacer pacer = Pacer.of(1_000_000_000);

    assertThat(pacer.isLimited()).isTrue();
    assertThat(pacer.rate()).isEqualTo(1_000_000_000);
    assertThat(pacer.take(100, 1_000)).isEqualTo(1_100);
    assertThat(pacer.isFree(1_099)).isFalse();
    assertThat(pacer.isFree(1_100)).isTrue();
    assertThat(pacer.take(500, 1_000)).isEqualTo(2_100);
  }

  @Test
  void time_that_nobody_used_is_gone() {
    Pacer pacer = Pacer.of(1_000_000_000);
    pacer.take(0, 1_000);

    assertThat(pacer.take(5_000, 1_000)).isEqualTo(6_000);
  }

  @Test
  void what_a_nanosecond_is_too_coarse_for_is_carried_over() {
    Pacer pacer = Pacer.of(100_000_000_000L);
    for (int i = 0; i < 1_000; i++) {
      pacer.take(0, 672); // 6.72 ns
    }

    assertThat(pacer.freeAt()).isEqualTo(6_720);
  }

  @Test
  void the_largest_rate_and_the_longest_packet_do_not_overflow() {
    assertThat(Pacer.of(Long.MAX_VALUE).take(7, 8 * 65_559)).isEqualTo(7);
    assertThat(Pacer.of(1).take(0, 8 * 65_559)).isEqualTo(524_472_000_000_000L);
  }

  @Test
  void what_is_late_is_made_up_for_unless_it_is_forgiven() {
    Pacer pacer = Pacer.of(1_000_000_000);
    pacer.takeLate(1_000);
    assertThat(pacer.freeAt()).isEqualTo(1_000);

    pacer.forgive(500);
    assertThat(pacer.freeAt()).isEqualTo(1_000);
    pacer.forgive(5_000);
    pacer.takeLate(1_000);
    assertThat(pacer.freeAt()).isEqualTo(6_000);
  }
}
