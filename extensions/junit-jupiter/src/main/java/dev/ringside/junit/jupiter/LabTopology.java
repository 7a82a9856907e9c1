// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Topology;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The lab is what this class describes, in place of what is said further out: by an enclosing
 * class, a superclass or the extension's builder.
 *
 * <pre>{@code
 * @LabTopology(TwoHosts.class)
 * class FailoverTest {
 *   @Test
 *   void ...(@Device("h1") Host host) { ... }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface LabTopology {

  /** A class with a constructor without parameters. */
  Class<? extends Topology> value();
}
