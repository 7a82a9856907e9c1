// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.insteadOf;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.unread;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S8;

import java.util.List;

/** What can be wrong with proxies and their channels. */
final class ProxyDefects {

  private ProxyDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S8,
            "a full channel does not make anybody wait",
            "ProxyProperties.two_guests_that_flood_each_other_under_quota_never_deadlock",
            Component.of("virt.Channel").with("blocks", returns(0))),
        new Defect(
            S8,
            "a channel takes more than its capacity",
            "ProxyProperties.two_guests_that_flood_each_other_under_quota_never_deadlock",
            Component.of("virt.Channel").with("accept", unread("capacity"))),
        new Defect(
            S8,
            "room in a channel wakes nobody",
            "ProxyProperties.law_3_tables_are_symmetric",
            Component.of("virt.Channel").with("drain", without("wakeSenders"))),
        new Defect(
            S8,
            "addresses of a guest that is gone stay in the tables",
            "ProxyProperties.law_3_tables_are_symmetric",
            Component.of("virt.ProxySwitch").with("forget", without("ProxyTable.removeAll"))),
        new Defect(
            S8,
            "a broadcast comes a second time by the uplink",
            "ProxyProperties.two_guests_that_flood_each_other_under_quota_never_deadlock",
            Component.of("virt.ProxySwitch").with("isOfPeer", returns(0))),
        new Defect(
            S8,
            "the receiver is not charged",
            "ProxyProperties.two_guests_that_flood_each_other_under_quota_never_deadlock",
            Component.of("virt.ProxySwitch").with("takesFromProxy", returns(1))),
        new Defect(
            S8,
            "a guest that resumes does not ask the channels",
            "ProxyProperties.law_3_tables_are_symmetric",
            Component.of("virt.ProxySwitch").with("guestReady", without("receiverReady"))),
        new Defect(
            S8,
            "the channel of a guest that is gone stays open",
            "ProxyProperties.law_1_unicasts_reach_exactly_the_one_they_are_for",
            Component.of("virt.ProxySwitch").with("shutDown", without("Channel.close"))),
        new Defect(
            S8,
            "newcomers are not told who is there",
            "ProxyProperties.law_3_tables_are_symmetric",
            Component.of("host.Proxies").with("added", without("tell"))),
        new Defect(
            S8,
            "a guest that waits to send does not receive",
            "ProxyProperties.two_guests_that_flood_each_other_under_quota_never_deadlock",
            Component.of("virt.GuestVnic").with("isReady", returns(0))),
        new Defect(
            S8,
            "a unicast is flooded to all proxies",
            "ProxyProperties.law_11_nobody_sees_what_is_for_others",
            Component.of("virt.ProxySwitch")
                .with("acceptFromGuest", answered("MacAddress.isMulticast", 1))),
        new Defect(
            S8,
            "a packet overtakes those that wait for the channel",
            "ProxyProperties.law_4_guests_keep_order_over_all_peers",
            Component.of("virt.GuestVnic").with("depart", answered("Ring.isEmpty", 1))),
        new Defect(
            S8,
            "a guest may send under any address",
            "ProxyProperties.nobody_sends_under_the_address_of_another",
            Component.of("virt.ProxySwitch").with("refusal", unread("linkProtection"))),
        new Defect(
            S8,
            "a proxy hands a broadcast on to the others (no split horizon)",
            "ProxyProperties.law_5_broadcasts_reach_all_others_once",
            Component.of("virt.ProxySwitch")
                .with("acceptFromProxy", insteadOf("ProxySwitch.toGuest", "replicate"))));
  }
}
