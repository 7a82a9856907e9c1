// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.cycle.two;

import dev.ringside.architecture.planted.cycle.one.Hen;

/** The other half of a cycle. */
public interface Egg {
  Hen hatch();
}
