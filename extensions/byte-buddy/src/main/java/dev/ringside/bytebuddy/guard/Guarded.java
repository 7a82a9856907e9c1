// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test fails if code of these packages reads the wall clock, sleeps, or opens a real socket;
 * see {@link RealWorldGuard}. On a class, for each of its tests; what stands on a test comes first.
 *
 * <pre>{@code
 * @Test
 * @Guarded("com.example.agent")
 * void polls_every_second(Lab lab) { ... }
 * }</pre>
 */
@SuppressWarnings("exports") // only who has JUnit uses it
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(GuardExtension.class)
public @interface Guarded {

  /** The packages of the code under test; those below them are meant, too. */
  String[] value();
}
