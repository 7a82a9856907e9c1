// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.LabCheck;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves checks of the lab out, or of some of its devices. The conservation law is checked all the
 * same.
 *
 * <pre>{@code
 * @Test
 * @Lenient(LabCheck.UNDRAINED_RINGS)
 * void a_paused_guest_fills_its_ring(Lab lab) { ... }
 *
 * @Test
 * @Lenient(value = LabCheck.LEAKED_BINDINGS, devices = "h1/p0/vf3")
 * void a_driver_that_forgets(Lab lab) { ... }
 *
 * @Test
 * void a_full_card(@Lenient(LabCheck.UNDRAINED_RINGS) @Device("p0") PhysicalNic nic) { ... }
 * }</pre>
 *
 * <p>On a parameter or field that is a device, it is about that device and what is on it; on a lab,
 * about all of it.
 *
 * <p>On a test and its parameters it must be needed: if there was nothing to forgive, {@link
 * LabCheck#UNUSED_LENIENCES} says so. On classes and fields, which are there for several tests, and
 * without a check, it need not be.
 */
@Documented
@Repeatable(Lenients.class)
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

  /**
   * Of which devices, by the names that messages use, such as {@code p0}, {@code h1/p0/vf1}, {@code
   * web}; of all if none is named. A name stands for what is below it, too.
   */
  String[] devices() default {};
}
