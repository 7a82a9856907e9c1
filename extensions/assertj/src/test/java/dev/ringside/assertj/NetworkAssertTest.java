// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.ringside.Lab;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.ExternalSwitch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cables and switches. */
class NetworkAssertTest {

  private final Lab lab = Labs.oneNic();
  private final VirtualMachine web = lab.vm("web");
  private final Cable cable = lab.cable("p0");
  private final ExternalSwitch network = lab.externalSwitch();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_cable_is_up() {
    assertThat(cable).isUp();
    cable.unplug();
    fails(
        () -> assertThat(cable).isUp(),
        """
        Expecting cable p0
          to be plugged in
          but it is unplugged

                     0 ns  p0: link down cable p0

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_cable_is_unplugged() {
    fails(
        () -> assertThat(cable).isUnplugged(),
        """
        Expecting cable p0
          to be unplugged
          but it is plugged in

        Replay with @LabSeed(0x5eedL)
        """);
    cable.unplug();
    assertThat(cable).isUnplugged();
  }

  @Test
  void a_cable_carried_so_many() {
    lab.wire().send(udp().to(web));
    assertThat(cable).carried(1).droppedNothing();
    fails(
        () -> assertThat(cable).carried(2),
        """
        Expecting cable p0
          to have carried 2 packets
          but it has carried 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_cable_holds_so_many() {
    cable.toHost().setLatency(Duration.ofMillis(1));
    lab.wire().send(udp().to(web));
    assertThat(cable).holds(1);
    fails(
        () -> assertThat(cable).holds(0),
        """
        Expecting cable p0
          to hold 0 packets
          but it holds 1 (cable p0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_switch_has_heard() {
    web.send(udp().to(lab.wire()));
    assertThat(network).hasHeard(web).on("p0").hasHeard(web.mac(), 1);
    assertThat(lab.host().virtualSwitch()).hasNotHeard(web);
    fails(
        () -> assertThat(network).hasHeard(lab.vm("db")),
        """
        Expecting switch switch
          to have heard 02:52:53:01:00:02 in VLAN 1
          but it has heard [vlan 1 02:52:53:01:00:01 p0]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(network).hasHeard(web.mac(), 2),
        """
        Expecting switch switch
          to have heard 02:52:53:01:00:01 in VLAN 2
          but it has heard [vlan 1 02:52:53:01:00:01 p0]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_switch_has_heard_on_a_port() {
    web.send(udp().to(lab.wire()));
    fails(
        () -> assertThat(network).hasHeard(web).on("station"),
        """
        Expecting switch switch
          to have heard 02:52:53:01:00:01 in VLAN 1 on port station
          but it has heard [vlan 1 02:52:53:01:00:01 p0]

        Replay with @LabSeed(0x5eedL)
        """);
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(network).on("p0"))
        .withMessage("say first whom: hasHeard(web).on(\"p0\")");
  }

  @Test
  void a_switch_has_heard_nobody() {
    assertThat(network).hasNotHeard(web).droppedNothing();
    fails(
        () -> assertThat(network).hasHeard(web),
        """
        Expecting switch switch
          to have heard 02:52:53:01:00:01 in VLAN 1
          but it has heard nobody

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_switch_has_not_heard() {
    web.send(udp().to(lab.wire()));
    fails(
        () -> assertThat(network).hasNotHeard(web),
        """
        Expecting switch switch
          to have heard nothing of 02:52:53:01:00:01
          but it has heard [vlan 1 02:52:53:01:00:01 p0]

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
