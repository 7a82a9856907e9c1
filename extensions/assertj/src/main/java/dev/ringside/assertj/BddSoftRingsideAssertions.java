// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.BDDSoftAssertionsProvider;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * {@link SoftRingsideAssertions} for tests that say given, when, then.
 *
 * <pre>{@code
 * BddSoftRingsideAssertions.thenSoftly(softly -> {
 *   softly.then(web).hasDirectAccessThrough("p1");
 *   softly.then(db).received(udp().port(53));
 * });
 * }</pre>
 */
public class BddSoftRingsideAssertions extends AbstractSoftAssertions
    implements BDDSoftAssertionsProvider, BddRingsideSoftAssertionsProvider {

  /** Collects nothing yet; {@link #assertAll} tells what was collected. */
  public BddSoftRingsideAssertions() {}

  /** Runs assertions and then tells all that failed. */
  public static void thenSoftly(Consumer<BddSoftRingsideAssertions> assertions) {
    SoftAssertionsProvider.assertSoftly(BddSoftRingsideAssertions.class, assertions);
  }
}
