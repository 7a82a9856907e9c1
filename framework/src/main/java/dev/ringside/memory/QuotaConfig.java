// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a quota behaves; immutable, every method returns another one.
 *
 * <pre>{@code
 * QuotaConfig impatient = QuotaConfig.DEFAULT.lax().dropAfter(Duration.ofMillis(5));
 * host.memory().reserve("web", bytes(3_000), impatient);
 * }</pre>
 *
 * @param rule when there is room
 * @param patience how long a packet waits for room before it is dropped as {@code OVER_QUOTA};
 *     null: for ever
 * @param blocksForever whether a request that can never fit waits all the same, for a higher limit,
 *     instead of being refused as {@code OVER_QUOTA_FOREVER}
 */
public record QuotaConfig(QuotaRule rule, @Nullable Duration patience, boolean blocksForever) {

  /** Strict; what does not fit now waits, what can never fit is refused. */
  public static final QuotaConfig DEFAULT = new QuotaConfig(QuotaRule.STRICT, null, false);

  /** Checks that nobody waits for less than no time. */
  public QuotaConfig {
    if (patience != null && patience.isNegative()) {
      throw new IllegalArgumentException(
          "a quota whose packets wait for " + patience + ": say zero or more");
    }
  }

  /** The same with a rule of your own. */
  public QuotaConfig withRule(QuotaRule newRule) {
    return new QuotaConfig(newRule, patience, blocksForever);
  }

  /** The same, refusing only a target whose limit is reached. */
  public QuotaConfig lax() {
    return withRule(QuotaRule.LAX);
  }

  /** The same, with packets that are dropped when they have waited so long. */
  public QuotaConfig dropAfter(Duration newPatience) {
    return new QuotaConfig(rule, newPatience, blocksForever);
  }

  /** The same, with requests that wait although they can never fit. */
  public QuotaConfig blockForever() {
    return new QuotaConfig(rule, patience, true);
  }

  /** The behaviour in words. */
  @Override
  public String toString() {
    return rule
        + (patience == null ? ", waits" : ", waits for " + patience)
        + (blocksForever ? ", also for what never fits" : "");
  }
}
