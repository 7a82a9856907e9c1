// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import org.jspecify.annotations.Nullable;

/**
 * A fault that a test has planned. One that never strikes shows that the test tests less than it
 * says, so the check after the test tells.
 *
 * <pre>{@code
 * final class LostInterrupt implements PlannedFault {
 *   public String place() {
 *     return "h1/p0";
 *   }
 *
 *   public @Nullable String whyUnused() {
 *     return strikes > 0 ? null : "the lost interrupt on h1/p0 never struck: it saw no interrupt";
 *   }
 * }
 *
 * world.plan(new LostInterrupt());
 * }</pre>
 */
public interface PlannedFault {

  /** The name of the device that it is on, as messages use it. */
  String place();

  /**
   * Why it is of no use, in a sentence with names and numbers; null if it has struck, or need not.
   */
  @Nullable String whyUnused();
}
