// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several {@link ExpectDrops}; the compiler writes it.
 *
 * <pre>{@code
 * @ExpectDrops(value = DropReason.RING_FULL, devices = "p0")
 * @ExpectDrops(value = DropReason.NO_PEER, devices = "web")
 * void test(Lab lab) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface ExpectedDrops {

  /** The annotations. */
  ExpectDrops[] value();
}
