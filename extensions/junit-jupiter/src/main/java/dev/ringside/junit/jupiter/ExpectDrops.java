// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.trace.DropReason;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
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
 *
 * @Test
 * @ExpectDrops(value = DropReason.RING_FULL, devices = "h1/p0")
 * void only_the_slow_card_drops(Lab lab) { ... }
 * }</pre>
 *
 * <p>On a test, each of the reasons must come: if nothing was lost for one, {@link
 * dev.ringside.lifecycle.LabCheck#UNUSED_EXPECTATIONS} says so. On a class, whose tests lose
 * different things, each may come.
 *
 * <p>A test can also say so as it goes: {@code lab.expectDrops(RING_FULL)}. What the test's own
 * faults cause is expected without a word; see {@link
 * dev.ringside.lifecycle.LabCheck#UNEXPECTED_DROPS}.
 */
@Documented
@Repeatable(ExpectedDrops.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface ExpectDrops {

  /** The reasons. */
  DropReason[] value();

  /**
   * At which devices, by the names that messages use, such as {@code p0} or {@code web}; at any if
   * none is named. A name stands for what is below it, too.
   */
  String[] devices() default {};
}
