// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.trace.DropReason;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test means packets to be lost for these reasons.
 *
 * <pre>{@code
 * @Test
 * @ExpectDrops(DropReason.RING_FULL)
 * void a_full_ring_drops_the_newest(Lab lab) { ... }
 * }</pre>
 *
 * <p>A test can also say so as it goes: {@code lab.expectDrops(RING_FULL)}. What the test's own
 * faults cause is expected without a word; see {@link
 * dev.ringside.lifecycle.LabCheck#UNEXPECTED_DROPS}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface ExpectDrops {

  /** The reasons. */
  DropReason[] value();
}
