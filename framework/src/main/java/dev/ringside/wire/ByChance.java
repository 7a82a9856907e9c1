// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.time.Ratio;
import dev.ringside.time.SeededRandom;

/**
 * Selects so many packets of so many.
 *
 * @param ratio how many
 */
record ByChance(Ratio ratio) implements Selector {

  @Override
  public boolean selects(Packet packet, long number, SeededRandom random) {
    return ratio.happens(random);
  }

  @Override
  public boolean isByChance() {
    return true;
  }
}
