// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.steering.Containment;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rule 18: one classifier for all who have rules on a card. */
class ClassifierRulesTest {

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  private final Lab lab =
      labs.open(
          host ->
              host.nic(NicConfig.DEFAULT.withReceiveRings(4).withFunctionReceiveRings(4))
                  .pnics(2)
                  .virtualFunctions(2)
                  .vms("web", "db"));
  private final VirtualMachine web = lab.vm("web");
  private final PhysicalNic p0 = lab.host().pnic("p0");

  @Test
  void rule_18_each_pnic_has_one_classifier_in_which_all_systems_have_their_rules() {
    HardwareClassifier classifier = p0.classifier();
    lab.host().steering().contain(udp().port(1));
    Monitor unused = lab.host().monitor(udp().port(2), userMemory(slots(4)));
    classifier.table(p0.boundFunctions().get(0)).append(udp().port(3), drop());

    assertThat(p0.classifier()).isSameAs(classifier);
    assertThat(lab.host().pnic("p1").classifier()).isNotSameAs(classifier);
    assertThat(classifier.steering()).hasSize(1);
    assertThat(classifier.monitoring()).hasSize(1);
    assertThat(classifier.table(p0.boundFunctions().get(0))).hasSize(1);
    for (int number = 1; number <= 4; number++) {
      lab.wire().send(small(number, web));
    }
    assertThat(numbers(web.received())).containsExactly(4);
  }

  @Test
  void rule_18_the_classes_are_asked_in_the_order_attacks_monitors_functions_flows_default() {
    HardwareClassifier classifier = p0.classifier();
    Packet packet = small(7, web).toPacket();
    List<String> ends = new ArrayList<>();
    String ofFunction = p0.boundFunctions().get(0).name();

    classifier.table().append(udp(), ring(3)); // the host's: the address is asked before
    ends.add(end(classifier, packet));
    FlowTable flows = classifier.table(p0.boundFunctions().get(0));
    flows.setDefault(ring(1));
    ends.add(end(classifier, packet));
    FlowEntry unused = flows.append(udp().port(7), ring(2));
    ends.add(end(classifier, packet));
    Monitor monitor = lab.host().monitor(udp().port(7), userMemory(slots(4)));
    ends.add(end(classifier, packet));
    Containment attack = lab.host().steering().contain(udp().port(7));
    ends.add(end(classifier, packet));

    assertThat(ends.get(0)).startsWith("ring " + ofFunction + "/rx");
    assertThat(ends.subList(1, 5))
        .containsExactly(
            "ring " + ofFunction + "/rx1",
            "ring " + ofFunction + "/rx2",
            "ring p0/monitor0",
            "ring p0/standby0");
    assertThat(classifier.explain(packet).toString()).contains("1 steering");
    attack.remove();
    assertThat(end(classifier, packet)).isEqualTo("ring p0/monitor0");
    monitor.close();
    assertThat(end(classifier, packet)).isEqualTo("ring " + ofFunction + "/rx2");
    lab.wire().send(packet);
    assertThat(p0.boundFunctions().get(0).receiveRing(2).received()).isEqualTo(1);
  }

  private static String end(HardwareClassifier classifier, Packet packet) {
    List<String> ends = classifier.explain(packet).ends();
    assertThat(ends).hasSize(1);
    return ends.get(0);
  }

  @Test
  void rule_18_an_update_is_a_new_version_and_a_packet_sees_one() {
    FlowTable flows = p0.classifier().table(p0.boundFunctions().get(0));
    AtomicBoolean changed = new AtomicBoolean();
    PacketMatcher changing =
        PacketMatcher.named(
            "changing",
            packet -> {
              if (!changed.getAndSet(true)) {
                flows.append(udp().port(7), drop()); // before the entry that is asked next
                flows.remove(flows.entries().get(1));
              }
              return false;
            });
    flows.append(changing, ring(1));
    flows.append(udp().fromPort(9), ring(2));

    lab.wire().send(small(7, web).fromPort(9));
    assertThat(numbers(web.received())).as("the version it came to").containsExactly(7);
    assertThat(p0.boundFunctions().get(0).receiveRing(2).received()).isEqualTo(1);

    lab.wire().send(small(7, web).fromPort(9));
    assertThat(numbers(web.received())).as("the new version").containsExactly(7);
  }
}
