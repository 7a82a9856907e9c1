// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthTest {

  private static final Duration MILLISECOND = Duration.ofMillis(1);

  @Test
  void bits_a_second_are_whole_bytes_in_each_tick_of_ten_milliseconds() {
    assertThat(Bandwidth.ofBitsPerSecond(8_000_000)).hasToString("10000 bytes per PT0.01S");
    assertThat(Bandwidth.ofBitsPerSecond(10_000_000_000L).bytesPerTick()).isEqualTo(12_500_000);
    assertThat(Bandwidth.ofBitsPerSecond(800)).hasToString("1 byte per PT0.01S");
    assertThat(Bandwidth.ofBitsPerSecond(1_599)).isEqualTo(Bandwidth.ofBitsPerSecond(800));
  }

  @Test
  void a_tick_may_be_of_any_length() {
    assertThat(Bandwidth.ofBytesPerTick(3_000, MILLISECOND))
        .isEqualTo(new Bandwidth(3_000, MILLISECOND))
        .hasToString("3000 bytes per PT0.001S");
  }

  @Test
  void less_than_a_byte_per_tick_is_refused() {
    assertThatThrownBy(() -> Bandwidth.ofBitsPerSecond(799))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bandwidth of 0 bytes per tick is not in 1 to 1125899906842624");
  }

  @Test
  void up_to_2_to_the_50_bytes_may_pass_per_tick() {
    long most = 1L << 50;

    assertThat(Bandwidth.ofBytesPerTick(most, MILLISECOND).bytesPerTick()).isEqualTo(most);
    assertThatThrownBy(() -> Bandwidth.ofBytesPerTick(most + 1, MILLISECOND))
        .hasMessage("bandwidth of 1125899906842625 bytes per tick is not in 1 to 1125899906842624");
  }

  @Test
  void a_tick_must_be_longer_than_nothing() {
    assertThatThrownBy(() -> Bandwidth.ofBytesPerTick(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tick PT0S of a bandwidth must be positive");
    assertThatThrownBy(() -> Bandwidth.ofBytesPerTick(1, Duration.ofNanos(-1)))
        .hasMessage("tick PT-0.000000001S of a bandwidth must be positive");
  }
}
