// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

// tag::imports[]
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// end::imports[]

// tag::first[]
@ExtendWith(RingsideExtension.class)
class GettingStartedTest {

  @Test
  void a_datagram_reaches_the_virtual_machine(Lab lab, @Device("vm1") VirtualMachine vm1) {
    lab.wire().send(udp().to(vm1).port(53).payload("query"));

    assertThat(vm1).received(udp().port(53).payload("query")).andNothingElse();
    assertThat(vm1).hasDirectAccessThrough("p0");
  }

  // end::first[]

  // tag::failover[]
  @Test
  void it_stays_reachable_when_the_nic_fails(
      Lab lab, Host host, @Device("vm1") VirtualMachine vm1) {
    host.pnic("p0").fail();
    lab.wire().send(udp().to(vm1).port(53).payload("query"));

    assertThat(vm1).hasDirectAccessThrough("p1").received(udp().port(53));
  }

  // end::failover[]

  @Test
  void what_a_default_lab_has(Lab lab) {
    // tag::look[]
    String picture = Inspect.topology(lab.hosts());
    // end::look[]
    Output.assertShown("default-topology.txt", picture);
  }

  @Test
  void the_way_of_a_packet(Lab lab, @Device("vm1") VirtualMachine vm1) {
    // tag::trace[]
    Packet query = lab.wire().send(udp().to(vm1).port(53).payload("query"));
    String way = lab.trace(query).toString();
    // end::trace[]
    Output.assertShown("trace.txt", way);
  }
}
