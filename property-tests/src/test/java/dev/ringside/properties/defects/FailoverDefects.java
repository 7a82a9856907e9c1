// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.first;
import static dev.ringside.properties.defects.Edits.twice;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S3;

import java.util.List;

/** What can be wrong when another card takes over. */
final class FailoverDefects {

  private FailoverDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S3,
            "functions are mapped before their card is active",
            "FailoverProperties.property_2_a_mapping_is_to_the_active_nic_only",
            Component.of("aggregate.Failover")
                .with(
                    "swap", first("mapClients", "chosen", "dev.ringside.aggregate.MemberHealth"))),
        new Defect(
            S3,
            "the former card stays active",
            "FailoverProperties.property_1_at_most_one_nic_is_active_and_one_is_when_one_is_healthy",
            Component.of("aggregate.Failover")
                .with("deactivateActive", without("Member.deactivate"))),
        new Defect(
            S3,
            "mappings to the failed card stay",
            "FailoverProperties.property_10_no_virtual_function_is_lost",
            Component.of("aggregate.Failover").with("removeMappings", without("Client.unmap"))),
        new Defect(
            S3,
            "nobody is told where the guests are now",
            "FailoverTrafficProperties.a_packet_arrives_at_once_if_and_only_if_the_twin_says_so",
            Component.of("aggregate.Failover").with("swap", without("Announcer.announce"))),
        new Defect(
            S3,
            "the filters of the new card are empty",
            "FailoverTrafficProperties.a_packet_arrives_at_once_if_and_only_if_the_twin_says_so",
            Component.of("aggregate.Failover").with("swap", without("Client.admit"))),
        new Defect(
            S3,
            "what is held goes out twice",
            "FailoverTrafficProperties.properties_5_and_6_a_packet_arrives_once_and_in_order_or_is_lost_for_two_reasons",
            Component.of("aggregate.Uplink").with("flushMore", twice("Uplink.send"))),
        new Defect(
            S3,
            "a function that is free again is not mapped",
            "FailoverProperties.property_11_no_guest_stays_switched_while_a_function_is_free",
            Component.of("aggregate.Failover").with("functionReleased", without("mapClients"))),
        new Defect(
            S3,
            "the first repaired card is not activated",
            "FailoverTrafficProperties.a_packet_arrives_at_once_if_and_only_if_the_twin_says_so",
            Component.of("aggregate.Failover").with("repaired", without("chooseAgain"))),
        new Defect(
            S3,
            "a function leaks when it is unmapped",
            "FailoverProperties.property_10_no_virtual_function_is_lost",
            Component.of("host.Guest").with("unmap()", without("VirtualFunction.unbind"))),
        new Defect(
            S3,
            "the former card is deactivated before another one is chosen",
            "FailoverProperties.property_3_the_steps_follow_their_order",
            Component.of("aggregate.Failover").with("choose", first("deactivateActive"))),
        new Defect(
            S3,
            "what the failed card had not sent is lost",
            "FailoverTrafficProperties.property_6_what_a_failed_card_had_not_sent_is_sent_by_the_next",
            Component.of("aggregate.Failover").with("takeBackUnsent", without("Uplink.takeBack"))));
  }
}
