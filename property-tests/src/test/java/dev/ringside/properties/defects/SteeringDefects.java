// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.delayed;
import static dev.ringside.properties.defects.Edits.insteadOf;
import static dev.ringside.properties.defects.Edits.opcode;
import static dev.ringside.properties.defects.Edits.opposite;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S6;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** What can be wrong with standby rings and software rings. */
final class SteeringDefects {

  private SteeringDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S6,
            "the standby ring is drained by the host",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("nic.StandbyRing").with("<init>", without("neverInterrupt"))),
        new Defect(
            S6,
            "a signature stands behind the others",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Card")
                .with("steerInto", insteadOf("FlowTable.prepend", "append"))),
        new Defect(
            S6,
            "a card takes over without the signatures",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Steering").with("activating", without("Card.installAnyhow"))),
        new Defect(
            S6,
            "what was contained stays in the ring when the attack is over",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Card").with("remove", without("StandbyRing.discard"))),
        new Defect(
            S6,
            "two attacks get one ring",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Card").with("isUsed", returns(0))),
        new Defect(
            S6,
            "without a free ring nothing is contained",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Placement").with("install", without("SoftwareRings.contain"))),
        new Defect(
            S6,
            "the quarantine is served while others wait",
            "QuarantineProperties.a_tick_takes_at_most_the_budget_and_nothing_while_anything_good_waits",
            Component.of("steering.Quarantine").with("isHostIdle", returns(1))),
        new Defect(
            S6,
            "a software ring gives everything to the switch",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("virt.SoftwareRing").with("sinkOf", opposite(1))),
        new Defect(
            S6,
            "a ring that is free again is not used",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("steering.Card").with("remove", without("promote"))),
        new Defect(
            S6,
            "a contained packet goes on to its guest, too",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("nic.HardwareClassifier")
                .with("isDecidedBefore", answered("FlowRules.decides", 0))),
        new Defect(
            S6,
            "a full standby ring refuses without a word",
            "SteeringTwinProperties.every_packet_ends_where_the_twin_says",
            Component.of("nic.StandbyRing").with("accept", without("World.dropped"))),
        new Defect(
            S6,
            "a card takes over and gets its signatures too late",
            "ContainmentProperties.a_card_has_all_signatures_before_it_is_active",
            Component.of("nic.PhysicalNic")
                .with("activate", delayed("NicListener.activating", "NicState.setActive"))),
        new Defect(
            S6,
            "the quarantine has no budget",
            "QuarantineProperties.attacks_that_share_a_quarantine_share_its_budget",
            Component.of("steering.Quarantine").with("run", opcode(Opcodes.ISUB, Opcodes.IADD))),
        new Defect(
            S6,
            "a guest that polls is called all the same",
            "SoftwareRingProperties.each_guest_gets_its_own_packets_in_the_order_in_which_they_came",
            Component.of("virt.SoftwareReceiveRing").with("isIdle", returns(1))));
  }
}
