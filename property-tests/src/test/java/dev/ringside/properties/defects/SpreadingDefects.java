// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.twice;
import static dev.ringside.properties.defects.Edits.unwritten;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S2;

import java.util.List;

/** What can be wrong with several active cards and the agreement about them. */
final class SpreadingDefects {

  private SpreadingDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S2,
            "connections are not sticky",
            "SpreadingProperties.properties_3_4_and_10_only_connections_of_a_nic_that_left_move",
            Component.of("aggregate.VirtualLinkAggregator")
                .with("portOf", without("ConnectionTable.find"))),
        new Defect(
            S2,
            "connections of a card that left stay there",
            "LacpProperties.after_quiet_time_both_ends_use_the_same_ports",
            Component.of("aggregate.VirtualLinkAggregator")
                .with("portOf", answered("VirtualLinkAggregator.move", 1))
                .with("move", returns(1))),
        new Defect(
            S2,
            "a card that left stays in the list",
            "SpreadingProperties.properties_3_4_and_10_only_connections_of_a_nic_that_left_move",
            Component.of("aggregate.VirtualLinkAggregator")
                .with("leave", without("PortList.remove"))),
        new Defect(
            S2,
            "round robin does not count",
            "SpreadingProperties.property_5_in_a_lab_too",
            Component.of("aggregate.VirtualLinkAggregator").with("ask", unwritten("asked"))),
        new Defect(
            S2,
            "a card joins the list before its mapping",
            "SpreadingProperties.property_2_the_list_is_the_active_nics_with_a_mapping",
            Component.of("host.SpreadGuest").with("map", without("VirtualFunction.bind"))),
        new Defect(
            S2,
            "the mapping to a card that left stays",
            "SpreadingProperties.property_2_the_list_is_the_active_nics_with_a_mapping",
            Component.of("aggregate.Spreading").with("leave", without("Client.unmap"))),
        new Defect(
            S2,
            "what a failed card had not sent goes out twice",
            "LacpProperties.data_goes_only_where_its_sender_distributes",
            Component.of("aggregate.Uplink").with("keepUnsent", twice("HoldQueue.holdUnsent"))),
        new Defect(
            S2,
            "a repaired card does not join",
            "LacpProperties.after_quiet_time_with_healthy_links_all_ports_carry_traffic",
            Component.of("aggregate.Spreading").with("repaired", without("join"))),
        new Defect(
            S2,
            "a port distributes before its partner collects",
            "LacpProperties.ports_that_distribute_have_heard_one_partner_that_collects",
            Component.of("lacp.MuxMachine").with("step", answered("PortInformation.has", 1))),
        new Defect(
            S2,
            "more ports are selected than are allowed",
            "LacpProperties.after_quiet_time_with_healthy_links_all_ports_carry_traffic",
            Component.of("lacp.Selection").with("rank", returns(0))),
        new Defect(
            S2,
            "a port with another key joins",
            "LacpProperties.ports_that_distribute_have_heard_one_partner_that_collects",
            Component.of("lacp.Selection").with("choose", answered("AggregateId.equals", 1))),
        new Defect(
            S2,
            "a card that left goes on sending",
            "SpreadingProperties.all_that_are_healthy_are_active_when_nothing_is_going_on",
            Component.of("aggregate.Spreading").with("leave", without("Member.deactivate"))),
        new Defect(
            S2,
            "a port believes its partner forever",
            "LacpProperties.who_hears_nothing_stops_distributing_and_goes_on_when_it_hears_again",
            Component.of("lacp.ReceiveMachine").with("timedOut", without("expire"))),
        new Defect(
            S2,
            "a port believes its partner no longer than it would without hearing it",
            "LacpProperties.while_nothing_happens_nothing_that_was_agreed_on_changes",
            Component.of("lacp.ReceiveMachine").with("accept", without("Alarm.start"))));
  }
}
