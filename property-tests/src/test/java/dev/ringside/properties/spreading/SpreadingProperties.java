// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.spreading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.aggregate.ActivePort;
import dev.ringside.aggregate.AggregatorState;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The ten properties of spreading over several active NICs, over random topologies and scripts. */
@LabPerTry
class SpreadingProperties {

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Scenarios.spreading();
  }

  @Provide
  Arbitrary<PortSelectionPolicy> policies() {
    return Topologies.portSelectionPolicies();
  }

  @Provide
  Arbitrary<List<Packet>> packets() {
    return PacketArbitraries.wellFormed().list().ofMaxSize(20);
  }

  // ---- bindings ----

  @Property
  void property_1_a_pair_of_guest_and_nic_has_one_function_at_most(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(
        lab,
        step -> {
          for (PhysicalNic nic : lab.host().pnics()) {
            List<String> owners = guests(lab.host(), nic);
            assertThat(owners).doesNotHaveDuplicates();
          }
        });
  }

  private static List<String> guests(Host host, PhysicalNic nic) {
    List<String> owners = new ArrayList<>();
    for (VirtualFunction function : nic.boundFunctions()) {
      String owner = function.owner();
      if (owner != null && host.hasVm(owner)) {
        owners.add(owner);
      }
    }
    return owners;
  }

  @Property
  void property_2_the_list_is_the_active_nics_with_a_mapping(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(
        lab,
        step -> {
          for (VirtualMachine vm : lab.host().vms()) {
            List<String> mapped = new ArrayList<>();
            for (PhysicalNic nic : lab.host().pnics()) {
              if (guests(lab.host(), nic).contains(vm.name())) {
                assertThat(nic.isActive()).isTrue();
                mapped.add(nic.name());
              }
            }
            assertThat(vm.aggregator().ports()).isEqualTo(mapped);
          }
        });
    assertThat(SpreadingLaws.listedAreActiveAndMapped(lab.journal().entries(), "aggr0")).isEmpty();
  }

  @Property
  void property_9_functions_in_use_and_free_are_all(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(
        lab,
        step -> {
          for (PhysicalNic nic : lab.host().pnics()) {
            int bound = nic.boundFunctions().size();
            int all = scenario.topology().nic().virtualFunctions();
            assertThat(bound).isLessThanOrEqualTo(all);
            assertThat(nic.freeFunction() == null).isEqualTo(bound == all);
          }
        });
    for (VirtualMachine vm : lab.host().vms()) {
      lab.host().removeVm(vm.name());
    }
    for (PhysicalNic nic : lab.host().pnics()) {
      assertThat(guests(lab.host(), nic)).isEmpty();
    }
  }

  // ---- connections ----

  @Property
  void properties_3_4_and_10_only_connections_of_a_nic_that_left_move(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    assertThat(SpreadingLaws.onlyTheHomelessMove(lab.journal().entries())).isEmpty();
  }

  @Property
  void property_3_packets_of_a_connection_keep_their_order_and_come_once(
      @ForAll("busy") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    Map<String, List<Integer>> flows = new LinkedHashMap<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && isSent(hop)) {
        int number = Sending.numberOf(hop.packet());
        String flow = hop.packet().sourceMac() + " " + hop.packet().destinationMac();
        flows.computeIfAbsent(flow, any -> new ArrayList<>()).add(number);
      }
    }
    for (List<Integer> numbers : flows.values()) {
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
  }

  /** Leaves the host; from then on it is a matter of cables. */
  private static boolean isSent(Hop hop) {
    return hop.stage() == Stage.WIRE
        && hop.fate() == Hop.Fate.PASSED
        && hop.detail().equals(" to network")
        && !hop.packet().isFragment()
        && Sending.numberOf(hop.packet()) != Sending.UNNUMBERED;
  }

  /** Cables are narrow, so packets wait in the rings of NICs that fail. */
  @Provide
  Arbitrary<Scenario> busy() {
    return Scenarios.of(Topologies.activeActive(), Action.failover(), Action.traffic())
        .map(
            scenario ->
                new Scenario(
                    scenario.topology(),
                    java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(
                                new dev.ringside.jqwik.scenario.Step(
                                    1, Action.BANDWIDTH, "", "", 1_000_000)),
                            scenario.steps().stream()
                                .filter(step -> step.action() != Action.UNPLUG))
                        .toList()));
  }

  @Property(tries = 200)
  void property_5_round_robin_gives_each_nic_as_many_but_one(
      @ForAll @IntRange(min = 1, max = 8) int pnics,
      @ForAll @IntRange(min = 0, max = 60) int connections) {
    int[] counts = new int[pnics];
    for (int i = 0; i < connections; i++) {
      counts[choose(PortSelectionPolicies.roundRobin(), packet(i), i, pnics)]++;
    }
    assertThat(spread(counts)).isLessThanOrEqualTo(1);
  }

  static int spread(int[] counts) {
    int most = 0;
    int least = Integer.MAX_VALUE;
    for (int count : counts) {
      most = Math.max(most, count);
      least = Math.min(least, count);
    }
    return most - least;
  }

  @Property(tries = 100)
  void property_5_in_a_lab_too(
      @ForAll @IntRange(min = 1, max = 4) int pnics,
      @ForAll @IntRange(min = 0, max = 30) int connections) {
    LabTopology topology =
        LabTopology.of(pnics, 1, VmSpec.named("vm1"))
            .withPortSelection(PortSelectionPolicies.roundRobin());
    try (Lab lab = Lab.of(topology)) {
      for (int i = 0; i < connections; i++) {
        lab.vm("vm1").send(Packets.udp().to(lab.wire()).fromPort(1 + i % 20).port(53));
      }
      int[] counts = new int[pnics];
      lab.vm("vm1")
          .aggregator()
          .placements()
          .forEach(placement -> counts[placement.through().charAt(1) - '0']++);
      assertThat(spread(counts)).isLessThanOrEqualTo(1);
    }
  }

  @Property(tries = 300)
  void property_6_a_hash_depends_on_the_packet_and_the_list_only(
      @ForAll("packets") List<Packet> packets,
      @ForAll("policies") PortSelectionPolicy policy,
      @ForAll @IntRange(min = 1, max = 8) int pnics,
      @ForAll Random order) {
    if (policy == PortSelectionPolicies.roundRobin()) {
      return; // it is no hash
    }
    assertThat(isPure(policy, packets, pnics, order)).isTrue();
  }

  static boolean isPure(PortSelectionPolicy policy, List<Packet> packets, int pnics, Random order) {
    Map<Packet, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < packets.size(); i++) {
      first.put(packets.get(i), choose(policy, packets.get(i), i, pnics));
    }
    List<Packet> again = new ArrayList<>(packets);
    Collections.shuffle(again, order);
    boolean pure = true;
    for (int i = 0; i < again.size(); i++) {
      pure &= first.get(again.get(i)) == choose(policy, again.get(i), i, pnics);
    }
    return pure;
  }

  private static int choose(PortSelectionPolicy policy, Packet packet, int number, int pnics) {
    List<ActivePort> ports = new ArrayList<>();
    for (int i = 0; i < pnics; i++) {
      ports.add(new ActivePort("p" + i, i, 0, 0));
    }
    return policy.choose(packet, number, ports).order();
  }

  static Packet packet(int connection) {
    return Packets.udp()
        .fromMac(dev.ringside.packet.MacAddress.of("02:00:00:00:00:01"))
        .toMac(dev.ringside.packet.MacAddress.of("02:00:00:00:00:02"))
        .from("192.0.2.1")
        .to("203.0.113.1")
        .fromPort(1 + connection)
        .port(53)
        .toPacket();
  }

  // ---- paths ----

  @Property
  void property_7_the_fast_path_passes_nothing_of_the_host(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);
    for (VirtualMachine vm : lab.host().vms()) {
      if (!vm.aggregator().ports().isEmpty()) {
        Packet packet = vm.send(Packets.udp().to(lab.wire()).fromPort(9).port(9));
        Trace trace = lab.trace(packet);
        assertThat(trace.passed(Stage.VIRTUAL_SWITCH)).isFalse();
        assertThat(trace.passed(Stage.HOLD_QUEUE)).isFalse();
        boolean waits = !trace.passed(Stage.VNIC); // until a NIC that hangs has sent what it holds
        assertThat(trace.passed(Stage.VIRTUAL_FUNCTION)).isEqualTo(!waits);
      }
    }
  }

  @Property
  void property_8_nothing_goes_through_a_function_of_a_nic_that_left(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    assertThat(SpreadingLaws.nothingThroughTheUnlisted(lab.journal().entries())).isEmpty();
  }

  // ---- the laws of every lab ----

  @Property
  void every_packet_has_one_fate_after_each_step(@ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(lab, step -> assertThat(lab.ledger().violations()).isEmpty());
    Scenario.settle(lab);

    assertThat(lab.ledger().violations()).isEmpty();
  }

  @Property
  void all_that_are_healthy_are_active_when_nothing_is_going_on(
      @ForAll("scenarios") Scenario scenario, Lab lab) {
    scenario.run(
        lab,
        step -> {
          Set<String> healthy = new LinkedHashSet<>();
          for (PhysicalNic nic : lab.host().pnics()) {
            if (nic.looksHealthy()) {
              healthy.add(nic.name());
            }
          }
          AggregatorState state = lab.host().aggregator().state();
          if (state == AggregatorState.NORMAL || state == AggregatorState.SWITCHED_ONLY) {
            assertThat(lab.host().aggregator().activeNames()).containsExactlyElementsOf(healthy);
          }
          for (PhysicalNic nic : lab.host().pnics()) {
            assertThat(nic.isActive())
                .isEqualTo(lab.host().aggregator().activeNames().contains(nic.name()));
          }
        });
    assertThat(lab.journal().events(EventKind.OPERATION_FAILED)).isEmpty();
  }

  @Property(tries = 100)
  void the_same_scenario_gives_the_same_journal(@ForAll("scenarios") Scenario scenario) {
    assertThat(journal(scenario)).isEqualTo(journal(scenario));
  }

  private static String journal(Scenario scenario) {
    try (Lab lab = Lab.of(scenario)) {
      scenario.run(lab);
      return lab.journal().entries().toString();
    }
  }
}
