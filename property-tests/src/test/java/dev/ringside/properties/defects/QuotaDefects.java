// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.unwritten;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S1;

import java.util.List;

/** What can be wrong with memory and those who wait for it. */
final class QuotaDefects {

  private QuotaDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S1,
            "a wake-up is lost",
            "QuotaProperties.the_laws_hold_after_each_step",
            Component.of("ring.WaitQueue").with("wakeUp", without("wake"))),
        new Defect(
            S1,
            "what is freed stays in use",
            "QuotaProperties.the_laws_hold_after_each_step",
            Component.of("memory.Quota").with("free(long)", unwritten("used"))),
        new Defect(
            S1,
            "a higher limit wakes nobody",
            "QuotaProperties.the_laws_hold_after_each_step",
            Component.of("memory.Quota").with("changeLimit", without("wakeLater"))),
        new Defect(
            S1,
            "the pool keeps what a lower limit sets free",
            "QuotaProperties.the_laws_hold_after_each_step",
            Component.of("memory.Quota").with("giveBack", without("MemoryPool.give"))),
        new Defect(
            S1,
            "a block that is given back twice counts twice",
            "QuotaProperties.the_laws_hold_after_each_step",
            Component.of("memory.Block").with("end", unwritten("live"))));
  }
}
