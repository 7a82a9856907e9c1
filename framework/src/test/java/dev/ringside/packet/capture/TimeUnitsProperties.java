// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Ticks become nanoseconds as they do in arithmetic that knows no overflow. */
class TimeUnitsProperties {
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger LIMIT = BigInteger.valueOf(9_223_372_036L);

  @Property(tries = 5000)
  void agree_with_exact_arithmetic(
      @ForAll @IntRange(max = 255) int resolution, @ForAll long ticks, @ForAll int offset) {
    assertThat(new TimeUnits(resolution, offset).toNanos(ticks))
        .isEqualTo(exact(resolution, ticks, offset));
  }

  @Property
  void agree_with_exact_arithmetic_whatever_the_offset(
      @ForAll @IntRange(max = 12) int resolution, @ForAll long ticks, @ForAll long offset) {
    assertThat(new TimeUnits(resolution, offset).toNanos(ticks))
        .isEqualTo(exact(resolution, ticks, offset));
  }

  @Example
  void hold_every_resolution_at_both_ends() {
    for (int resolution = 0; resolution < 256; resolution++) {
      for (long ticks : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
        assertThat(new TimeUnits(resolution, 0).toNanos(ticks))
            .as("resolution %d, ticks %d", resolution, ticks)
            .isEqualTo(exact(resolution, ticks, 0));
      }
    }
  }

  private static long exact(int resolution, long ticks, long offset) {
    BigInteger base = BigInteger.valueOf((resolution & 0x80) == 0 ? 10 : 2);
    BigInteger perSecond = base.pow(resolution & 0x7f);
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
    BigInteger nanos =
        unsigned
            .multiply(NANOS_PER_SECOND)
            .divide(perSecond)
            .add(BigInteger.valueOf(offset).multiply(NANOS_PER_SECOND));
    BigInteger seconds = unsigned.divide(perSecond).add(BigInteger.valueOf(offset));
    return seconds.abs().compareTo(LIMIT) < 0 ? nanos.longValueExact() : TimeUnits.OUT_OF_RANGE;
  }
}
