// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * When a target may have more memory. A rule looks at the three numbers and at nothing else, and
 * what fits beside much that is in use fits beside less.
 *
 * <pre>{@code
 * QuotaRule half = (used, amount, limit) -> used + amount <= limit / 2;
 * host.memory().reserve("web", bytes(3_000), QuotaConfig.DEFAULT.withRule(half));
 * }</pre>
 */
@FunctionalInterface
public interface QuotaRule {

  /** What is in use and what is asked for are not more than the limit together. */
  QuotaRule STRICT =
      new QuotaRule() {
        @Override
        public boolean fits(long used, long amount, long limit) {
          return amount <= limit - used;
        }

        @Override
        public String toString() {
          return "strict";
        }
      };

  /** The limit is not reached yet; the last packet may go beyond it, by less than its length. */
  QuotaRule LAX =
      new QuotaRule() {
        @Override
        public boolean fits(long used, long amount, long limit) {
          return used < limit;
        }

        @Override
        public String toString() {
          return "lax";
        }
      };

  /**
   * Whether so much fits.
   *
   * @param used bytes in use, 0 or more
   * @param amount bytes that are asked for, more than 0
   * @param limit the most that the target should use, 0 or more
   */
  boolean fits(long used, long amount, long limit);
}
