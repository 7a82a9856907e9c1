// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.opposite;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.unread;
import static dev.ringside.properties.defects.Edits.unwritten;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.ALL;

import java.util.List;

/** What can be wrong with rings, filters, switches and cables. */
final class CommonDefects {

  private CommonDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            ALL,
            "the spoof check is off",
            "EnforcementProperties.a_packet_of_the_guest_meets_the_settings_of_its_function",
            Component.of("nic.FunctionPath")
                .with("refusal", unread("FunctionSettings.spoofCheck"))),
        new Defect(
            ALL,
            "a guest may say its own VLAN",
            "EnforcementProperties.a_packet_of_the_guest_meets_the_settings_of_its_function",
            Component.of("nic.FunctionPath").with("refusal", without("Packet.vlanId"))),
        new Defect(
            ALL,
            "a card takes frames of any VLAN",
            "EnforcementProperties.a_packet_for_the_guest_meets_the_settings_of_its_function",
            Component.of("nic.FrameFilter").with("takesVlan", returns(1))),
        new Defect(
            ALL,
            "a flood goes into all VLANs",
            "SwitchingProperties.switch_and_twin_send_the_same_frames",
            Component.of("bridge.LearningSwitch").with("flood", answered("VlanMode.carries", 1))),
        new Defect(
            ALL,
            "a switch never forgets",
            "SwitchingProperties.switch_and_twin_send_the_same_frames",
            Component.of("bridge.LearningSwitch").with("oldest", returns(0))),
        new Defect(
            ALL,
            "a frame goes back where it came from",
            "EnforcementProperties.a_guest_does_not_exceed_its_rate_by_more_than_a_packet",
            Component.of("bridge.LearningSwitch").with("flood", opposite(2))),
        new Defect(
            ALL,
            "a packet vanishes without a word",
            "ConservationProperties.the_law_holds_after_each_step_whatever_happens",
            Component.of("nic.FunctionPath").with("accept", without("Receiver.accept"))),
        new Defect(
            ALL,
            "a ring that grows forgets its order",
            "EnforcementProperties.a_guest_does_not_exceed_its_rate_by_more_than_a_packet",
            Component.of("ring.Ring").with("grow", unwritten("head"))),
        new Defect(
            ALL,
            "a full ring does not count what it refuses",
            "BoundsProperties.what_waits_for_a_guest_is_bounded_by_its_ring",
            Component.of("nic.RingGroup").with("enqueue(Packet, int)", without("World.dropped"))),
        new Defect(
            ALL,
            "a link that is disabled carries frames",
            "EnforcementProperties.a_packet_of_the_guest_meets_the_settings_of_its_function",
            Component.of("nic.FunctionPath").with("isLinkDown", returns(0))),
        new Defect(
            ALL,
            "rates are not enforced",
            "EnforcementProperties.a_guest_does_not_exceed_its_rate_by_more_than_a_packet",
            Component.of("nic.TransmitRing").with("maySend", answered("Pacer.isFree", 1))),
        new Defect(
            ALL,
            "frames for other stations get through",
            "ConservationProperties.in_a_healthy_lab_every_packet_arrives_somewhere_in_the_end",
            Component.of("virt.Vnic").with("acceptSwitched", without("dropped"))));
  }
}
