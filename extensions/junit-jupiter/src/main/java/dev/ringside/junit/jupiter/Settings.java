// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Topology;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.time.Seed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of the extension was told: the outermost description of the labs.
 *
 * @param topology what a lab is, null for the default one
 * @param seed the seed, null if it was not given
 * @param scope how long labs live, null if it was not given
 * @param leniences what the checks forgive
 * @param strict checks that are asked for
 */
record Settings(
    @Nullable Topology topology,
    @Nullable Seed seed,
    @Nullable Scope scope,
    List<Lenience> leniences,
    List<LabCheck> strict) {

  /** Nothing was said. */
  static final Settings NONE = new Settings(null, null, null, List.of(), List.of());
}
