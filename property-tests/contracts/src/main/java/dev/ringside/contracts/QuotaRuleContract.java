// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.memory.QuotaRule;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What must hold for a {@link QuotaRule}, so that no wait is for ever that something could end.
 *
 * <pre>{@code
 * class HalfTest implements QuotaRuleContract {
 *   @Override
 *   public QuotaRule rule() {
 *     return (used, amount, limit) -> used + amount <= limit / 2;
 *   }
 * }
 * }</pre>
 */
public interface QuotaRuleContract {

  /** A new rule each time. */
  QuotaRule rule();

  /** It looks at the three numbers and at nothing else. */
  @Property(tries = 500)
  default void gives_the_same_answer_again(
      @ForAll("quotaBytes") long used,
      @ForAll("quotaBytes") long amount,
      @ForAll("quotaBytes") long limit) {
    QuotaRule rule = rule();
    boolean before = ask(rule, used, amount, limit);
    if (ask(rule, used, amount, limit) != before || ask(rule(), used, amount, limit) != before) {
      throw broken(rule, used, amount, limit, "is granted only sometimes", "keep nothing in mind");
    }
  }

  /** What fits fits when less is in use: a release never makes it worse. */
  @Property(tries = 500)
  default void a_release_never_makes_it_worse(
      @ForAll("quotaBytes") long used,
      @ForAll("quotaBytes") long released,
      @ForAll("quotaBytes") long amount,
      @ForAll("quotaBytes") long limit) {
    QuotaRule rule = rule();
    long less = Math.max(0, used - released);
    if (ask(rule, used, amount, limit) && !ask(rule, less, amount, limit)) {
      throw broken(rule, less, amount, limit, "is refused, but fits beside " + used, MONOTONE);
    }
  }

  /** What fits fits under a higher limit. */
  @Property(tries = 500)
  default void a_higher_limit_never_makes_it_worse(
      @ForAll("quotaBytes") long used,
      @ForAll("quotaBytes") long more,
      @ForAll("quotaBytes") long amount,
      @ForAll("quotaBytes") long limit) {
    QuotaRule rule = rule();
    if (ask(rule, used, amount, limit) && !ask(rule, used, amount, limit + more)) {
      throw broken(rule, used, amount, limit + more, "is refused, but fits in " + limit, MONOTONE);
    }
  }

  /** Where much fits, less fits too. */
  @Property(tries = 500)
  default void a_smaller_request_never_fares_worse(
      @ForAll("quotaBytes") long used,
      @ForAll("quotaBytes") long amount,
      @ForAll("quotaBytes") long less,
      @ForAll("quotaBytes") long limit) {
    QuotaRule rule = rule();
    long smaller = Math.max(1, amount - less);
    if (ask(rule, used, amount, limit) && !ask(rule, used, smaller, limit)) {
      throw broken(rule, used, smaller, limit, "is refused, but " + amount + " fit", MONOTONE);
    }
  }

  /** A target that uses nothing gets a byte of a limit that has room for a frame. */
  @Property(tries = 300)
  default void an_empty_target_gets_something(@ForAll("quotaBytes") long limit) {
    QuotaRule rule = rule();
    long enough = 65_535 + limit;
    if (!ask(rule, 0, 1, enough)) {
      throw broken(rule, 0, 1, enough, "is refused although nothing is in use", "grant something");
    }
  }

  /** What a rule does that is not monotone. */
  String MONOTONE = "or requests wait that nothing ends";

  private static boolean ask(QuotaRule rule, long used, long amount, long limit) {
    return Broken.ask(
        "quota rule",
        rule,
        amount + " bytes beside " + used + " of " + limit,
        () -> rule.fits(used, amount, limit));
  }

  private static AssertionError broken(
      QuotaRule rule, long used, long amount, long limit, String what, String cure) {
    String which = "a request of " + amount + " bytes beside " + used + " of " + limit + " ";
    return Broken.contract("quota rule", rule, "is no rule: " + which + what, cure);
  }

  /** Amounts of bytes, among them lengths of frames and their neighbours. */
  @Provide
  default Arbitrary<Long> quotaBytes() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 100_000),
        Arbitraries.of(1L, 63L, 64L, 65L, 1_499L, 1_500L, 1_501L, 9_000L, 65_535L),
        Arbitraries.longs().between(1, 1L << 40));
  }
}
