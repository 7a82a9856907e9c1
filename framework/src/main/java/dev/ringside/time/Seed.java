// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

/**
 * The one number that all chance in a lab comes from.
 *
 * <p>Each purpose has a stream of its own, derived from the seed and the purpose's name, so that a
 * device that is added does not change the luck of the others.
 *
 * <pre>{@code
 * SeededRandom luck = Seed.of(0x5eed).stream("cable p0");
 * }</pre>
 *
 * @param value any number
 */
public record Seed(long value) {

  /** What a lab uses unless told otherwise: two runs are the same run by default. */
  public static final Seed DEFAULT = new Seed(0x5eed);

  private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x100_0000_01b3L;

  /** A seed of this value. */
  public static Seed of(long value) {
    return new Seed(value);
  }

  /**
   * Reads a decimal number, or a hexadecimal one behind {@code 0x}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Seed parse(String text) {
    try {
      return new Seed(
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text.substring(2), 16)
              : Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a seed; write a number as 24301 or 0x5eed", e);
    }
  }

  /** The stream of random numbers for one purpose. */
  public SeededRandom stream(String purpose) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new SeededRandom(value ^ hash);
  }

  /** As the replay line writes it: 0x5eed. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(value);
  }
}
