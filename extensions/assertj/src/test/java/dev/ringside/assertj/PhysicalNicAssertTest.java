// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PhysicalNicAssertTest {

  private final Lab lab = Labs.twoNics();
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final PhysicalNic p1 = lab.host().pnic("p1");

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void is_up() {
    assertThat(p0).isUp();
    p0.fail();
    fails(
        () -> assertThat(p0).isUp(),
        """
        Expecting PNIC p0
          to be up
          but it is failed, inactive

                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)
                     0 ns  h1: pnic failed p0 (link goes down)
                     0 ns  h1: failure detected p0
                     0 ns  h1: function unmapped web, p0 (p0/vf0)
                     0 ns  h1: function unmapped db, p0 (p0/vf1)
                     0 ns  h1: pnic deactivated p0

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_failed() {
    fails(
        () -> assertThat(p0).isFailed(),
        """
        Expecting PNIC p0
          to be failed
          but it is up

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
    p0.hang();
    assertThat(p0).isFailed();
  }

  @Test
  void has_a_link() {
    assertThat(p0).hasLink();
    p0.linkDown();
    fails(
        () -> assertThat(p0).hasLink(),
        """
        Expecting PNIC p0
          to have a link
          but it has none: link down, inactive

                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)
                     0 ns  h1: link down p0
                     0 ns  h1: failure detected p0
                     0 ns  h1: function unmapped web, p0 (p0/vf0)
                     0 ns  h1: function unmapped db, p0 (p0/vf1)
                     0 ns  h1: pnic deactivated p0

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_link() {
    fails(
        () -> assertThat(p0).hasNoLink(),
        """
        Expecting PNIC p0
          to have no link
          but it has one: up

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
    p0.linkDown();
    assertThat(p0).hasNoLink();
  }

  @Test
  void is_active() {
    assertThat(p0).isActive();
    fails(
        () -> assertThat(p1).isActive(),
        """
        Expecting PNIC p1
          to be active
          but it is up, inactive

                     0 ns  h1: pnic deactivated p1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_standby() {
    assertThat(p1).isStandby();
    fails(
        () -> assertThat(p0).isStandby(),
        """
        Expecting PNIC p0
          to be on standby
          but it is up

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void received_so_many() {
    lab.wire().send(udp().to(lab.vm("web")), 3);
    assertThat(p0).received(3);
    fails(
        () -> assertThat(p0).received(1),
        """
        Expecting PNIC p0
          to have received 1 packet
          but it has received 3

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void sent_so_many() {
    lab.vm("web").send(udp().to(lab.wire()));
    assertThat(p0).sent(1);
    fails(
        () -> assertThat(p0).sent(2),
        """
        Expecting PNIC p0
          to have sent 2 packets
          but it has sent 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_free_functions() {
    assertThat(p1).hasFreeFunctions(2);
    fails(
        () -> assertThat(p0).hasFreeFunctions(1),
        """
        Expecting PNIC p0
          to have 1 free virtual functions
          but it has 0: [p0/vf0 bound to web, p0/vf1 bound to db]

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_a_bound_function() {
    assertThat(p0).hasBoundFunction("web");
    lab.host().removeVm("web");
    fails(
        () -> assertThat(p0).hasBoundFunction("web"),
        """
        Expecting PNIC p0
          to have a virtual function bound to web
          but it has none: [p0/vf0 free, p0/vf1 bound to db]

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: function mapped db, p0 (p0/vf1)
                     0 ns  h1: function unmapped web, p0 (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_so_many_for_a_reason() {
    lab.wire().send(udp().to(lab.vm("web")), 2);
    assertThat(p1).dropped(DropReason.PNIC_INACTIVE, 2).dropped(DropReason.RING_FULL, 0);
    fails(
        () -> assertThat(p1).dropped(DropReason.PNIC_INACTIVE, 1),
        """
        Expecting PNIC p1
          to have dropped 1 packet for PNIC_INACTIVE
          but it has dropped 2 for it; its drops are
            PNIC_INACTIVE 2

                     0 ns  #1  STACK            station  injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:9, 60 bytes
                     0 ns  #1  STATION          station  passed
                     0 ns  #1  EXTERNAL_SWITCH  switch   passed
                     0 ns  #1  WIRE             p1       passed: to host
                     0 ns  #1  PNIC             p1       dropped, PNIC_INACTIVE: p1 (up, inactive)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(p1).dropped(DropReason.RING_FULL, 1),
        """
        Expecting PNIC p1
          to have dropped 1 packet for RING_FULL
          but it has dropped none for it; its drops are
            PNIC_INACTIVE 2

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(p0).dropped(DropReason.RING_FULL, 1),
        """
        Expecting PNIC p0
          to have dropped 1 packet for RING_FULL
          but it has dropped nothing

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_nothing() {
    lab.wire().send(udp().to(lab.vm("web")));
    assertThat(p0).droppedNothing();
    fails(
        () -> assertThat(p1).droppedNothing(),
        """
        Expecting PNIC p1
          to have dropped nothing
          but it has dropped
            PNIC_INACTIVE 1

                     0 ns  #1  STACK            station  injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:9, 60 bytes
                     0 ns  #1  STATION          station  passed
                     0 ns  #1  EXTERNAL_SWITCH  switch   passed
                     0 ns  #1  WIRE             p1       passed: to host
                     0 ns  #1  PNIC             p1       dropped, PNIC_INACTIVE: p1 (up, inactive)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void lost_nothing() {
    lab.wire().send(udp().to(lab.vm("web")));
    assertThat(p1).lostNothing();
    p0.fail();
    p1.fail();
    lab.vm("web").send(udp().to(lab.wire()));
    fails(
        () -> assertThat(lab.host().aggregator()).lostNothing(),
        """
        Expecting aggregator aggr0
          to have lost nothing
          but it has dropped
            NO_UPLINK 1

                     0 ns  #7  STACK           web        injected: #7 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #7  VNIC            web/vnic0  passed
                     0 ns  #7  VIRTUAL_SWITCH  vswitch    passed
                     0 ns  #8  VIRTUAL_SWITCH  vswitch    cloned: copy of #7
                     0 ns  #8  HOLD_QUEUE      aggr0      dropped, NO_UPLINK: aggr0 without an active NIC, 0 held

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_only_for_some_reasons() {
    lab.wire().send(udp().to(lab.vm("web")));
    assertThat(p1).droppedOnly(DropReason.PNIC_INACTIVE);
    fails(
        () -> assertThat(p1).droppedOnly(DropReason.RING_FULL, DropReason.NO_MATCH),
        """
        Expecting PNIC p1
          to have dropped packets only for [RING_FULL, NO_MATCH]
          but it has dropped
            PNIC_INACTIVE 1

                     0 ns  #1  STACK            station  injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:9, 60 bytes
                     0 ns  #1  STATION          station  passed
                     0 ns  #1  EXTERNAL_SWITCH  switch   passed
                     0 ns  #1  WIRE             p1       passed: to host
                     0 ns  #1  PNIC             p1       dropped, PNIC_INACTIVE: p1 (up, inactive)

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
