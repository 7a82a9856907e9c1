// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Runs assertions so that AssertJ's soft assertions collect what they throw.
 *
 * <p>AssertJ 3 does that in generated subclasses and needs nothing from us. AssertJ 4 does it in a
 * protected method that AssertJ 3 does not have, so that it is looked up.
 */
final class SoftMode {

  private final @Nullable MethodHandle executeAssertion;

  /** With the eyes of the class that is allowed to see the method. */
  SoftMode(MethodHandles.Lookup lookup) {
    this.executeAssertion = find(lookup);
  }

  private static @Nullable MethodHandle find(MethodHandles.Lookup lookup) {
    MethodType type = MethodType.methodType(AbstractAssert.class, Runnable.class);
    try {
      return lookup.findVirtual(lookup.lookupClass(), "executeAssertion", type);
    } catch (NoSuchMethodException e) {
      return null; // this is AssertJ 3
    } catch (IllegalAccessException e) {
      throw new LinkageError("AbstractAssert.executeAssertion is not for subclasses any more", e);
    }
  }

  /** Runs an assertion. */
  void execute(AbstractAssert<?, ?> owner, Runnable assertion) {
    if (executeAssertion == null) {
      assertion.run();
      return;
    }
    try {
      Object unused = executeAssertion.invoke(owner, assertion);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("AbstractAssert.executeAssertion throws what it did not declare", e);
    }
  }
}
