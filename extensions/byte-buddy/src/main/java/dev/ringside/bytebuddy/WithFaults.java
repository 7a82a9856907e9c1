// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.junit.jupiter.LabParts;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The lab that the JUnit extension opens for a test has faults, which a parameter gets.
 *
 * <pre>{@code
 * @Test
 * @WithFaults
 * void repairs_may_get_lost(PhysicalNic nic, Faults faults) {
 *   faults.before(PhysicalNic::repair).drop();
 *   ...
 * }
 * }</pre>
 */
@SuppressWarnings("exports") // only who has JUnit uses it
@Documented
@LabParts(Faults.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface WithFaults {}
