// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several {@link Lenient}; the compiler writes it.
 *
 * <pre>{@code
 * @Lenient(value = LabCheck.UNDRAINED_RINGS, devices = "p0")
 * @Lenient(value = LabCheck.WAITING_REQUESTS, devices = "web")
 * void test(Lab lab) { ... }
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
public @interface Lenients {

  /** The annotations. */
  Lenient[] value();
}
