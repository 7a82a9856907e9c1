// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.Failing.failsSaying;
import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransmitBuffersAssertTest {

  private final Lab lab =
      Lab.builder()
          .topology(
              t ->
                  t.host("h1")
                      .pnics(1)
                      .vms("web", "db")
                      .numa(NumaTopology.nodes(2).buffers(1).nics(1, "p0")))
          .open();
  private final TransmitBuffers buffers = lab.host().transmitBuffers();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void has_so_many_in_each_state() {
    assertThat(buffers).hasFree(0, 1).hasFree(1, 1).hasAllFree();
    TransmitBuffer buffer = buffers.request("web").granted();
    assertThat(buffers).hasFree(0, 0).hasAllocated(0, 1).hasInDma(0, 0);
    fails(
        () -> assertThat(buffers).hasFree(0, 1),
        """
        Expecting transmit buffers of host h1
          to have 1 free on node 0
          but it has 0 of 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(buffers).hasInDma(0, 1),
        """
        Expecting transmit buffers of host h1
          to have 1 in DMA on node 0
          but it has 0 of 1

        Replay with @LabSeed(0x5eedL)
        """);
    buffer.beginDma();
    assertThat(buffers).hasInDma(0, 1);
    fails(
        () -> assertThat(buffers).hasAllocated(0, 1),
        """
        Expecting transmit buffers of host h1
          to have 1 allocated on node 0
          but it has 0 of 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(buffers).hasAllFree(),
        """
        Expecting transmit buffers of host h1
          to have all free
          but it has 0 allocated and 1 in DMA on node 0

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_waiters_in_order() {
    assertThat(buffers).hasNoWaiters();
    for (String application : new String[] {"web", "web", "db", "web"}) {
      TransmitBufferRequest unused = buffers.request(application);
    }
    assertThat(buffers).hasWaiters("db", "web");
    fails(
        () -> assertThat(buffers).hasNoWaiters(),
        """
        Expecting transmit buffers of host h1
          to have waiters []
          but it has [db, web]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_buffer_is_somewhere_for_a_nic_in_a_state() {
    TransmitBuffer buffer = buffers.request("web").granted();
    assertThat(buffer).isOnNode(0).isFor("p0").isAllocated();
    fails(
        () -> assertThat(buffer).isOnNode(1),
        """
        Expecting transmit buffer node0/tx0 of web of host h1
          to be on node 1
          but it is on node 0

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(buffer).isInDma(),
        """
        Expecting transmit buffer node0/tx0 of web of host h1
          to be IN_DMA
          but it is ALLOCATED

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().pnic("p0").fail();
    fails(
        () -> assertThat(buffer).isFor("p0"),
        """
        Expecting transmit buffer node0/tx0 of web of host h1
          to be for p0
          but it is for no NIC

        Replay with @LabSeed(0x5eedL)
        """);
    failsSaying(() -> assertThat(buffer).isFree(), "\n  to be FREE\n  but it is ALLOCATED\n");
    buffer.release();
    assertThat(buffer).isFree();
    failsSaying(() -> assertThat(buffer).isAllocated(), "\n  to be ALLOCATED\n  but it is FREE\n");
  }

  @Test
  void a_request_is_granted_waiting_or_refused() {
    TransmitBufferRequest granted = buffers.request("web");
    assertThat(granted).isGranted().isGrantedOnNode(0);
    fails(
        () -> assertThat(granted).isGrantedOnNode(1),
        """
        Expecting request of web of host h1 for a transmit buffer
          to be granted on node 1
          but it is granted node0/tx0

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(granted).isWaiting(),
        """
        Expecting request of web of host h1 for a transmit buffer
          to be waiting
          but it is granted node0/tx0

        Replay with @LabSeed(0x5eedL)
        """);
    assertThat(buffers.request("web")).isGrantedOnNode(1);
    TransmitBufferRequest waiting = buffers.request("db");
    assertThat(waiting).isWaiting();
    fails(
        () -> assertThat(waiting).isRefused(),
        """
        Expecting request of db of host h1 for a transmit buffer
          to be refused
          but it is waiting

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().pnic("p0").fail();
    TransmitBufferRequest refused = buffers.request("db");
    assertThat(refused).isRefused();
    fails(
        () -> assertThat(refused).isGranted(),
        """
        Expecting request of db of host h1 for a transmit buffer
          to be granted
          but it is refused, NO_NIC: no PNIC of host h1 is available

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
