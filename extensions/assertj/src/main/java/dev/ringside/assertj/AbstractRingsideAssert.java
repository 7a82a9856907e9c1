// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.Failure;
import dev.ringside.assertj.error.ShouldHaveCounted;
import java.lang.invoke.MethodHandles;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What the assertions about all devices have in common: one method that throws.
 *
 * <p>It throws what AssertJ makes of the failure, so that descriptions and overridden messages
 * count, stack traces are cleaned, and both AssertJ 3 and 4 can collect it in soft assertions.
 *
 * <pre>{@code
 * public class RouterAssert extends AbstractRingsideAssert<RouterAssert, Router> {
 *   public RouterAssert(@Nullable Router actual) {
 *     super(actual, RouterAssert.class);
 *   }
 *
 *   public RouterAssert isUp() {
 *     return verify(
 *         () -> actual.isUp() ? null : new ShouldBe("router", "up", "down", evidence()));
 *   }
 * }
 * }</pre>
 *
 * @param <SELF> the type of the assertions themselves
 * @param <ACTUAL> the type of what they are about
 */
public abstract class AbstractRingsideAssert<
        SELF extends AbstractRingsideAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractAssert<SELF, ACTUAL> {

  private static final SoftMode SOFT_MODE = new SoftMode(MethodHandles.lookup());

  /** Assertions about this one. */
  protected AbstractRingsideAssert(@Nullable ACTUAL actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /** What it is, by kind and name. */
  protected String subject() {
    return String.valueOf(actual);
  }

  /** What messages can draw on besides it. */
  protected Evidence evidence() {
    return Evidence.none();
  }

  /**
   * Carries an assertion out; the only method that throws.
   *
   * @param assertion finds out why the assertion does not hold; null if it does
   */
  protected SELF verify(Supplier<? extends @Nullable Failure> assertion) {
    SOFT_MODE.execute(this, () -> verifyNow(assertion));
    return myself;
  }

  private void verifyNow(Supplier<? extends @Nullable Failure> assertion) {
    isNotNull();
    Failure failure = assertion.get();
    if (failure != null) {
      throw failureWithActualExpected(
          failure.actual(), failure.expected(), "%s", failure.message());
    }
  }

  SELF verifyCount(String did, long wanted, LongSupplier counter) {
    return verifyCount(did, wanted, "packet", counter);
  }

  SELF verifyCount(String did, long wanted, String noun, LongSupplier counter) {
    return verify(
        () -> {
          long found = counter.getAsLong();
          return found == wanted
              ? null
              : new ShouldHaveCounted(subject(), did, wanted, noun, found, evidence());
        });
  }

  /** Leaves out of stack traces what only carries assertions out. */
  @Override
  protected boolean isElementOfCustomAssert(StackTraceElement element) {
    return element.getClassName().equals(SoftMode.class.getName())
        || super.isElementOfCustomAssert(element);
  }
}
