// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.memory.TransmitBufferPolicies.balanced;
import static dev.ringside.memory.TransmitBufferPolicies.nearNic;
import static dev.ringside.memory.TransmitBufferPolicies.strictLocal;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.memory.Application;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.ring.Priority;
import dev.ringside.time.Bandwidth;
import dev.ringside.time.Ratio;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransmitBuffersTest {

  private static Lab open(NumaTopology numa) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(2).vms("web", "db").numa(numa);
    return builder.open();
  }

  private static Lab open(int buffers) {
    return open(NumaTopology.nodes(1).buffers(buffers));
  }

  @Test
  void a_policy_weighs_two_distances() {
    LabBuilder builder = Lab.builder();
    // tag::topology[]
    NumaTopology numa =
        NumaTopology.nodes(2)
            .buffers(512)
            .distances(new int[][] {{10, 21}, {31, 10}})
            .nics(1, "p0")
            .applications(0, "web");

    builder.host("h1").pnics(1).vms("web").numa(numa);
    // end::topology[]
    try (Lab lab = builder.open()) {
      Host host = lab.host();
      // tag::policy[]
      TransmitBuffers buffers = host.transmitBuffers();

      assertThat(buffers.request("web").granted()).isOnNode(0); // near the application
      assertThat(buffers.policy(nearNic()).request("web").granted()).isOnNode(1);
      assertThat(buffers.policy(balanced(Ratio.of(3, 4))).request("web")).isGrantedOnNode(0);
      // end::policy[]
      Output.assertShown("numa.txt", Inspect.numa(buffers));
    }
  }

  @Test
  void the_users_own_policy() {
    try (Lab lab = open(NumaTopology.nodes(2).buffers(2))) {
      TransmitBuffers buffers = lab.host().transmitBuffers();
      // tag::own[]
      TransmitBufferPolicy sparesNodeZero =
          offers -> offers.least(offer -> (offer.node() == 0 ? 1_000 : 0) + offer.toNic());

      assertThat(buffers.policy(sparesNodeZero).request("web")).isGrantedOnNode(1);
      // end::own[]
    }
  }

  @Test
  void who_finds_none_waits() {
    try (Lab lab = open(1)) {
      TransmitBuffers buffers = lab.host().transmitBuffers();
      // tag::wait[]
      TransmitBuffer only = buffers.request("web").granted();
      TransmitBufferRequest request = buffers.request("db");

      assertThat(request).isWaiting();
      assertThat(buffers).hasWaiters("db");
      Output.assertShown("buffer-waiter.txt", lab.waiters().get(0).toString());

      only.release();

      assertThat(request).isGrantedOnNode(0);
      // end::wait[]
    }
  }

  @Test
  void an_application_moves_and_ends() {
    try (Lab lab = open(NumaTopology.nodes(2).buffers(1))) {
      TransmitBuffers buffers = lab.host().transmitBuffers();
      // tag::move[]
      Application web = buffers.application("web");
      buffers.policy(strictLocal());
      TransmitBuffer local = buffers.request(web).granted();
      TransmitBufferRequest next = buffers.request(web);
      assertThat(next).isWaiting(); // there is one on node 1, but that is not local

      web.moveTo(1);

      assertThat(next).isGrantedOnNode(1);
      assertThat(local).isOnNode(0).isAllocated();

      web.end();

      assertThat(buffers).hasAllFree();
      // end::move[]
    }
  }

  @Test
  void what_is_released_twice_is_an_error() {
    try (Lab lab = open(1)) {
      TransmitBuffers buffers = lab.host().transmitBuffers();
      // tag::twice[]
      TransmitBuffer buffer = buffers.request("web").granted();
      buffer.release();

      assertThatThrownBy(buffer::release)
          .hasMessage(
              "transmit buffer node0/tx0 of web of host h1 cannot be released: it is FREE already;"
                  + " request another one");
      // end::twice[]
    }
  }

  @Test
  void packets_take_a_buffer() {
    try (Lab lab = open(2)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::packets[]
      lab.cable("p0").toNetwork().setBandwidth(1_000_000); // 672 us for a short packet
      for (int port = 1; port <= 5; port++) {
        web.send(udp().to(lab.wire()).port(port));
      }

      // one is on the wire, two in DMA, two wait in the ring for a buffer
      assertThat(host.transmitBuffers()).hasInDma(0, 2).hasWaiters("web");

      host.pnic("p0").fail();
      lab.advance(Duration.ofMillis(5));

      assertThat(lab.wire()).received(udp(), 5);
      assertThat(host.transmitBuffers()).hasAllFree().hasNoWaiters();
      // end::packets[]
    }
  }

  @Test
  void a_virtual_nic_has_a_bandwidth() {
    try (Lab lab = Lab.open()) {
      VirtualMachine vm1 = lab.vm("vm1");
      // tag::bandwidth[]
      Duration tick = Duration.ofMillis(1);
      lab.host().vnic("vm1").setBandwidth(Bandwidth.ofBytesPerTick(3_000, tick));
      for (int i = 1; i <= 20; i++) {
        vm1.send(udp().to(lab.wire()).payloadSize(958)); // 1,000 bytes each
      }

      assertThat(lab.wire()).received(udp(), 3);
      assertThat(lab.host().vnic("vm1")).holds(12).dropped(DropReason.RATE_LIMITED, 5);

      lab.advance(tick);

      assertThat(lab.wire()).received(udp(), 6);
      // end::bandwidth[]
      lab.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void a_virtual_nic_has_a_priority() {
    try (Lab lab = Lab.open()) {
      // tag::priority[]
      lab.cable("p0").toNetwork().setBandwidth(1_000_000);
      lab.host().vnic("vm2").setPriority(Priority.HIGH);
      for (int i = 1; i <= 3; i++) {
        lab.vm("vm1").send(udp().to(lab.wire()).port(1));
        lab.vm("vm2").send(udp().to(lab.wire()).port(2));
      }
      lab.advance(Duration.ofMillis(5));

      assertThat(lab.wire().received())
          .extracting(packet -> packet.destinationPort())
          .containsExactly(1, 2, 2, 2, 1, 1); // the first one found the wire free
      // end::priority[]
    }
  }
}
