// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number that all chance of the lab comes from. A failed test prints it as it must be written
 * to run again: {@code Replay with @LabSeed(0x5eedL)}.
 *
 * <pre>{@code
 * @Test
 * @LabSeed(0xcafeL)
 * void loses_the_third_packet(Lab lab) { ... }
 * }</pre>
 *
 * <p>The innermost counts: on the method, the class, a class around it; then what the extension's
 * builder says; then the configuration parameter or system property {@code ringside.seed}, for
 * example {@code -Dringside.seed=0xcafe}; then {@link dev.ringside.time.Seed#DEFAULT}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LabSeed {

  /** Any number. */
  long value();
}
