// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which device of the lab a parameter or field shall have.
 *
 * <pre>{@code
 * @Test
 * void ...(@Device("p0") PhysicalNic active, @Device("p1") PhysicalNic standby) { ... }
 *
 * @Device("web") VirtualMachine web; // a field
 * @Device Host host;                 // a field, the only host
 * }</pre>
 *
 * <p>A parameter needs it only where the lab has several devices of the type; a field always, so
 * that other fields are left alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
public @interface Device {

  /**
   * The name as the device has it: h1, web, p0, p0/vf1, p0/rx3, aggr0. Where the lab has several
   * hosts, with the host in front: h1/p0. Of a lab, the name of the field that holds it. Empty for
   * the only one.
   */
  String value() default "";
}
