// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/**
 * Gives each try of a property a lab of its own, as a parameter of type {@link Lab} or {@link
 * dev.ringside.host.Host}, and closes it.
 *
 * <pre>{@code
 * @LabPerTry
 * class MailProperties {
 *   @Property
 *   void every_datagram_arrives(@ForAll @IntRange(max = 1_400) int bytes, @ForAll Lab lab) {
 *     lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(bytes));
 *     assertThat(lab.vm("vm1").received()).hasSize(1);
 *   }
 * }
 * }</pre>
 *
 * <p>{@code @ForAll} before the lab is not needed; without it jqwik looks at the parameter again
 * for each try, which costs about as much as the lab does.
 *
 * <p>If one of the property's parameters is a {@link Topology}, such as a {@link
 * dev.ringside.jqwik.scenario.Scenario}, the lab is built as it says, else as {@link #value} says.
 * After each try the conservation law is checked. A failing try reports its seed and its journal,
 * and a failed property leaves the page {@code report.html} about the last one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@AddLifecycleHook(value = LabLifecycle.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
public @interface LabPerTry {

  /** What the lab is like where no parameter says it; it needs a constructor without parameters. */
  Class<? extends Topology> value() default Usual.class;

  /** The lab of {@link Lab#open}: one host, two NICs, two virtual machines. */
  final class Usual implements Topology {

    /** For the lifecycle. */
    public Usual() {}

    @Override
    public void build(LabBuilder lab) {
      // What a builder builds when nothing is said.
    }
  }
}
