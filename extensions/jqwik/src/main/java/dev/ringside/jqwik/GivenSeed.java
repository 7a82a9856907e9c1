// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.time.Seed;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property the seed that the system property {@code ringside.seed} names, unless it has
 * one of its own: the same examples then in each run, and those of a failed run again. Without that
 * system property, or with nothing in it, chance decides.
 *
 * <pre>{@code
 * mvn test -Dringside.seed=24301
 * }</pre>
 *
 * <p>jqwik finds it by itself.
 */
public final class GivenSeed implements AroundPropertyHook {

  private static final String NAME = "ringside.seed";

  /** For jqwik. */
  public GivenSeed() {}

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  /**
   * Sets the seed.
   *
   * @throws IllegalArgumentException if the system property holds no number
   */
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String given = System.getProperty(NAME, "");
    if (!given.isBlank() && context.attributes().seed().isEmpty()) {
      context.attributes().setSeed(inDecimal(given));
    }
    return property.execute();
  }

  /** As jqwik reads it. */
  static String inDecimal(String given) {
    return String.valueOf(Seed.parse(given).value());
  }

  /** Outside of all others. */
  @Override
  public int aroundPropertyProximity() {
    return -100;
  }
}
