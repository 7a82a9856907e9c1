// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Stage.PNIC;
import static dev.ringside.trace.Stage.PROXY_VNIC;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.ProxySwitch;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** web and db, with channels for two packets. */
class ProxiesAssertTest {

  private final Lab lab = open();
  private final Host host = lab.host();
  private final VirtualMachine web = host.vm("web");
  private final VirtualMachine db = host.vm("db");
  private final Channel channel = host.proxies().channel("web", "db");
  private final ProxySwitch ofWeb = host.proxies().virtualSwitch("web");

  private static Lab open() {
    LabBuilder builder = Lab.builder().seed(Seed.of(0x5eed));
    builder.host("h1").vms("web", "db").proxies(ProxyConfig.DEFAULT.withCapacity(2));
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void send(int packets) {
    for (int i = 0; i < packets; i++) {
      web.send(udp().to(db).port(53));
    }
  }

  @Test
  void the_way_of_a_packet_leads_past_the_nics() {
    assertThat(lab.trace(web.send(udp().to(db)))).passed(PROXY_VNIC).neverPassed(PNIC);
    fails(
        () -> assertThat(lab.trace(web.send(udp().to(lab.wire())))).passed(PROXY_VNIC),
        """
        Expecting packet #2 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
          to pass PROXY_VNIC
          but it and its copies ended so
            #2 was dropped at VNIC db/vnic0, NO_MATCH: flooded, for another station
            #3 was delivered at STACK station

                     0 ns  #2  STACK            web          injected: #2 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #2  VNIC             web/net0     passed
                     0 ns  #2  VIRTUAL_SWITCH   web/vswitch  passed
                     0 ns  #2  VNIC             web/vnic0    passed
                     0 ns  #2  VIRTUAL_SWITCH   vswitch      passed
                     0 ns  #3  VIRTUAL_SWITCH   vswitch      cloned: copy of #2
                     0 ns  #3  WIRE             p0           passed: to network
                     0 ns  #2  VNIC             db/vnic0     dropped, NO_MATCH: flooded, for another station
                     0 ns  #3  EXTERNAL_SWITCH  switch       passed
                     0 ns  #3  STACK            station      delivered

        Replay with @LabSeed(0x5eedL)""");
  }

  // ---- channels ----

  @Test
  void a_channel_is_what_it_is() {
    assertThat(channel).isEmpty().hasSize(0).isNotAwaited().isOpen().carried(0).lostNothing();
    db.pause();
    send(3);
    assertThat(channel).isFull().hasSize(2).isAwaitedBy("web/net0").hasNeverHeldMoreThan(2);
    db.resume();
    assertThat(channel).isEmpty().carried(3).isNotAwaited();
    host.removeVm("db");
    assertThat(channel).isClosed().dropped(DropReason.TARGET_GONE, 0);
  }

  @Test
  void a_channel_is_not_what_it_is_not() {
    fails(() -> assertThat(channel).isFull(), had("all slots", 0));
    fails(() -> assertThat(channel).isClosed(), was("closed", "open"));
    fails(
        () -> assertThat(channel).isAwaitedBy("web/net0"),
        was("awaited by web/net0", "awaited by nobody"));
    db.pause();
    send(2);
    fails(() -> assertThat(channel).isEmpty(), had("no slot", 2));
    fails(() -> assertThat(channel).hasSize(1), had("1 slots", 2));
    fails(
        () -> assertThat(channel).hasNeverHeldMoreThan(1),
        """
        Expecting channel web>db
          to have never more than 1 slots in use
          but it has had 2

        Replay with @LabSeed(0x5eedL)""");
    fails(
        () -> assertThat(channel).carried(2),
        """
        Expecting channel web>db
          to have carried 2 packets
          but it has carried 0

        Replay with @LabSeed(0x5eedL)""");
    host.removeVm("db");
    fails(() -> assertThat(channel).isOpen(), was("open", "closed"));
  }

  private static String had(String wanted, int found) {
    return """
    Expecting channel web>db
      to have %s in use
      but it has %s of 2 slots in use

    Replay with @LabSeed(0x5eedL)"""
        .formatted(wanted, found);
  }

  private static String was(String wanted, String found) {
    return """
    Expecting channel web>db
      to be %s
      but it is %s

    Replay with @LabSeed(0x5eedL)"""
        .formatted(wanted, found);
  }

  @Test
  void a_channel_that_is_awaited_says_by_whom() {
    db.pause();
    send(3);
    fails(
        () -> assertThat(channel).isNotAwaited(),
        """
        Expecting channel web>db
          to be awaited by nobody
          but it is awaited by [web/net0 waits for 1 slot of channel web>db since PT0S, until db taking a packet, or a larger capacity]

                     0 ns  h1: request waits channel web>db, 1 slot

        Replay with @LabSeed(0x5eedL)""");
  }

  // ---- switches ----

  @Test
  void a_switch_reaches_whom_it_was_told_of() {
    assertThat(ofWeb).reaches(db).by("web/proxy-db").reaches(web.mac()).by("web/net0");
    assertThat(ofWeb).doesNotReach(lab.wire()).droppedNothing();
    assertThatThrownBy(() -> assertThat(ofWeb).by("web/net0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("say first whom: reaches(db).by(\"web/net0\")");
  }

  @Test
  void a_switch_does_not_reach_others() {
    fails(() -> assertThat(ofWeb).reaches(lab.wire()), message("a port for 02:52:53:00:00:fe"));
    fails(
        () -> assertThat(ofWeb).reaches(db).by("web/net0"),
        message("02:52:53:01:00:02 behind web/net0"));
    fails(() -> assertThat(ofWeb).doesNotReach(db), message("no port for 02:52:53:01:00:02"));
  }

  private static String message(String wanted) {
    return """
    Expecting switch web/vswitch
      to have %s
      but it has the table {02:52:53:01:00:01=web/net0, 02:52:53:01:00:02=web/proxy-db}

                 0 ns  h1: proxy announced db, 02:52:53:01:00:01, web
                 0 ns  h1: proxy announced web, 02:52:53:01:00:02, db

    Replay with @LabSeed(0x5eedL)"""
        .formatted(wanted);
  }
}
