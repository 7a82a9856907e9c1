// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.aggregate.Aggregation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A host that the lab shall have.
 *
 * <pre>{@code
 * @Test
 * void ...(@HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host, Lab lab) { ... }
 * }</pre>
 *
 * <p>On a class or method it says what the whole lab is, in place of what is said further out: by
 * an enclosing class, a superclass or the extension's builder. On a parameter or field it adds its
 * host to the lab, in place of one of the same name that was added further out. It may stand on an
 * annotation of your own:
 *
 * <pre>{@code
 * @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web", aggregation = ACTIVE_STANDBY)
 * @Retention(RUNTIME)
 * @interface WebHost {}
 * }</pre>
 *
 * <p>For what it cannot say write a {@link dev.ringside.Topology} and use {@link LabTopology}.
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
@Repeatable(HostSpecs.class)
public @interface HostSpec {

  /** Stands for a number that {@link dev.ringside.nic.NicConfig#DEFAULT} gives. */
  int DEFAULT = -1;

  /** The name, unique in the lab. */
  String name() default "h1";

  /** How many physical NICs, 1 to 64; they are called p0, p1, ... */
  int pnics() default 1;

  /** How many virtual functions each of them has. */
  int virtualFunctions() default 0;

  /** The names of its virtual machines. */
  String[] vms() default {};

  /** How the NICs are used together; active/standby if there are several and nothing is said. */
  Aggregation[] aggregation() default {};

  /** Whether its virtual machines reach each other by proxies, past its NICs. */
  boolean proxies() default false;

  /** The chassis that it is a blade of; empty for a host by itself. */
  String chassis() default "";

  /** How many receive rings each NIC has for the host. */
  int receiveRings() default DEFAULT;

  /** How many packets each ring holds. */
  int ringCapacity() default DEFAULT;
}
