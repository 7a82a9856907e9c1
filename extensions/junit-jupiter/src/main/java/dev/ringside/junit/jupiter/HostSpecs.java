// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several hosts; the compiler writes it where {@link HostSpec} is repeated.
 *
 * <pre>{@code
 * @HostSpec(name = "h1", vms = "web")
 * @HostSpec(name = "h2", vms = "db")
 * class TwoHostsTest { ... }
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
public @interface HostSpecs {

  /** The hosts. */
  HostSpec[] value();
}
