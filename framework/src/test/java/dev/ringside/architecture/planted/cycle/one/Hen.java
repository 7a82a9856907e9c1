// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.cycle.one;

import dev.ringside.architecture.planted.cycle.two.Egg;

/** One half of a cycle. */
public interface Hen {
  Egg lay();
}
