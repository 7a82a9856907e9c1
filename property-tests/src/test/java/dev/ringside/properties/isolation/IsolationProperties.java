// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.isolation;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.Traffic;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What one guest does is no other's business. */
@LabPerTry
class IsolationProperties {

  private static final LabTopology NEIGHBOURS =
      LabTopology.of(2, 2, VmSpec.named("vm1"), VmSpec.named("vm2"));

  @Provide
  Arbitrary<Traffic> traffic() {
    return Traffic.arbitrary();
  }

  @Provide
  Arbitrary<Scenario> mixedVlans() {
    return Scenarios.of(
        Topologies.redundant(), Action.failover(), Action.guests(), Action.traffic());
  }

  @Property
  void a_guest_receives_the_same_whatever_its_neighbour_receives(
      @ForAll("traffic") Traffic traffic, @ForAll("traffic") Traffic load) {
    assertThat(receivedWith(traffic, load))
        .isEqualTo(receivedWith(traffic, new Traffic(List.of())));
  }

  private static List<String> receivedWith(Traffic traffic, Traffic load) {
    try (Lab lab = Lab.of(NEIGHBOURS)) {
      lab.vm("vm2").pause();
      load.send(lab, lab.vm("vm2"));
      for (int i = 0; i < 600; i++) {
        lab.wire().send(udp().to(lab.vm("vm2")));
      }
      traffic.send(lab, lab.vm("vm1"));
      List<String> packets = new ArrayList<>();
      for (Packet packet : lab.vm("vm1").received()) {
        packets.add(packet.toString().substring(packet.toString().indexOf(' ')));
      }
      return packets;
    }
  }

  @Property
  void nothing_gets_from_one_vlan_into_another(@ForAll("mixedVlans") Scenario scenario, Lab lab) {
    Map<IpAddress, Integer> vlans = new LinkedHashMap<>();
    List<VirtualMachine> machines = new ArrayList<>();
    scenario.run(lab, step -> note(lab, vlans, machines));
    Scenario.settle(lab);

    assertThat(leaks(vlans, machines)).isEmpty();
  }

  private static void note(Lab lab, Map<IpAddress, Integer> vlans, List<VirtualMachine> machines) {
    for (VirtualMachine vm : lab.host().vms()) {
      if (vlans.put(vm.ipv4(), vm.vlan()) == null) {
        machines.add(vm);
      }
    }
  }

  private static List<String> leaks(Map<IpAddress, Integer> vlans, List<VirtualMachine> machines) {
    List<String> leaks = new ArrayList<>();
    for (VirtualMachine vm : machines) {
      for (Packet packet : vm.received()) {
        Integer from = vlans.get(packet.sourceIp());
        if (from != null && areApart(from, vm.vlan())) {
          leaks.add(vm.name() + " in vlan " + vm.vlan() + " received from vlan " + from);
        }
      }
    }
    return leaks;
  }

  /** A guest without a VLAN is a trunk: it takes part in all of them. */
  private static boolean areApart(int one, int other) {
    return one != 0 && other != 0 && one != other;
  }

  @Test
  void a_leak_is_found() {
    LabTopology sameVlan =
        LabTopology.of(2, 2, VmSpec.named("vm1").vlan(100), VmSpec.named("vm2").vlan(100));
    try (Lab lab = Lab.of(sameVlan)) {
      lab.vm("vm1").send(udp().to(lab.vm("vm2")).fromPort(Sending.PORT));
      Map<IpAddress, Integer> claimed = new LinkedHashMap<>();
      claimed.put(lab.vm("vm1").ipv4(), 200);
      assertThat(leaks(claimed, List.of(lab.vm("vm2"))))
          .containsExactly("vm2 in vlan 100 received from vlan 200");
    }
  }
}
