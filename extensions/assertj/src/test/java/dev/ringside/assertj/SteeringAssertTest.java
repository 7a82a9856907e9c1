// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.StandbyRing;
import dev.ringside.ring.RingMode;
import dev.ringside.steering.Containment;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.SoftwareReceiveRing;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flood of SYN to port 80 is contained in a standby ring of four slots. */
class SteeringAssertTest {

  private final Lab lab =
      Lab.builder()
          .topology(t -> t.host("h1").nic(NicConfig.DEFAULT.withStandbyRingCapacity(4)).vms("web"))
          .open();
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final StandbyRing standby = host.pnic("p0").standbyRing();
  private Containment flood;

  @BeforeEach
  void contain() {
    flood = host.steering().contain(tcp().syn().port(80));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void flood(int packets) {
    lab.wire().send(tcp().syn().to(web).port(80), packets);
  }

  // ---- standby ring ----

  @Test
  void a_standby_ring_has_received_what_it_holds() {
    flood(2);
    assertThat(standby).received(tcp().syn()).andNothingElse().received(2).neverReceived(icmp());
    assertThat(standby).received(tcp().syn().port(80), 2).receivedInOrder(tcp(), tcp());
    fails(
        () -> assertThat(standby).received(udp().port(9)),
        """
        Expecting standby ring p0/standby0
          to have received udp port 9
          but none of the 2 packets that it has received is like that; nearest is
            #1 tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
              protocol: expected udp, was tcp
              destination port: expected 9, was 80
          and there are
            #2 tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(standby).receivedNothing(),
        """
        Expecting standby ring p0/standby0
          to have received nothing
          but it has received
            #1 tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
            #2 tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes

                     0 ns  #1  STACK            station      injected: #1 tcp syn 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
                     0 ns  #1  STATION          station      passed
                     0 ns  #1  EXTERNAL_SWITCH  switch       passed
                     0 ns  #1  WIRE             p0           passed: to host
                     0 ns  #1  PNIC             p0           passed
                     0 ns  #1  PNIC             p0           passed: tcp syn port 80 -> ring p0/standby0
                     0 ns  #1  STANDBY_RING     p0/standby0  passed

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_standby_ring_is_full() {
    flood(3);
    fails(
        () -> assertThat(standby).isFull(),
        """
        Expecting standby ring p0/standby0
          to hold as much as it can, 4 packets
          but it holds 3 (ring p0/standby0 has 3 of 4 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
    flood(3);
    assertThat(standby).isFull().dropped(2);
    fails(
        () -> assertThat(standby).dropped(0),
        """
        Expecting standby ring p0/standby0
          to have dropped 0 packets
          but it has dropped 2

        Replay with @LabSeed(0x5eedL)
        """);
  }

  // ---- containment ----

  @Test
  void a_containment_is_in_a_ring_and_counts() {
    flood(5);
    assertThat(flood).isInstalled().isNotDegraded().isIn("p0/standby0").contained(5);
    fails(
        () -> assertThat(flood).isIn("p1/standby0"),
        """
        Expecting containment of tcp syn port 80
          to be in [p1/standby0]
          but it is in [p0/standby0]

                     0 ns  h1: containment installed tcp syn port 80, p0 (p0/standby0)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(flood).contained(4),
        """
        Expecting containment of tcp syn port 80
          to have contained 4 packets
          but it has contained 5

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(flood).isRemoved(),
        """
        Expecting containment of tcp syn port 80
          to be removed
          but it is in [p0/standby0]

                     0 ns  h1: containment installed tcp syn port 80, p0 (p0/standby0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_containment_is_removed() {
    flood.remove();
    assertThat(flood).isRemoved();
    fails(
        () -> assertThat(flood).isInstalled(),
        """
        Expecting containment of tcp syn port 80
          to be installed
          but it is removed

                     0 ns  h1: containment installed tcp syn port 80, p0 (p0/standby0)
                     0 ns  h1: containment removed tcp syn port 80, p0 (p0/standby0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_containment_is_degraded() {
    Containment second = host.steering().contain(udp().port(9));
    assertThat(second).isDegraded().isIn();
    assertThat(flood).isNotDegraded();
    fails(
        () -> assertThat(second).isNotDegraded(),
        """
        Expecting containment of udp port 9
          to be contained on every card
          but it is in [], degraded: a card has no standby ring free

                     0 ns  h1: containment degraded udp port 9, p0 (p0 in software)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(flood).isDegraded(),
        """
        Expecting containment of tcp syn port 80
          to be degraded
          but it is in [p0/standby0]

                     0 ns  h1: containment installed tcp syn port 80, p0 (p0/standby0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  // ---- steering ----

  @Test
  void steering_contains_what_was_said() {
    assertThat(host.steering()).contains(tcp().syn().port(80));
    fails(
        () -> assertThat(host.steering()).contains(udp()),
        """
        Expecting steering of host h1
          to have contained [udp]
          but it has contained [tcp syn port 80]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(host.steering()).containsNothing(),
        """
        Expecting steering of host h1
          to have contained []
          but it has contained [tcp syn port 80]

        Replay with @LabSeed(0x5eedL)
        """);
    flood.remove();
    assertThat(host.steering()).containsNothing();
  }

  // ---- software rings ----

  @Test
  void a_software_ring_hands_on_and_drops() {
    host.steering().steer("web").toRing(1);
    Containment second = host.steering().contain(udp().port(9));
    SoftwareRing ring = host.steering().softwareRing("p0", 1);
    lab.wire().send(udp().to(web).port(9));
    lab.wire().send(udp().to(web).port(10), 2);

    assertThat(second).contained(1);
    assertThat(ring).pulled(3).handedOn(2).dropped(DropReason.CONTAINED_SW, 1).lostNothing();
    fails(
        () -> assertThat(ring).pulled(2),
        """
        Expecting software ring p0/sr1
          to have pulled 2 packets
          but it has pulled 3

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(ring).handedOn(3),
        """
        Expecting software ring p0/sr1
          to have handed on 3 packets
          but it has handed on 2

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_software_receive_ring_is_a_ring_like_others() {
    SoftwareReceiveRing ring = host.vnic("web").receiveRing();
    ring.setPolled(true);
    lab.wire().send(udp().to(web), 2);

    assertThat(ring).has(2).received(2).dropped(0).isInMode(RingMode.POLL);
    fails(
        () -> assertThat(ring).isEmpty(),
        """
        Expecting software receive ring web/vnic0/rx
          to hold nothing
          but it holds 2 (ring web/vnic0/rx has 2 of 512 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(ring).isInMode(RingMode.INTERRUPT),
        """
        Expecting software receive ring web/vnic0/rx
          to be in mode INTERRUPT
          but it is in mode POLL

                     0 ns  h1: ring mode web/vnic0/rx, POLL

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(ring).isFull(),
        """
        Expecting software receive ring web/vnic0/rx
          to hold as much as it can, 512 packets
          but it holds 2 (ring web/vnic0/rx has 2 of 512 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
    ring.setPolled(false);
    assertThat(ring).isEmpty().isInMode(RingMode.INTERRUPT);
  }
}
