// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.memory.QuotaConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A sender moves while its packets wait in the functions of the receiver, so that what it sends
 * then comes by other functions.
 */
class FlowThatMovesTest {

  private static final int FLOWS = 16;

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").pnics(1).virtualFunctions(2).vms("web");
    chassis
        .blade("b2")
        .pnics(4)
        .virtualFunctions(2)
        .portSelection(PortSelectionPolicies.roundRobin())
        .vms("db");
    return labs.open(builder);
  }

  private static void sendOneOfEachFlow(Lab lab) {
    for (int flow = 1; flow <= FLOWS; flow++) {
      lab.vm("web").send(udp().to(lab.vm("db")).fromPort(flow).port(flow));
    }
  }

  /** The packets by their flows, as they have arrived. */
  private static Map<Integer, List<Long>> received(Lab lab) {
    return lab.vm("db").received().stream()
        .filter(packet -> packet.sourcePort() > 0 && packet.sourcePort() <= FLOWS)
        .collect(
            Collectors.groupingBy(
                Packet::sourcePort, Collectors.mapping(Packet::id, Collectors.toList())));
  }

  private static void sendFromBothBlades(Lab lab) {
    sendOneOfEachFlow(lab);
    lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    assertThat(lab.vm("web").hostName()).isEqualTo("b2");
    sendOneOfEachFlow(lab);
    lab.migrate(lab.vm("web")).to(lab.blade("b1"));
    sendOneOfEachFlow(lab);
  }

  private static void assertOrder(Lab lab, int packetsOfEach) {
    Map<Integer, List<Long>> received = received(lab);
    assertThat(received.keySet())
        .containsAll(IntStream.rangeClosed(1, FLOWS).boxed().collect(Collectors.toList()));
    assertThat(received.values())
        .allSatisfy(flow -> assertThat(flow).hasSize(packetsOfEach).isSorted());
  }

  private static Quota roomForOne(Lab lab) {
    return lab.host("b2")
        .memory()
        .reserve("db", MemorySize.bytes(60), QuotaConfig.DEFAULT.blockForever());
  }

  @Test
  void keeps_its_order_for_one_that_is_busy() {
    Lab lab = lab();
    lab.vm("db").pause();

    sendFromBothBlades(lab);
    assertThat(received(lab)).isEmpty();
    lab.vm("db").resume();

    assertOrder(lab, 3);
  }

  @Test
  void keeps_its_order_for_one_that_waits_for_memory() {
    Lab lab = lab();
    Quota quota = roomForOne(lab);

    sendFromBothBlades(lab);
    assertThat(received(lab)).hasSizeLessThan(2);
    quota.setLimit(MemorySize.bytes(1_000_000));

    assertOrder(lab, 3);
  }

  @Test
  void keeps_its_order_while_a_card_joins() {
    Lab lab = lab();
    Quota quota = roomForOne(lab);

    sendFromBothBlades(lab);
    PhysicalNic unused = lab.host("b2").addPnic();
    sendOneOfEachFlow(lab);
    quota.setLimit(MemorySize.bytes(1_000_000));

    assertOrder(lab, 4);
  }

  @Test
  void keeps_its_order_while_a_card_fails_and_comes_back() {
    Lab lab = lab();
    Quota quota = roomForOne(lab);

    sendFromBothBlades(lab);
    lab.blade("b2").pnic("p0").fail();
    lab.blade("b2").pnic("p0").repair();
    sendOneOfEachFlow(lab);
    quota.setLimit(MemorySize.bytes(1_000_000));

    assertThat(received(lab)).hasSize(FLOWS);
    assertThat(received(lab).values()).allSatisfy(flow -> assertThat(flow).isSorted());
  }

  @Test
  void keeps_its_order_while_the_receiver_moves_as_well() {
    Lab lab = lab();
    Quota unused = roomForOne(lab);

    sendFromBothBlades(lab);
    lab.migrate(lab.vm("db")).to(lab.blade("b1"));
    assertThat(lab.vm("db").hostName()).isEqualTo("b1");
    sendOneOfEachFlow(lab);
    lab.host("b1").memory().quota("db").setLimit(MemorySize.bytes(1_000_000));

    assertOrder(lab, 4);
  }
}
