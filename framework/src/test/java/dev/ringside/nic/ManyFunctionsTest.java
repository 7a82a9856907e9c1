// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.ring.Priority;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A card with so many functions that they have indexes behaves as one with few. */
class ManyFunctionsTest {

  private static final int FUNCTIONS = 60;

  private final Lab lab = open();
  private final PhysicalNic nic = lab.host().pnic("p0");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    var host =
        builder
            .host("h1")
            .nic(NicConfig.DEFAULT.withMaxVirtualFunctions(256).withVirtualFunctions(FUNCTIONS))
            .aggregation(Aggregation.NONE);
    for (int i = 0; i < FUNCTIONS; i++) {
      host.vm(VmSpec.named("vm" + i));
    }
    return builder.open();
  }

  @AfterEach
  void close() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private VirtualMachine vm(int number) {
    return lab.host().vm("vm" + number);
  }

  private void sendTo(VirtualMachine target) {
    lab.wire().send(udp().to(target).port(53));
  }

  @Test
  void each_gets_what_is_for_it() {
    for (int i = 0; i < FUNCTIONS; i++) {
      sendTo(vm(i));
      assertThat(vm(i).received()).hasSize(1);
    }
  }

  @Test
  void an_address_that_is_changed_is_found_at_once_and_the_former_no_longer() {
    sendTo(vm(40));
    nic.virtualFunction(40).setMac(MacAddress.of("02:00:00:00:00:40"));
    sendTo(vm(40));
    lab.wire().send(udp().to(vm(40)).toMac(MacAddress.of("02:00:00:00:00:40")).port(53));
    assertThat(vm(40).received()).hasSize(2);
  }

  @Test
  void of_two_with_one_address_the_later_gets_it_and_the_earlier_once_that_is_free() {
    nic.virtualFunction(50).setMac(vm(10).mac());
    sendTo(vm(10));
    assertThat(vm(10).received()).isEmpty();
    assertThat(nic.virtualFunction(50).counters().receivedPackets()).isEqualTo(1);
    nic.virtualFunction(50).unbind();
    sendTo(vm(10));
    assertThat(vm(10).received()).hasSize(1);
  }

  @Test
  void a_promiscuous_one_gets_what_is_for_nobody() {
    sendTo(vm(0));
    nic.virtualFunction(30).setTrusted(true);
    assertThat(nic.virtualFunction(30).requestPromiscuous(true)).isTrue();
    lab.wire().send(udp().to(vm(0)).toMac(MacAddress.of("02:00:00:00:00:99")).port(53));
    assertThat(nic.virtualFunction(30).counters().receivedPackets()).isEqualTo(1);
    assertThat(nic.virtualFunction(29).counters().receivedPackets()).isZero();
  }

  @Test
  void the_lowest_free_function_is_the_next_one_again_and_again() {
    nic.virtualFunction(7).unbind();
    nic.virtualFunction(3).unbind();
    assertThat(nic.freeFunction()).isSameAs(nic.virtualFunction(3));
    lab.host().addVm(VmSpec.named("late"));
    assertThat(nic.freeFunction()).isSameAs(nic.virtualFunction(7));
    lab.host().addVm(VmSpec.named("later"));
    assertThat(nic.freeFunction()).isNull();
  }

  @Test
  void rings_take_turns_from_the_last_one_on_and_priorities_go_first() {
    lab.host().cable("p0").toNetwork().setBandwidth(10_000_000);
    lab.wire().send(udp().to(vm(0)).port(9));
    nic.virtualFunction(20).setTransmitPriority(Priority.HIGH);
    List<Integer> senders = List.of(55, 20, 5, 33);
    for (int round = 0; round < 2; round++) {
      for (int sender : senders) {
        vm(sender).send(udp().to(lab.wire()).port(100 + sender));
      }
    }
    lab.advance(Duration.ofSeconds(1));
    List<Integer> order = new ArrayList<>();
    lab.wire().received().forEach(packet -> order.add(packet.destinationPort() - 100));
    assertThat(order).containsExactly(55, 20, 20, 33, 55, 5, 33, 5);
  }
}
