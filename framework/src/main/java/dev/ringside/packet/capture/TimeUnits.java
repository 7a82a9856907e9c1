// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/**
 * How an interface of a pcapng file counts time (draft-ietf-opsawg-pcapng, if_tsresol and
 * if_tsoffset): in ticks of 10 to the minus n or 2 to the minus n seconds, from a second that need
 * not be 1970.
 *
 * <p>What is finer than a nanosecond is cut off.
 */
final class TimeUnits {
  /** Stands for a time beyond the years 1677 to 2262, which a number of nanoseconds cannot hold. */
  static final long OUT_OF_RANGE = CapturedPacket.NO_TIME;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

  /** The latest time of all, in the year 2262; the earliest is in 1677. */
  static final long MAX_NANOS = MAX_SECONDS * NANOS_PER_SECOND + NANOS_PER_SECOND - 1;

  /** The resolution where the file does not say. */
  static final int MICROSECONDS = 6;

  private final boolean binary;
  private final int exponent;
  private final long offsetSeconds;

  /** Takes the values of the options: the resolution's top bit tells 2 from 10. */
  TimeUnits(int resolution, long offsetSeconds) {
    this.binary = (resolution & 0x80) != 0;
    this.exponent = resolution & 0x7f;
    this.offsetSeconds = offsetSeconds;
  }

  /** Nanoseconds since 1970 of an unsigned number of ticks, or {@link #OUT_OF_RANGE}. */
  long toNanos(long ticks) {
    long seconds = binary ? binarySeconds(ticks) : decimalSeconds(ticks);
    long fraction = binary ? binaryFraction(ticks) : decimalFraction(ticks);
    long shifted = seconds + offsetSeconds;
    if (overflows(seconds, shifted) || shifted > MAX_SECONDS || shifted < -MAX_SECONDS) {
      return OUT_OF_RANGE;
    }
    return shifted * NANOS_PER_SECOND + fraction;
  }

  /** Whether the sum of unsigned seconds and the signed offset is not what it seems. */
  private boolean overflows(long seconds, long sum) {
    return seconds < 0 ? offsetSeconds >= 0 || sum < 0 : offsetSeconds > 0 && sum < 0;
  }

  private long decimalSeconds(long ticks) {
    return exponent > 19 ? 0 : Long.divideUnsigned(ticks, powerOfTen(exponent));
  }

  private long decimalFraction(long ticks) {
    if (exponent > 28) {
      return 0;
    }
    long rest = exponent > 19 ? ticks : Long.remainderUnsigned(ticks, powerOfTen(exponent));
    return exponent <= 9
        ? rest * powerOfTen(9 - exponent)
        : Long.divideUnsigned(rest, powerOfTen(exponent - 9));
  }

  /** Ten to the nineteenth still fits, unsigned. */
  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private long binarySeconds(long ticks) {
    return exponent > 63 ? 0 : ticks >>> exponent;
  }

  /** The fraction times a billion needs up to 94 bits: high and low word are shifted together. */
  private long binaryFraction(long ticks) {
    if (exponent == 0) {
      return 0;
    }
    long rest = exponent > 63 ? ticks : ticks & ((1L << exponent) - 1);
    long high = unsignedMultiplyHigh(rest);
    if (exponent >= 64) {
      return high >>> (exponent - 64);
    }
    return (high << (64 - exponent)) | ((rest * NANOS_PER_SECOND) >>> exponent);
  }

  private static long unsignedMultiplyHigh(long value) {
    long high = Math.multiplyHigh(value, NANOS_PER_SECOND);
    return value < 0 ? high + NANOS_PER_SECOND : high;
  }
}
