// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.ring.RingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveRingAssertTest {

  private final Lab lab =
      Lab.builder()
          .topology(
              t ->
                  t.host("h1")
                      .nic(NicConfig.DEFAULT.withVirtualFunctions(1).withRingCapacity(4))
                      .vms("web"))
          .open();
  private final ReceiveRing ring = lab.host().pnic("p0").virtualFunction(0).receiveRing(0);

  @AfterEach
  void close() {
    lab.close();
  }

  private void hold(int packets) {
    ring.setPolled(true);
    lab.wire().send(udp().to(lab.vm("web")), packets);
  }

  @Test
  void is_empty() {
    assertThat(ring).isEmpty();
    hold(1);
    fails(
        () -> assertThat(ring).isEmpty(),
        """
        Expecting receive ring p0/vf0/rx0
          to hold nothing
          but it holds 1 (ring p0/vf0/rx0 has 1 of 4 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_full() {
    hold(3);
    fails(
        () -> assertThat(ring).isFull(),
        """
        Expecting receive ring p0/vf0/rx0
          to hold as much as it can, 4 packets
          but it holds 3 (ring p0/vf0/rx0 has 3 of 4 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
    hold(1);
    assertThat(ring).isFull();
  }

  @Test
  void has_so_many() {
    hold(2);
    assertThat(ring).has(2);
    fails(
        () -> assertThat(ring).has(1),
        """
        Expecting receive ring p0/vf0/rx0
          to hold 1 packet
          but it holds 2 (ring p0/vf0/rx0 has 2 of 4 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(ring).has(3),
        """
        Expecting receive ring p0/vf0/rx0
          to hold 3 packets
          but it holds 2 (ring p0/vf0/rx0 has 2 of 4 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_in_a_mode() {
    assertThat(ring).isInMode(RingMode.INTERRUPT);
    ring.setPolled(true);
    fails(
        () -> assertThat(ring).isInMode(RingMode.INTERRUPT),
        """
        Expecting receive ring p0/vf0/rx0
          to be in mode INTERRUPT
          but it is in mode POLL

                     0 ns  p0/vf0/rx0: ring mode p0/vf0/rx0, POLL

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void received_and_dropped_so_many() {
    hold(5);
    assertThat(ring).received(4).dropped(1);
    fails(
        () -> assertThat(ring).received(5),
        """
        Expecting receive ring p0/vf0/rx0
          to have received 5 packets
          but it has received 4

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(ring).dropped(0),
        """
        Expecting receive ring p0/vf0/rx0
          to have dropped 0 packets
          but it has dropped 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void raised_so_many_interrupts() {
    lab.wire().send(udp().to(lab.vm("web")));
    assertThat(ring).raisedInterrupts(1);
    fails(
        () -> assertThat(ring).raisedInterrupts(2),
        """
        Expecting receive ring p0/vf0/rx0
          to have raised 2 interrupts
          but it has raised 1

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
