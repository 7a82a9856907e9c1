// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.jump;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.unwritten;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S1;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

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
            Component.of("memory.Block").with("end", unwritten("live"))),
        new Defect(
            S1,
            "who comes last is served first",
            "QuotaProperties.it_goes_as_the_naive_twin_says",
            Component.of("ring.WaitQueue").with("isEmpty", returns(1))),
        new Defect(
            S1,
            "an exact fit is refused",
            "QuotaProperties.it_goes_as_the_naive_twin_says",
            Component.of("memory.QuotaRule$1").with("fits", jump(Opcodes.IFGT, Opcodes.IFGE))),
        new Defect(
            S1,
            "what can never fit waits forever",
            "QuotaProperties.it_goes_as_the_naive_twin_says",
            Component.of("memory.Quota").with("neverFits", returns(0))),
        new Defect(
            S1,
            "a cancelled request keeps those behind it waiting",
            "QuotaProperties.it_goes_as_the_naive_twin_says",
            Component.of("ring.WaitQueue").with("end", without("wakeLater"))),
        new Defect(
            S1,
            "packets are not charged",
            "QuotaProperties.it_goes_as_the_naive_twin_says",
            Component.of("memory.Quota").with("take", without("tryCharge"))));
  }
}
