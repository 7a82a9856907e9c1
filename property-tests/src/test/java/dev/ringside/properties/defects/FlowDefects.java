// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.opcode;
import static dev.ringside.properties.defects.Edits.opposite;
import static dev.ringside.properties.defects.Edits.twice;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S9;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** What can be wrong with flow tables. */
final class FlowDefects {

  private FlowDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S9,
            "the default of the entry that led to a table is not used",
            "FlowProperties.a_table_decides_as_a_walk_from_entry_to_entry_and_calls_the_same_functions",
            Component.of("flow.FlowDecision").with("step", without("ToTable.otherwise"))),
        new Defect(
            S9,
            "the last entry that matches decides",
            "FlowProperties.an_entry_behind_those_that_match_changes_nothing",
            Component.of("flow.FlowIndex").with("findInAll", opposite(2))),
        new Defect(
            S9,
            "a removed entry goes on deciding",
            "FlowProperties.an_entry_that_was_added_and_removed_leaves_nothing_behind",
            Component.of("flow.FlowTable").with("remove", without("FlowIndex.remove"))),
        new Defect(
            S9,
            "longer prefixes do not come first",
            "FlowProperties.entries_stand_in_the_order_of_the_twin",
            Component.of("flow.Places").with("byRule", without("addressBits"))),
        new Defect(
            S9,
            "a walk sees changes that are made under it",
            "FlowProperties.a_packet_sees_one_version_whatever_a_matcher_changes",
            Component.of("flow.FlowTable").with("writable", answered("TableFamily.isWalked", 0))),
        new Defect(
            S9,
            "a mirror makes two copies",
            "FlowProperties.a_table_decides_as_a_walk_from_entry_to_entry_and_calls_the_same_functions",
            Component.of("flow.FlowIndex").with("ask", twice("FlowDecision.addMirror"))),
        new Defect(
            S9,
            "a replaced entry loses its place",
            "FlowProperties.entries_stand_in_the_order_of_the_twin",
            Component.of("flow.FlowTable")
                .with(
                    "replace(FlowEntry, PacketMatcher, Destination)", without("FlowEntry.place"))),
        new Defect(
            S9,
            "matchers behind the decision are asked, too",
            "FlowProperties.a_packet_sees_one_version_whatever_a_matcher_changes",
            Component.of("flow.FlowIndex").with("ask", opposite(2))),
        new Defect(
            S9,
            "highest priorities come last",
            "FlowProperties.priorities_decide_as_a_walk_from_the_highest_down",
            Component.of("flow.Places").with("byPriority", opcode(Opcodes.ISUB, Opcodes.IADD))),
        new Defect(
            S9,
            "a matcher that fails does not match",
            "FlowProperties.a_matcher_that_fails_ends_the_walk_and_no_other_entry_decides",
            Component.of("flow.FlowDecision").with("asks", without("failed"))),
        new Defect(
            S9,
            "the same match is added twice",
            "FlowProperties.the_same_match_is_refused_a_second_time_and_changes_nothing",
            Component.of("flow.FlowTable").with("checkNew", without("FlowIndex.findEqual"))));
  }
}
