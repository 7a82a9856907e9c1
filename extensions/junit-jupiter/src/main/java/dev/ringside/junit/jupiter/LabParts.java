// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.world.PartsSource;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The devices of the lab are made by one of this class, which a parameter of its type gets.
 *
 * <pre>{@code
 * @Test
 * @LabParts(Faults.class)
 * void repairs_may_get_lost(PhysicalNic nic, Faults faults) {
 *   faults.before(PhysicalNic::repair).drop();
 *   ...
 * }
 * }</pre>
 *
 * <p>The innermost counts. It says nothing about what is in the lab.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LabParts {

  /** A class with a constructor without parameters. */
  Class<? extends PartsSource> value();
}
