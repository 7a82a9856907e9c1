// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.standbyChosen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;

class LabTest {

  @Test
  void direct_access_follows_the_nic_that_takes_over() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      assertThat(web.directAccessThrough()).isEqualTo("p0");

      lab.host().pnic("p0").fail();

      assertThat(web.directAccessThrough()).isEqualTo("p1");
      assertThat(lab.journal().events())
          .containsSubsequence(
              functionUnmapped("vm1", "p0"),
              standbyChosen("p1"),
              pnicDeactivated("p0"),
              pnicActivated("p1"),
              functionMapped("vm1", "p1"));

      Packet query = lab.wire().send(udp().to(web).port(53).payload("query"));
      assertThat(web.received()).hasSize(1);
      assertThat(lab.trace(query).passed(Stage.VIRTUAL_FUNCTION)).isTrue();
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void virtual_machines_reach_each_other_and_the_station() {
    try (Lab lab = Lab.open()) {
      VirtualMachine one = lab.vm("vm1");
      VirtualMachine two = lab.vm("vm2");

      one.ping(two);
      two.ping(lab.wire());
      one.send(udp().to(two.ipv4()).port(7).payload("after arp"));

      assertThat(one.received()).hasSize(1);
      assertThat(two.received()).hasSize(3);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }
}
