// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field with a lab that the extension runs: one that the test has built itself, or, if the field
 * has no value, one that the extension opens.
 *
 * <pre>{@code
 * @ExtendWith(RingsideExtension.class)
 * class FailoverTest {
 *   @Managed final Lab lab = Lab.builder().seed(42).topology(new TwoHosts()).open();
 * }
 * }</pre>
 *
 * <p>A lab in a field of the test's instance lives as long as the instance does, one in a static
 * field as long as the class; a value in a static field that several classes inherit, until the end
 * of the run. Parameters and other fields of the test take their devices from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface Managed {}
