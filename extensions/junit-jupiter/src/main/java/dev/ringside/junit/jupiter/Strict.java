// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.LabCheck;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for checks that are left out otherwise: {@link LabCheck#UNUSED_RULES}.
 *
 * <pre>{@code
 * @Test
 * @Strict(LabCheck.UNUSED_RULES)
 * void the_controller_inserts_no_rule_in_vain(Lab lab) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Strict {

  /** Which checks. */
  LabCheck[] value();
}
