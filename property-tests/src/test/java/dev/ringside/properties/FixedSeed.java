// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property the same seed in every build, so that a build fails only for what was
 * changed. With {@code -Plong}, or {@code -Dseed=} and nothing behind it, chance decides, and new
 * examples are looked for.
 */
public final class FixedSeed implements AroundPropertyHook {

  private static final String SEED = System.getProperty("ringside.seed", "");

  /** For jqwik. */
  public FixedSeed() {}

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    if (!SEED.isBlank() && context.attributes().seed().isEmpty()) {
      context.attributes().setSeed(SEED);
    }
    return property.execute();
  }

  /** Outside of all others. */
  @Override
  public int aroundPropertyProximity() {
    return -100;
  }
}
