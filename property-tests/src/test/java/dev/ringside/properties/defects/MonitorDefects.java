// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static dev.ringside.properties.defects.Edits.answered;
import static dev.ringside.properties.defects.Edits.opposite;
import static dev.ringside.properties.defects.Edits.returns;
import static dev.ringside.properties.defects.Edits.twice;
import static dev.ringside.properties.defects.Edits.without;
import static dev.ringside.properties.defects.NumberedSystem.S10;

import java.util.List;

/** What can be wrong with monitors. */
final class MonitorDefects {

  private MonitorDefects() {}

  static List<Defect> all() {
    return List.of(
        new Defect(
            S10,
            "packets are copied twice",
            "MonitoringProperties.what_is_captured_comes_straight_from_the_card_with_one_copy",
            Component.of("monitor.UserMemory").with("store", twice("UserMemory.copy"))),
        new Defect(
            S10,
            "a monitored packet goes on, too",
            "MonitoringProperties.order_is_kept_in_memory_and_on_the_second_wire",
            Component.of("nic.HardwareClassifier")
                .with("isDecidedBefore", answered("FlowRules.decides", 0))),
        new Defect(
            S10,
            "a slot is overwritten before it is released",
            "MonitoringProperties.the_rest_leaves_when_it_would_have_left_without_the_load_on_the_monitor",
            Component.of("monitor.UserMemory").with("isFull", returns(0))),
        new Defect(
            S10,
            "what is blocked goes on, and what is passed does not",
            "MonitoringProperties.order_is_kept_in_memory_and_on_the_second_wire",
            Component.of("monitor.Transfer").with("release", opposite(1))),
        new Defect(
            S10,
            "the rule of a dead application stays",
            "MonitoringProperties.without_the_rule_the_host_is_a_pure_bridge",
            Component.of("monitor.Monitor").with("leave", without("Taps.removeAll"))),
        new Defect(
            S10,
            "the rule of a stopped monitor stays",
            "MonitoringProperties.without_the_rule_the_host_is_a_pure_bridge",
            Component.of("monitor.Tap").with("remove", without("Rule.remove"))),
        new Defect(
            S10,
            "a card takes over without the rules",
            "MonitoredFailoverProperties.the_rule_is_on_the_active_card_and_on_no_other",
            Component.of("host.Monitoring").with("activating", without("attachAll"))),
        new Defect(
            S10,
            "a full ring of the monitor refuses without a word",
            "MonitoringProperties.order_is_kept_in_memory_and_on_the_second_wire",
            Component.of("monitor.MonitorRing").with("enqueue", without("World.dropped"))),
        new Defect(
            S10,
            "the oldest packet is shown last",
            "MonitoringProperties.order_is_kept_in_memory_and_on_the_second_wire",
            Component.of("monitor.UserMemory").with("append", opposite(1))),
        new Defect(
            S10,
            "more is moved into memory than was asked for",
            "MonitoringProperties.it_goes_as_the_naive_twin_says",
            Component.of("monitor.Transfer").with("take", without("unseen"))),
        new Defect(
            S10,
            "a slot that is released wakes nobody",
            "MonitoringProperties.it_goes_as_the_naive_twin_says",
            Component.of("monitor.Monitor").with("release", without("Notices.check"))),
        new Defect(
            S10,
            "a new rule does not take effect",
            "MonitoringProperties.another_rule_takes_what_it_says_from_now_on_and_nothing_else",
            Component.of("monitor.Tap").with("replace", without("Rule.replace"))));
  }
}
