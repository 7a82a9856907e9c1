// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S7;

import java.util.List;

/** What can be wrong with virtual machines that move. */
final class MigrationDefects {

  private static final String TWIN =
      "WholeLabProperties.rule_19_a_lab_in_which_all_is_over_at_once_does_what_its_twin_says";

  private MigrationDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S7,
            "nobody is told where a virtual machine is now",
            TWIN,
            Component.of("migration.Steps$Resume")
                .with("forward", without("VirtualMachine.announce"))),
        new Defect(
            S7,
            "the quota of a virtual machine that moves is left behind",
            TWIN,
            Component.of("host.Tenancy").with("takeIn", without("vmArrived"))),
        new Defect(
            S7,
            "the former host goes on answering for a virtual machine that has moved",
            TWIN,
            Component.of("host.Tenancy").with("lambda$move$*", without("removePort"))),
        new Defect(
            S7,
            "tables do not follow a virtual machine that moves",
            TWIN,
            Component.of("host.Tenancy").with("lambda$move$*", without("Site.left"))),
        new Defect(
            S7,
            "nothing is kept for a virtual machine that stands still",
            "MigrationProperties.law_8_no_more_is_lost_than_the_buffer_is_short_of",
            Component.of("migration.Steps$Suspend")
                .with("forward", without("MigrationConfig.buffer"))),
        new Defect(
            S7,
            "virtual routers are left when nobody needs them",
            "MigrationProperties.laws_4_5_and_9_routers_and_tables_are_as_they_are_needed",
            Component.of("migration.VirtualRouters").with("reconcile", without("leaveAllBut"))));
  }
}
