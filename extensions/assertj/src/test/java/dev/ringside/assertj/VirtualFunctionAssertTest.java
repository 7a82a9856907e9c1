// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.FunctionLink;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualFunctionAssertTest {

  private final Lab lab = Labs.oneNic();
  private final VirtualFunction vf = lab.host().pnic("p0").virtualFunction(0);

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void is_bound() {
    assertThat(vf).isBoundTo("web");
    fails(
        () -> assertThat(vf).isBoundTo("db"),
        """
        Expecting virtual function p0/vf0
          to be bound to db
          but it is bound to web

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    vf.unbind();
    fails(
        () -> assertThat(vf).isBoundTo("web"),
        """
        Expecting virtual function p0/vf0
          to be bound to web
          but it is free

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: function unmapped web, p0 (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_free() {
    fails(
        () -> assertThat(vf).isFree(),
        """
        Expecting virtual function p0/vf0
          to be free
          but it is bound to web

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    vf.unbind();
    assertThat(vf).isFree();
  }

  @Test
  void has_a_vlan() {
    assertThat(vf).hasVlan(0);
    vf.setVlan(100);
    assertThat(vf).hasVlan(100);
    fails(
        () -> assertThat(vf).hasVlan(200),
        """
        Expecting virtual function p0/vf0
          to have VLAN 200
          but it has VLAN 100

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: configured p0/vf0, vlan 100 priority 0

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_a_mac() {
    assertThat(vf).hasMac(lab.vm("web").mac());
    fails(
        () -> assertThat(vf).hasMac(MacAddress.of("02:00:00:00:00:01")),
        """
        Expecting virtual function p0/vf0
          to have MAC address 02:00:00:00:00:01
          but it has 02:52:53:01:00:01

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_trusted() {
    fails(
        () -> assertThat(vf).isTrusted(),
        """
        Expecting virtual function p0/vf0
          to be trusted
          but it is not trusted

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    vf.setTrusted(true);
    assertThat(vf).isTrusted();
  }

  @Test
  void is_not_trusted() {
    assertThat(vf).isNotTrusted();
    vf.setTrusted(true);
    fails(
        () -> assertThat(vf).isNotTrusted(),
        """
        Expecting virtual function p0/vf0
          to be an ordinary one
          but it is trusted

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: configured p0/vf0, trust on

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_spoof_check() {
    assertThat(vf).hasSpoofCheck();
    vf.setSpoofCheck(false);
    fails(
        () -> assertThat(vf).hasSpoofCheck(),
        """
        Expecting virtual function p0/vf0
          to have spoof check on
          but it has spoof check off

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: configured p0/vf0, spoof check off

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_spoof_check() {
    fails(
        () -> assertThat(vf).hasNoSpoofCheck(),
        """
        Expecting virtual function p0/vf0
          to have spoof check off
          but it has spoof check on

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    vf.setSpoofCheck(false);
    assertThat(vf).hasNoSpoofCheck();
  }

  @Test
  void has_a_link() {
    assertThat(vf).hasLink();
    vf.setLink(FunctionLink.DISABLED);
    fails(
        () -> assertThat(vf).hasLink(),
        """
        Expecting virtual function p0/vf0
          to have a link
          but it has none

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  h1: configured p0/vf0, link DISABLED

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_link() {
    fails(
        () -> assertThat(vf).hasNoLink(),
        """
        Expecting virtual function p0/vf0
          to have no link
          but it has one

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    vf.setLink(FunctionLink.DISABLED);
    assertThat(vf).hasNoLink();
  }

  @Test
  void received_and_sent_so_many() {
    lab.wire().send(udp().to(lab.vm("web")), 2);
    lab.vm("web").send(udp().to(lab.wire()));
    assertThat(vf).received(2).sent(1);
    fails(
        () -> assertThat(vf).received(1),
        """
        Expecting virtual function p0/vf0
          to have received 1 packet
          but it has received 2

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(vf).sent(0),
        """
        Expecting virtual function p0/vf0
          to have sent 0 packets
          but it has sent 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_what_it_should_not_send() {
    MacAddress another = MacAddress.of("02:00:00:00:00:01");
    lab.vm("web").send(udp().fromMac(another).to(lab.wire()));
    assertThat(vf).dropped(DropReason.SPOOFED, 1).droppedOnly(DropReason.SPOOFED);
    fails(
        () -> assertThat(vf).dropped(DropReason.SPOOFED, 2),
        """
        Expecting virtual function p0/vf0
          to have dropped 2 packets for SPOOFED
          but it has dropped 1 for it; its drops are
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(vf).droppedNothing(),
        """
        Expecting virtual function p0/vf0
          to have dropped nothing
          but it has dropped
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(vf).lostNothing(),
        """
        Expecting virtual function p0/vf0
          to have lost nothing
          but it has dropped
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void refused_so_many_requests() {
    assertThat(vf).refusedRequests(0);
    vf.requestPromiscuous(true);
    assertThat(vf).refusedRequests(1);
    fails(
        () -> assertThat(vf).refusedRequests(2),
        """
        Expecting virtual function p0/vf0
          to have refused 2 requests
          but it has refused 1

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
