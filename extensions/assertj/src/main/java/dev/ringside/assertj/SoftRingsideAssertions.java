// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Assertions that collect what fails instead of ending the test at the first, AssertJ's own
 * included.
 *
 * <pre>{@code
 * SoftRingsideAssertions.assertSoftly(softly -> {
 *   softly.assertThat(web).hasDirectAccessThrough("p1");
 *   softly.assertThat(db).received(udp().port(53));
 * });
 * }</pre>
 *
 * <p>AssertJ's {@code SoftAssertionsExtension} injects it too. Not on the module path: AssertJ 3
 * generates classes for soft assertions, and cannot do so in other modules than its own.
 */
public class SoftRingsideAssertions extends AbstractSoftAssertions
    implements StandardSoftAssertionsProvider, RingsideSoftAssertionsProvider {

  /** Collects nothing yet; {@link #assertAll} tells what was collected. */
  public SoftRingsideAssertions() {}

  /** Runs assertions and then tells all that failed. */
  public static void assertSoftly(Consumer<SoftRingsideAssertions> assertions) {
    SoftAssertionsProvider.assertSoftly(SoftRingsideAssertions.class, assertions);
  }
}
