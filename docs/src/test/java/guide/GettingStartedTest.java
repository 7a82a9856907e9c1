// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

// tag::imports[]
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;

// end::imports[]

class GettingStartedTest {

  // tag::first[]
  @Test
  void a_datagram_reaches_the_virtual_machine_through_its_virtual_function() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.host().vm("vm1");

      lab.wire().send(udp().to(vm1).port(53).payload("query"));

      assertThat(vm1.received()).singleElement().matches(udp().port(53).payload("query")::matches);
      assertThat(vm1.directAccessThrough()).isEqualTo("p0");
    }
  }

  // end::first[]

  // tag::failover[]
  @Test
  void the_virtual_machine_stays_reachable_when_the_nic_fails() {
    try (Lab lab = Lab.open()) {
      Host host = lab.host();
      VirtualMachine vm1 = host.vm("vm1");

      host.pnic("p0").fail();
      lab.wire().send(udp().to(vm1).port(53).payload("query"));

      assertThat(vm1.directAccessThrough()).isEqualTo("p1");
      assertThat(vm1.received()).hasSize(1);
    }
  }

  // end::failover[]

  @Test
  void what_a_default_lab_has() {
    // tag::look[]
    try (Lab lab = Lab.open()) {
      String picture = Inspect.topology(lab.hosts());
      // end::look[]
      Output.assertShown("default-topology.txt", picture);
      // tag::look[]
    }
    // end::look[]
  }

  @Test
  void the_way_of_a_packet() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::trace[]
      Packet query = lab.wire().send(udp().to(vm1).port(53).payload("query"));
      String way = lab.trace(query).toString();
      // end::trace[]
      Output.assertShown("trace.txt", way);
    }
  }
}
