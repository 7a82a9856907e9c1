// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broadcast reaches every guest exactly once, whichever paths the guests have. */
class BroadcastTest {

  private static final int ETHERTYPE = 0x88b5; // for experiments (IEEE 802)
  private static final Duration STEP = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static Packet broadcast(MacAddress from) {
    return Packets.ethernet(ETHERTYPE)
        .fromMac(from)
        .toMac(MacAddress.BROADCAST)
        .payload("to all")
        .toPacket();
  }

  private static void checkOnceEach(Lab lab, int nextSteps) {
    for (VirtualMachine sender : lab.host().vms()) {
      clear(lab);
      sender.send(broadcast(sender.mac()));
      for (VirtualMachine vm : lab.host().vms()) {
        assertThat(received(vm.received()))
            .as("%s at %s", vm, lab.host().aggregator())
            .isEqualTo(vm == sender ? 0 : 1);
      }
    }
    clear(lab);
    lab.wire().send(broadcast(lab.wire().mac()));
    int expected = nextSteps;
    for (VirtualMachine vm : lab.host().vms()) {
      assertThat(received(vm.received())).as(vm.toString()).isEqualTo(expected);
    }
  }

  private static void clear(Lab lab) {
    lab.host().vms().forEach(vm -> vm.inbox().clear());
    lab.wire().inbox().clear();
  }

  private static long received(List<Packet> packets) {
    return packets.stream().filter(packet -> packet.etherType() == ETHERTYPE).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 8})
  void whatever_the_mix_of_direct_and_switched_guests(int functions) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(functions)
                    .vms("a", "b", "c")
                    .vm(VmSpec.named("s").switched()));

    checkOnceEach(lab, 1);
    lab.host().pnic("p0").fail();
    checkOnceEach(lab, 1);
    lab.host().removeVm("a");
    checkOnceEach(lab, 1);
    lab.host().pnic("p1").fail();
    checkOnceEach(lab, 0);
  }

  @Test
  void in_each_state_of_a_failover() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("a", "b", "c")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.host().pnic("p0").fail();
    for (int step = 1; step <= 4; step++) {
      lab.advance(STEP);
      AggregatorState state = lab.host().aggregator().state();
      boolean uplink = state == AggregatorState.SWAPPED || state == AggregatorState.SWITCHED_ONLY;
      checkOnceEach(lab, uplink ? 1 : 0);
    }
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWITCHED_ONLY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void also_if_it_was_sent_in_one_state_and_leaves_in_another(int steps) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("a", "b", "c")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.cable("p1").toNetwork().setBandwidth(100_000); // a short frame takes 7 steps
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(steps));
    VirtualMachine a = lab.vm("a");
    for (int i = 0; i < 3; i++) {
      a.send(broadcast(a.mac()));
    }
    lab.advance(Duration.ofSeconds(5));

    assertThat(received(lab.vm("a").received())).isZero();
    assertThat(received(lab.vm("b").received())).isEqualTo(3);
    assertThat(received(lab.vm("c").received())).isEqualTo(3);
    assertThat(received(lab.wire().received())).isEqualTo(3);
  }
}
