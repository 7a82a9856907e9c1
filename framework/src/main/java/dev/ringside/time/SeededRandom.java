// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

/**
 * Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014).
 *
 * <pre>{@code
 * SeededRandom dice = Seed.DEFAULT.stream("dice");
 * int eyes = 1 + dice.nextInt(6);
 * }</pre>
 */
public final class SeededRandom {

  private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

  private long state;

  SeededRandom(long state) {
    this.state = state;
  }

  /** Any of the 2^64 values. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
    return z ^ z >>> 31;
  }

  /**
   * A value of 0 to bound - 1, all equally likely.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    return (int) nextLong(bound);
  }

  /**
   * A value of 0 to bound - 1, all equally likely.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public long nextLong(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound " + bound + " must be positive");
    }
    long bits = nextLong() >>> 1;
    long value = bits % bound;
    while (bits - value + (bound - 1) < 0) { // the last, incomplete run of values would be likelier
      bits = nextLong() >>> 1;
      value = bits % bound;
    }
    return value;
  }
}
