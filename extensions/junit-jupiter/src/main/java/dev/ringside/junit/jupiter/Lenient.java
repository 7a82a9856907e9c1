// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.LabCheck;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves checks of the lab out. The conservation law is checked all the same.
 *
 * <pre>{@code
 * @Test
 * @Lenient(LabCheck.UNDRAINED_RINGS)
 * void a_paused_guest_fills_its_ring(Lab lab) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.TYPE,
  ElementType.ANNOTATION_TYPE
})
public @interface Lenient {

  /** Which checks; all if none is named. */
  LabCheck[] value() default {};
}
