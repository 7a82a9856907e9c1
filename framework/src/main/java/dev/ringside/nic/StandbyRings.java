// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/** The standby rings of a card; each comes into being when somebody asks for it. */
final class StandbyRings {

  private final World world;
  private final PhysicalNic nic;
  private final NicConfig config;
  private final @Nullable StandbyRing[] rings;

  StandbyRings(World world, PhysicalNic nic, NicConfig config) {
    this.world = world;
    this.nic = nic;
    this.config = config;
    this.rings = new @Nullable StandbyRing[config.standbyRings()];
  }

  StandbyRing find(int index) {
    if (index < 0 || index >= rings.length) {
      throw new IllegalArgumentException(
          "no standby ring "
              + index
              + " on "
              + nic.name()
              + "; it has "
              + (rings.length == 0 ? "none" : "0 to " + (rings.length - 1)));
    }
    StandbyRing ring = rings[index];
    if (ring == null) {
      ring = StandbyRing.open(world, nic.label() + "/standby" + index, config);
      nic.classifier().addTarget(ring);
      rings[index] = ring;
    }
    return ring;
  }

  /** What is in the rings of a card that no longer works is lost. */
  void loseAll() {
    for (StandbyRing ring : rings) {
      if (ring != null) {
        ring.loseAll();
      }
    }
  }
}
