// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.VmSpec;
import dev.ringside.inspect.Inspect;
import dev.ringside.nic.FunctionLink;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NicTest {

  @Test
  void a_virtual_function_enforces_its_vlan() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::vlan[]
      VirtualFunction vf = lab.host().pnic("p0").virtualFunction(0);
      vf.setVlan(100, 3);

      lab.wire().send(udp().to(vm1).vlan(100));
      lab.wire().send(udp().to(vm1).vlan(200));
      vm1.send(udp().to(lab.wire()));

      assertThat(vm1).received(udp().untagged(), 1).andNothingElse();
      assertThat(lab.wire()).received(udp().vlan(100, 3)).andNothingElse();
      assertThat(vf.nic()).dropped(DropReason.VLAN_FILTERED, 1);
      // end::vlan[]
    }
  }

  @Test
  void a_virtual_function_refuses_spoofed_packets() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::spoof[]
      VirtualFunction vf = lab.host().pnic("p0").virtualFunction(0);

      vm1.send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));
      assertThat(lab.wire()).receivedNothing();
      assertThat(vf).dropped(DropReason.SPOOFED, 1);

      vf.setSpoofCheck(false);
      vm1.send(udp().to(lab.wire()).fromMac("02:00:00:00:00:66"));
      assertThat(lab.wire()).received(1);
      // end::spoof[]
    }
  }

  @Test
  void what_an_untrusted_guest_may_not_is_refused_and_counted() {
    try (Lab lab = Lab.open()) {
      // tag::trust[]
      VirtualFunction vf = lab.host().pnic("p0").virtualFunction(0);

      assertThat(vf.requestPromiscuous(true)).isFalse();
      assertThat(vf.requestMac(MacAddress.of("02:00:00:00:00:66"))).isFalse();
      assertThat(vf).refusedRequests(2);

      vf.setTrusted(true);
      assertThat(vf.requestPromiscuous(true)).isTrue();
      // end::trust[]
    }
  }

  @Test
  void a_rate_holds_packets_back() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::rate[]
      lab.host().pnic("p0").virtualFunction(0).setRate(0, 1_000_000); // at most 1 Mbit/s

      for (int i = 0; i < 100; i++) {
        vm1.send(udp().to(lab.wire()).payloadSize(1_208)); // 1,250 bytes: 10 ms each
      }
      lab.advance(Duration.ofMillis(500));

      assertThat(lab.wire().received()).hasSizeBetween(49, 52);
      // end::rate[]
    }
  }

  @Test
  void the_link_of_a_function_can_be_set() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::link[]
      VirtualFunction vf = lab.host().pnic("p0").virtualFunction(0);
      vf.setLink(FunctionLink.DISABLED);

      lab.wire().send(udp().to(vm1));

      assertThat(vm1).receivedNothing();
      assertThat(vf).dropped(DropReason.LINK_DOWN, 1);
      // end::link[]
    }
  }

  @Test
  void limits_are_clear_errors() {
    try (Lab lab = Lab.open()) {
      // tag::limits[]
      PhysicalNic p0 = lab.host().pnic("p0");

      assertThatThrownBy(() -> p0.virtualFunction(9))
          .hasMessage("no virtual function 9 on p0; it has 0 to 3");
      assertThatThrownBy(() -> p0.setVirtualFunctions(8))
          .hasMessage(
              "cannot change the number of virtual functions of p0 from 4 to 8"
                  + " while some are bound: [p0/vf0 to vm1, p0/vf1 to vm2]; unbind them first");
      // end::limits[]
    }
  }

  @Test
  void functions_of_one_card_meet_on_the_card() {
    try (Lab lab = Lab.open()) {
      // tag::card[]
      VirtualMachine vm1 = lab.vm("vm1");
      VirtualMachine vm2 = lab.vm("vm2");

      vm1.send(udp().to(vm2).port(53));

      assertThat(vm2).received(udp().from(vm1)).andNothingElse();
      assertThat(lab.cable("p0")).carried(0);
      // end::card[]
    }
  }

  @Test
  void flows_are_spread_over_rings() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").nic(NicConfig.DEFAULT.withReceiveRings(4)).vm(VmSpec.named("web"));
    try (Lab lab = builder.open()) {
      // tag::rss[]
      PhysicalNic nic = lab.host().pnic("p0"); // without virtual functions: the host's own rings
      nic.receiveSideScaling().setIndirection(2);

      lab.wire().send(udp().to(lab.vm("web")).fromPort(4_444), 5);

      assertThat(nic.receiveRing(2)).received(5);

      nic.receiveSideScaling().setSymmetric(true);
      Packet there = udp().to(lab.vm("web")).fromPort(4_444).port(53).toPacket();
      Packet back = udp().from(lab.vm("web")).to(lab.wire()).fromPort(53).port(4_444).toPacket();
      assertThat(nic.receiveSideScaling().hash(there))
          .isEqualTo(nic.receiveSideScaling().hash(back));
      // end::rss[]
    }
  }

  @Test
  void rings_fill_up_and_are_polled() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .nic(NicConfig.DEFAULT.withVirtualFunctions(1).withRingCapacity(16))
        .vms("web");
    try (Lab lab = builder.open()) {
      // tag::rings[]
      ReceiveRing ring = lab.host().pnic("p0").virtualFunction(0).receiveRing(0);
      ring.setPolled(true); // no interrupts: packets stay

      lab.wire().send(udp().to(lab.vm("web")), 20);

      assertThat(ring).isInMode(RingMode.POLL).isFull().has(16).dropped(4);

      ring.poll(10);
      assertThat(lab.vm("web")).received(10);
      // end::rings[]
    }
  }

  @Test
  void a_stopped_guest_leaves_packets_in_the_rings() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::pause[]
      vm1.pause();
      lab.wire().send(udp().to(vm1), 3);
      assertThat(vm1).receivedNothing();

      vm1.resume();
      assertThat(vm1).received(3);
      // end::pause[]
    }
  }

  @Test
  void filters_decide_what_the_host_sees() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).aggregation(Aggregation.NONE).vms("web");
    try (Lab lab = builder.open()) {
      // tag::filters[]
      PhysicalNic nic = lab.host().pnic("p0");
      nic.filter().setVlans(0, 100);

      lab.wire().send(udp().to(lab.vm("web")).vlan(200));
      lab.wire().send(icmp().to("198.18.9.9").toMac("02:00:00:00:00:99"));

      assertThat(nic).dropped(DropReason.VLAN_FILTERED, 1).dropped(DropReason.NO_MATCH, 1);
      // end::filters[]
    }
  }

  @Test
  void counters_are_shown_as_administrators_know_them() {
    try (Lab lab = Lab.open()) {
      lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(1_000), 3);
      lab.vm("vm1").send(udp().to(lab.wire()).payloadSize(100));
      // tag::counters[]
      String counters = Inspect.links(lab.host());
      String fates = Inspect.fates(lab.ledger());
      // end::counters[]
      Output.assertShown("links.txt", counters);
      Output.assertShown("fates.txt", fates);
    }
  }
}
