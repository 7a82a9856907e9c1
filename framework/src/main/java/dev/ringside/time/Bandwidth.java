// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import java.time.Duration;

/**
 * A limit of bytes in each tick of virtual time. Packets are never split over ticks: the first one
 * of a tick goes, however long it is, so that the least limit in effect is one packet per tick.
 *
 * <pre>{@code
 * Bandwidth.ofBitsPerSecond(8_000_000);                // 10,000 bytes in 10 ms
 * Bandwidth.ofBytesPerTick(3_000, Duration.ofMillis(1))
 * }</pre>
 *
 * @param bytesPerTick at least 1
 * @param tick longer than 0; ticks begin at its multiples
 */
public record Bandwidth(long bytesPerTick, Duration tick) {

  /**
   * The tick unless told otherwise: 10 ms, as the clock of a kernel that ticks 100 times a second.
   */
  public static final Duration DEFAULT_TICK = Duration.ofMillis(10);

  private static final long BITS_PER_BYTE = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_BYTES = 1L << 50;

  /** Checks the bytes and the tick. */
  public Bandwidth {
    if (bytesPerTick < 1 || bytesPerTick > MAX_BYTES) {
      throw new IllegalArgumentException(
          "bandwidth of " + bytesPerTick + " bytes per tick is not in 1 to " + MAX_BYTES);
    }
    if (tick.isNegative() || tick.isZero()) {
      throw new IllegalArgumentException("tick " + tick + " of a bandwidth must be positive");
    }
  }

  /** So many bytes in each of these ticks. */
  public static Bandwidth ofBytesPerTick(long bytes, Duration tick) {
    return new Bandwidth(bytes, tick);
  }

  /**
   * So many bits a second, in ticks of {@link #DEFAULT_TICK}, rounded down to whole bytes.
   *
   * @throws IllegalArgumentException if that is less than a byte per tick: 800 bit/s
   */
  public static Bandwidth ofBitsPerSecond(long bits) {
    long ticksPerSecond = NANOS_PER_SECOND / DEFAULT_TICK.toNanos();
    return new Bandwidth(bits / (BITS_PER_BYTE * ticksPerSecond), DEFAULT_TICK);
  }

  /** Such as {@code 10000 bytes per PT0.01S}. */
  @Override
  public String toString() {
    return bytesPerTick + (bytesPerTick == 1 ? " byte per " : " bytes per ") + tick;
  }
}
