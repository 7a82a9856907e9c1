// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.Failing.failsSaying;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualLinkAggregatorAssertTest {

  private final Lab lab =
      Lab.builder()
          .topology(
              builder ->
                  builder
                      .host("h1")
                      .pnics(2)
                      .virtualFunctions(2)
                      .vms("web")
                      .portSelection(PortSelectionPolicies.roundRobin()))
          .open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualLinkAggregator aggregator = web.aggregator();

  @AfterEach
  void close() {
    lab.close();
  }

  private Packet send(int connection) {
    return web.send(udp().to(lab.wire()).fromPort(connection).port(53));
  }

  @Test
  void has_ports() {
    assertThat(aggregator).hasPorts("p0", "p1");
    fails(
        () -> assertThat(aggregator).hasPorts("p1"),
        """
        Expecting aggregator of web
          to have list [p1]
          but it has list [p0, p1]

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: port joined web, p0
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: port joined web, p1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_ports() {
    fails(
        () -> assertThat(aggregator).hasNoPorts(),
        """
        Expecting aggregator of web
          to have no NIC in its list
          but it has list [p0, p1]

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: port joined web, p0
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: port joined web, p1

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    assertThat(aggregator).hasNoPorts();
  }

  @Test
  void sends_a_connection() {
    Packet first = send(9);
    assertThat(aggregator).sends(first);
    assertThat(aggregator).sends(Connection.of(first)).through("p0").stays().wentThrough("p0");
    Packet other = udp().from(web).to(lab.wire()).fromPort(7).port(53).toPacket();
    fails(
        () -> assertThat(aggregator).sends(other),
        """
        Expecting aggregator of web
          to send udp 198.18.0.1:7 <> 198.18.255.254:53
          but it remembers udp 198.18.0.1:9 <> 198.18.255.254:53 through p0

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: port joined web, p0
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: port joined web, p1
                     0 ns  h1: connection placed web, p0 (udp 198.18.0.1:9 <> 198.18.255.254:53)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void says_what_it_remembers_instead() {
    Packet other = udp().from(web).to(lab.wire()).fromPort(99).port(53).toPacket();
    failsSaying(() -> assertThat(aggregator).sends(other), "but it remembers no connection\n");
    for (int i = 1; i <= 9; i++) {
      send(i);
    }
    failsSaying(
        () -> assertThat(aggregator).sends(other),
        "; udp 198.18.0.1:8 <> 198.18.255.254:53 through p1; and 1 more\n");
  }

  @Test
  void sends_a_connection_through_a_nic() {
    Packet first = send(9);
    fails(
        () -> assertThat(aggregator).sends(first).through("p1"),
        """
        Expecting aggregator of web
          to send udp 198.18.0.1:9 <> 198.18.255.254:53 through p1
          but it sends it through p0

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: port joined web, p0
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: port joined web, p1
                     0 ns  h1: connection placed web, p0 (udp 198.18.0.1:9 <> 198.18.255.254:53)

        Replay with @LabSeed(0x5eedL)
        """);
    lab.host().pnic("p0").fail();
    failsSaying(
        () -> assertThat(aggregator).sends(first).through("p0"),
        "but it sends it through p0, which has left the list\n");
  }

  @Test
  void a_connection_stays_or_is_moved() {
    Packet first = send(9);
    lab.host().pnic("p0").fail();
    assertThat(aggregator).sends(first).stays();
    send(9);
    assertThat(aggregator).sends(first).through("p1").wentThrough("p0", "p1");
    fails(
        () -> assertThat(aggregator).sends(first).stays(),
        """
        Expecting aggregator of web
          to send udp 198.18.0.1:9 <> 198.18.255.254:53 always through p0
          but it sends it through p0, then p1

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: port joined web, p0
                     0 ns  h1: function mapped web, p1 (p1/vf0)
                     0 ns  h1: port joined web, p1
                     0 ns  h1: connection placed web, p0 (udp 198.18.0.1:9 <> 198.18.255.254:53)
                     0 ns  h1: port left web, p0
                     0 ns  h1: function unmapped web, p0 (p0/vf0)
                     0 ns  h1: connection moved web, p1 (udp 198.18.0.1:9 <> 198.18.255.254:53)

        Replay with @LabSeed(0x5eedL)
        """);
    failsSaying(
        () -> assertThat(aggregator).sends(first).wentThrough("p1"),
        "through p1\n  but it sends it through p0, then p1\n");
  }

  @Test
  void a_connection_that_was_forgotten_has_no_way() {
    Packet first = send(9);
    VirtualLinkAggregatorAssert sending = assertThat(aggregator).sends(first);
    aggregator.forget(Connection.of(first));

    failsSaying(sending::stays, "but it remembers no connection\n");
    failsSaying(() -> sending.through("p0"), "no connection\n");
    failsSaying(() -> sending.wentThrough("p0"), "no connection\n");
  }

  @Test
  void asks_for_the_connection_first() {
    assertThatThrownBy(() -> assertThat(aggregator).stays())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("of which connection? say sends(connection) first");
  }

  @Test
  void all_nics_are_active_and_give_direct_access() {
    assertThat(lab.host().aggregator()).hasActive("p0").hasActive("p1").isNormal();
    assertThat(web).hasDirectAccessThrough("p0").hasDirectAccessThrough("p1");
    failsSaying(
        () -> assertThat(lab.host().aggregator()).hasNoneActive(), "but it has p0, p1 active\n");
    failsSaying(
        () -> assertThat(web).hasDirectAccessThrough("p7"),
        "but it has direct access through p0, p1\n");
  }
}
