// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * FlowParts.of(world);
 * }</pre>
 */
public class FlowParts {

  private static final FlowParts PLAIN = new FlowParts();

  FlowParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static FlowParts of(World world) {
    return world.parts(FlowParts.class, PLAIN);
  }

  /** A table of a device. */
  public FlowTable flowTable(
      String name, int capacity, FlowDialect dialect, @Nullable FlowOwner owner) {
    return new FlowTable(name, capacity, dialect, owner);
  }
}
