// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.properties.interactions.InteractionLabs.large;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.memory.Quota;
import dev.ringside.memory.TargetKind;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules 7 and 8: what monitors pay for, and what they see of direct access. */
class MonitorRulesTest {

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  // ---- rule 7: monitors and quotas ----

  @Test
  void rule_07_user_memory_is_charged_at_registration_to_the_monitor_and_to_no_target() {
    Lab lab = labs.open(host -> host.virtualFunctions(1).vms("web").memory(bytes(10_000)));
    Quota ofWeb = lab.host().memory().reserve("web", bytes(3_000));

    Monitor monitor = lab.host().monitor(udp().port(53), userMemory(slots(4).of(1_500)));
    Quota ofMonitor = lab.host().memory().quota("monitor0");
    assertThat(ofMonitor).hasUsed(6_000).hasLimit(6_000);
    assertThat(ofMonitor.kind()).isEqualTo(TargetKind.MONITOR);
    for (int i = 0; i < 4; i++) {
      lab.wire().send(large(53, lab.vm("web")));
    }

    assertThat(monitor).captured(4);
    assertThat(ofMonitor).as("as before the packets").hasUsed(6_000);
    assertThat(ofWeb).hasUsed(0).hasNeverUsedMoreThan(0);
    assertThat(ofWeb.grants()).isZero();
    assertThat(lab.host().memory().unassigned()).isEqualTo(1_000);
    assertThatThrownBy(() -> lab.host().monitor(udp(), userMemory(slots(1).of(1_001))))
        .isInstanceOf(IllegalStateException.class);
    monitor.close();
    assertThat(lab.host().memory().unassigned()).isEqualTo(7_000);
  }

  // ---- rule 8: monitors and direct access ----

  @Test
  void rule_08_the_rule_is_in_each_pnics_classifier_since_functions_pass_the_hosts_vnic_by() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(3)
                    .virtualFunctions(1)
                    .vms("web")
                    .portSelection(PortSelectionPolicies.roundRobin()));
    VirtualMachine web = lab.vm("web");
    Monitor monitor = lab.host().monitor(udp().port(53), userMemory(slots(64)));
    assertThat(monitor).isOn("p0", "p1", "p2");
    assertThat(lab.host().pnics()).allMatch(nic -> nic.classifier().monitoring().size() == 1);

    for (int i = 1; i <= 40; i++) {
      lab.wire().send(small(53, web).fromPort(i));
    }
    Packet other = lab.wire().send(small(54, web));

    assertThat(monitor).captured(40).withOneCopyEach();
    assertThat(lab.host().pnics()).allMatch(nic -> nic.counters().receivedPackets() > 0);
    assertThat(lab.trace(other))
        .passed(Stage.VIRTUAL_FUNCTION)
        .neverPassed(Stage.VIRTUAL_SWITCH)
        .wasDelivered();
    assertThat(numbers(web.received())).containsExactly(54);
  }

  @Test
  void rule_08_a_failover_programs_the_next_pnic_and_loses_what_was_in_the_ring() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web"));
    Monitor monitor =
        lab.host().monitor(udp().port(53), userMemory(slots(8)), MonitorConfig.polled());
    for (int i = 0; i < 3; i++) {
      lab.wire().send(small(53, lab.vm("web")));
    }
    assertThat(monitor.ring("p0").size()).isEqualTo(3);

    lab.host().pnic("p0").fail();
    lab.wire().send(small(53, lab.vm("web")));

    assertThat(monitor).isOn("p1");
    assertThat(monitor.ring("p0").account().dropped(DropReason.PNIC_FAILED)).isEqualTo(3);
    assertThat(monitor.ring("p1").size()).isEqualTo(1);
    assertThat(lab.host().pnic("p0").classifier().monitoring()).isEmpty();
    assertThat(lab.journal())
        .containsInOrder(
            Event.monitorInstalled("monitor0", "p1"),
            Event.pnicActivated("p1"),
            Event.functionMapped("web", "p1"));
    assertThat(lab.vm("web")).receivedNothing();
  }
}
