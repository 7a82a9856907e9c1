// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The eleven properties of active/standby failover, over random topologies and scripts. The fifth
 * and sixth, about packets, are in {@link FailoverTrafficProperties}.
 */
@LabPerTry
class FailoverProperties {

  /** What has no effect when it is done again at once. */
  private static final Set<Action> IDEMPOTENT =
      EnumSet.of(
          Action.FAIL,
          Action.REPAIR,
          Action.HANG,
          Action.LINK_DOWN,
          Action.LINK_UP,
          Action.UNPLUG,
          Action.PLUG,
          Action.SWITCH_TO);

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.failover();
  }

  @Property
  void property_1_at_most_one_nic_is_active_and_one_is_when_one_is_healthy(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    Host host = lab.host();
    scenario.run(
        lab,
        step -> {
          int active = 0;
          for (PhysicalNic nic : host.pnics()) {
            active += nic.isActive() ? 1 : 0;
          }
          assertThat(active).isLessThanOrEqualTo(1);
          if (isAtRest(host) && isAnyHealthy(host)) {
            assertThat(active).isEqualTo(1);
          }
        });
    assertThat(JournalLaws.oneActive(lab.journal().entries())).isEmpty();
  }

  @Property
  void property_2_a_mapping_is_to_the_active_nic_only(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(
        lab,
        step -> {
          for (VirtualMachine vm : lab.host().vms()) {
            String through = vm.directAccessThrough();
            assertThat(through == null || lab.host().pnic(through).isActive()).isTrue();
          }
        });
    assertThat(JournalLaws.mappedToTheActive(lab.journal().entries())).isEmpty();
  }

  @Property
  void property_3_the_steps_follow_their_order(@ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    assertThat(JournalLaws.stepsInOrder(lab.journal().entries())).isEmpty();
  }

  @Property
  void property_4_a_deactivated_nic_sends_nothing(@ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    assertThat(JournalLaws.silentWhenInactive(lab.journal().entries())).isEmpty();
  }

  @Property
  void property_7_a_guest_keeps_its_addresses(@ForAll("scenarios") Scenario scenario, Lab lab) {
    Map<VirtualMachine, Endpoint> first = new LinkedHashMap<>();
    scenario.run(
        lab,
        step -> {
          for (VirtualMachine vm : lab.host().vms()) {
            Endpoint now = Endpoint.of(vm.name(), vm.mac(), vm.ipv4(), vm.ipv6());
            assertThat(first.computeIfAbsent(vm, absent -> now)).isEqualTo(now);
          }
          assertThat(functionsWithAnotherMac(lab.host())).isEmpty();
        });
    for (Packet packet : lab.wire().received()) {
      assertThat(first.keySet())
          .anyMatch(vm -> packet.sourceMac().equals(vm.mac()) || packet.isMalformed());
    }
  }

  private static List<VirtualFunction> functionsWithAnotherMac(Host host) {
    List<VirtualFunction> wrong = new ArrayList<>();
    for (PhysicalNic nic : host.pnics()) {
      for (VirtualFunction function : nic.virtualFunctions()) {
        String owner = function.owner();
        if (owner != null && host.hasVm(owner) && !function.mac().equals(host.vm(owner).mac())) {
          wrong.add(function);
        }
      }
    }
    return wrong;
  }

  @Property
  void property_8_there_is_no_uplink_if_and_only_if_no_nic_is_healthy(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    Host host = lab.host();
    scenario.run(
        lab,
        step -> {
          boolean noUplink = host.aggregator().state() == AggregatorState.NO_UPLINK;
          if (isAtRest(host)) {
            assertThat(noUplink).isEqualTo(!isAnyHealthy(host));
          }
          if (noUplink) {
            assertThat(localDeliveryFaults(lab)).isEmpty();
          }
        });
  }

  private static List<String> localDeliveryFaults(Lab lab) {
    List<String> faults = new ArrayList<>();
    List<VirtualMachine> vms = lab.host().vms();
    for (int i = 1; i < vms.size(); i++) {
      VirtualMachine from = vms.get(i - 1);
      VirtualMachine to = vms.get(i);
      to.resume();
      long before = to.inbox().received();
      from.send(Packets.udp().to(to));
      long arrived = to.inbox().received() - before;
      if (from.vlan() == to.vlan() && arrived != 1) {
        faults.add(from.name() + " to " + to.name() + " arrived " + arrived + " times");
      }
    }
    return faults;
  }

  @Property
  void property_9_to_report_something_again_changes_nothing(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    try (Lab other = Lab.of(scenario.topology())) {
      for (Step step : scenario.steps()) {
        step.run(other);
        if (IDEMPOTENT.contains(step.action())) {
          step.run(other);
        }
        other.host().pnics().forEach(other.host()::stateChanged);
      }
      assertThat(other.journal().toText()).isEqualTo(lab.journal().toText());
    }
  }

  @Property
  void property_10_no_virtual_function_is_lost(@ForAll("scenarios") Scenario scenario, Lab lab) {
    Host host = lab.host();
    scenario.run(
        lab,
        step -> {
          for (PhysicalNic nic : host.pnics()) {
            assertThat(nic.virtualFunctions())
                .hasSize(scenario.topology().nic().virtualFunctions());
          }
          assertThat(boundToGuests(host)).isEqualTo(guestsWithDirectAccess(host));
        });
    List.copyOf(host.vms()).forEach(vm -> host.removeVm(vm.name()));
    assertThat(boundToGuests(host)).isZero();
  }

  private static long boundToGuests(Host host) {
    long bound = 0;
    for (PhysicalNic nic : host.pnics()) {
      for (VirtualFunction function : nic.virtualFunctions()) {
        bound += function.owner() != null && !"tenant".equals(function.owner()) ? 1 : 0;
      }
    }
    return bound;
  }

  private static long guestsWithDirectAccess(Host host) {
    return host.vms().stream().filter(vm -> vm.directAccessThrough() != null).count();
  }

  @Property
  void property_11_no_guest_stays_switched_while_a_function_is_free(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    Host host = lab.host();
    scenario.run(
        lab,
        step -> {
          String active = host.aggregator().activeName();
          if (isAtRest(host) && active != null && host.pnic(active).freeFunction() != null) {
            assertThat(switchedGuests(scenario, host)).isEmpty();
          }
        });
  }

  private static List<String> switchedGuests(Scenario scenario, Host host) {
    List<String> switched = new ArrayList<>();
    for (VirtualMachine vm : host.vms()) {
      boolean wants =
          scenario.topology().vms().stream()
              .noneMatch(spec -> spec.name().equals(vm.name()) && !spec.direct());
      if (wants && vm.directAccessThrough() == null) {
        switched.add(vm.name());
      }
    }
    return switched;
  }

  private static boolean isAtRest(Host host) {
    return switch (host.aggregator().state()) {
      case NORMAL, SWITCHED_ONLY, NO_UPLINK -> true;
      default -> false;
    };
  }

  private static boolean isAnyHealthy(Host host) {
    LinkAggregator aggregator = host.aggregator();
    return aggregator.memberNames().stream().anyMatch(aggregator::isHealthy);
  }
}
