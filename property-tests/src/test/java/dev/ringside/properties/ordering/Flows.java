// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.ordering;

import dev.ringside.Lab;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What has arrived of each flow of a script, for machines that are gone too. */
final class Flows {

  private final Set<VirtualMachine> machines = new LinkedHashSet<>();
  private final Map<String, Integer> vlans = new LinkedHashMap<>();
  private List<Packet> atStation = List.of();

  /** Remembers who is there. */
  void note(Lab lab) {
    machines.addAll(lab.host().vms());
    for (VirtualMachine machine : machines) {
      vlans.put(machine.ipv4().toString(), machine.vlan());
    }
    atStation = lab.wire().received();
  }

  /** A line for each packet that has not a higher number than the one before it of its flow. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    check("station", packet -> true, atStation, violations);
    for (VirtualMachine machine : machines) {
      check(machine.name(), packet -> isOfVlan(packet, machine), machine.received(), violations);
    }
    return violations;
  }

  /** A trunk may see a VLAN that is not its own, where switches do not know it and flood. */
  private boolean isOfVlan(Packet packet, VirtualMachine receiver) {
    return vlans.getOrDefault(String.valueOf(packet.sourceIp()), receiver.vlan())
        == receiver.vlan();
  }

  private static void check(
      String receiver, Predicate<Packet> counts, List<Packet> packets, List<String> violations) {
    Map<String, Integer> last = new LinkedHashMap<>();
    for (Packet packet : packets) {
      int number = Sending.numberOf(packet);
      if (number == Sending.UNNUMBERED || !counts.test(packet)) {
        continue;
      }
      String flow = String.valueOf(packet.sourceIp());
      Integer before = last.put(flow, number);
      if (before != null && before >= number) {
        violations.add(receiver + " received " + number + " of flow " + flow + " after " + before);
      }
    }
  }
}
