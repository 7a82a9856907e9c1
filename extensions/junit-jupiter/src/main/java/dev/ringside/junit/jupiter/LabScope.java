// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long the lab lives: as long as a test unless something else is said.
 *
 * <pre>{@code
 * @LabScope(Scope.CLASS) // all tests of the class share a lab, nested classes included
 * class FailoverTest {
 *   @Test
 *   void ...(Lab shared, @LabScope(Scope.TEST) Lab mine) { ... }
 * }
 * }</pre>
 *
 * <p>What is static, a parameter of {@code @BeforeAll} or {@code @AfterAll}, or a parameter of the
 * constructor of an instance that all tests share, is of the class at least. A lab that tests share
 * while they run at the same time is checked when the last of them ends.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LabScope {

  /** How long. */
  Scope value();
}
