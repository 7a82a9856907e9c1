// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.ring.Priority;
import dev.ringside.time.Bandwidth;
import dev.ringside.virt.Vnic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VnicAssertTest {

  private final Lab lab = Labs.twoNics();
  private final Vnic vnic = lab.host().vnic("web");

  @AfterEach
  void close() {
    lab.close();
  }

  private void failBoth() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
  }

  @Test
  void is_direct() {
    assertThat(vnic).isDirect();
    failBoth();
    fails(
        () -> assertThat(vnic).isDirect(),
        """
        Expecting VNIC web/vnic0
          to be direct
          but it is switched

                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: path changed web/vnic0, SWITCHED
                     0 ns  h1: path changed web/vnic0, DIRECT (p1/vf0)
                     0 ns  h1: path changed web/vnic0, SWITCHED

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_direct_through_a_function() {
    assertThat(vnic).isDirectThrough("p0/vf0");
    fails(
        () -> assertThat(vnic).isDirectThrough("p1/vf0"),
        """
        Expecting VNIC web/vnic0
          to be direct through p1/vf0
          but it is direct through p0/vf0

                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_switched() {
    fails(
        () -> assertThat(vnic).isSwitched(),
        """
        Expecting VNIC web/vnic0
          to be switched
          but it is direct through p0/vf0

                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    failBoth();
    assertThat(vnic).isSwitched();
  }

  @Test
  void is_down() {
    fails(
        () -> assertThat(vnic).isDown(),
        """
        Expecting VNIC web/vnic0
          to be down
          but it is direct through p0/vf0

                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().removeVm("web");
    assertThat(vnic).isDown();
    fails(
        () -> assertThat(vnic).isSwitched(),
        """
        Expecting VNIC web/vnic0
          to be switched
          but it is down

                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: path changed web/vnic0, SWITCHED
                     0 ns  h1: path changed web/vnic0, DOWN

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_a_bandwidth() {
    assertThat(vnic).hasBandwidth(null);
    vnic.setBandwidth(8_000_000);
    assertThat(vnic).hasBandwidth(Bandwidth.ofBitsPerSecond(8_000_000));
    fails(
        () -> assertThat(vnic).hasBandwidth(null),
        """
        Expecting VNIC web/vnic0
          to have no bandwidth limit
          but it has bandwidth 10000 bytes per PT0.01S

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_a_priority() {
    assertThat(vnic).hasPriority(Priority.NORMAL);
    fails(
        () -> assertThat(vnic).hasPriority(Priority.HIGH),
        """
        Expecting VNIC web/vnic0
          to have priority HIGH
          but it has priority NORMAL

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void holds_what_waits_for_the_guest() {
    assertThat(vnic).holds(0).droppedNothing();
    failBoth();
    lab.vm("web").pause();
    lab.vm("db").send(udp().to(lab.vm("web")));
    assertThat(vnic).holds(1);
    fails(
        () -> assertThat(vnic).holds(0),
        """
        Expecting VNIC web/vnic0
          to hold 0 packets
          but it holds 1 (web/vnic0 (SWITCHED))

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
