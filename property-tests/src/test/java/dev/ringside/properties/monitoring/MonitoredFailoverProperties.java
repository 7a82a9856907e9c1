// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.monitor.Batch;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.Verdict;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Monitors on hosts whose cards fail, whose guests come and go and have direct access or not. */
@LabPerTry
class MonitoredFailoverProperties {

  private static final UdpSpec NUMBERED = udp().port(Sending.PORT);

  @Provide
  Arbitrary<Scenario> failovers() {
    return Scenarios.failover();
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.any();
  }

  @Property(tries = 80)
  void the_rule_is_on_the_active_card_and_on_no_other(
      @ForAll("failovers") Scenario scenario, Lab lab) {
    Monitor monitor = lab.host().monitor(NUMBERED, userMemory(slots(8)));
    scenario.run(
        lab,
        step -> {
          String active = lab.host().aggregator().activeName();
          assertThat(monitor.cards()).isEqualTo(active == null ? List.of() : List.of(active));
        });
    Scenario.settle(lab);
    assertThat(lab.ledger().violations()).isEmpty();
  }

  @Property(tries = 80)
  void what_is_watched_never_comes_from_the_wire_to_a_guest(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    lab.host().monitor(NUMBERED, userMemory(slots(8)));
    scenario.run(
        lab,
        step -> {
          for (VirtualMachine vm : lab.host().vms()) {
            assertThat(vm.received())
                .noneMatch(packet -> NUMBERED.from(lab.wire().ipv4()).matches(packet));
          }
        });
  }

  @Property(tries = 80)
  void a_monitor_that_lets_everything_go_on_at_once_changes_nothing_for_guests(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    MonitorConfig transparent = MonitorConfig.DEFAULT.verdict(Verdict.REINJECT);
    lab.host().monitor(NUMBERED, userMemory(slots(1)), transparent).onBatch(Batch::release);
    try (Lab other = Lab.of(scenario.topology())) {
      scenario.run(lab);
      scenario.run(other);
      Scenario.settle(lab);
      Scenario.settle(other);
      assertThat(received(lab)).isEqualTo(received(other));
    }
  }

  private static Map<String, List<String>> received(Lab lab) {
    Map<String, List<String>> received = new LinkedHashMap<>();
    for (VirtualMachine vm : lab.host().vms()) {
      List<String> numbers = new ArrayList<>();
      for (Packet packet : vm.received()) {
        numbers.add(packet.sourceIp() + " " + Sending.numberOf(packet));
      }
      received.put(vm.name(), numbers);
    }
    return received;
  }
}
