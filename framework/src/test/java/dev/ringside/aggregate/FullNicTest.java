// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packets;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One full NIC among several active ones holds up what was taken back, and whom that concerns. */
class FullNicTest {

  private static final long SLOW_CABLE = 1_000_000;

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static void send(VirtualMachine from, Lab lab, int connection, int packets) {
    for (int i = 0; i < packets; i++) {
      from.send(Packets.udp().to(lab.wire()).fromPort(connection).port(53));
    }
  }

  @Test
  void what_was_taken_back_waits_for_room_and_guests_for_their_functions_until_it_is_sent() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(3)
                    .nic(NicConfig.DEFAULT.withVirtualFunctions(2).withRingCapacity(6))
                    .vm(VmSpec.named("switched").switched())
                    .vms("direct")
                    .portSelection(PortSelectionPolicies.roundRobin()));
    VirtualMachine switched = lab.vm("switched");
    VirtualMachine direct = lab.vm("direct");
    lab.host().pnic("p1").hang();
    lab.cable("p2").toNetwork().setBandwidth(SLOW_CABLE);
    send(switched, lab, 1, 1); // by p0
    send(switched, lab, 2, 6); // by p1, whose ring is full then
    send(switched, lab, 3, 7); // by p2, one of them on the cable already

    lab.host().pnic("p2").fail(); // the third connection goes to p1
    lab.host().pnic("p2").repair();

    assertThat(lab.host().aggregator().held()).isEqualTo(6);
    assertThat(direct.hasDirectAccessThrough("p2")).isFalse();
    lab.host().pnic("p1").repair();
    lab.advance(Duration.ofSeconds(1));
    assertThat(lab.host().aggregator().held()).isZero();
    assertThat(lab.wire().received()).hasSize(14);
    assertThat(losses(lab)).isEmpty();
    assertThat(direct.hasDirectAccessThrough("p2")).isTrue();
  }
}
