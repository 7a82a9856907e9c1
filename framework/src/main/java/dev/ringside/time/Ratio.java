// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

/**
 * A chance as a fraction of whole numbers, so that it is the same on every machine.
 *
 * <pre>{@code
 * lab.cable("p0").toHost().lose(Ratio.of(1, 100));
 * }</pre>
 *
 * @param numerator how often, 0 to denominator
 * @param denominator of how many, at least 1
 */
public record Ratio(long numerator, long denominator) {

  /** Checks the range. */
  public Ratio {
    if (denominator < 1 || numerator < 0 || numerator > denominator) {
      throw new IllegalArgumentException(
          "ratio " + numerator + "/" + denominator + " is not between 0/1 and 1/1");
    }
  }

  /** So many times of so many. */
  public static Ratio of(long numerator, long denominator) {
    return new Ratio(numerator, denominator);
  }

  /** Draws once. */
  public boolean happens(SeededRandom random) {
    return random.nextLong(denominator) < numerator;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
