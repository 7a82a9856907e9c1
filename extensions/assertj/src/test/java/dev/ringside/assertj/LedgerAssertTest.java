// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Ledger;
import dev.ringside.trace.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fates of packets, of a lab and of one device. */
class LedgerAssertTest {

  private final Lab lab = Labs.oneNic();
  private final Ledger ledger = lab.ledger();

  @AfterEach
  void close() {
    lab.close();
  }

  private void deliver() {
    lab.wire().send(udp().to(lab.vm("web")));
  }

  private void spoof() {
    lab.vm("web").send(udp().fromMac(MacAddress.of("02:00:00:00:00:01")).to(lab.wire()));
  }

  private void forget() {
    ledger.open(Stage.PNIC, "p9").addReceived();
  }

  @Test
  void is_balanced() {
    deliver();
    assertThat(ledger).isBalanced();
    assertThat(lab).isBalanced();
    forget();
    fails(
        () -> assertThat(ledger).isBalanced(),
        """
        Expecting ledger
          to balance
          but packets are unaccounted for
            1 packets are unaccounted for at PNIC p9: received 1,

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).isBalanced(),
        """
        Expecting ledger
          to balance
          but packets are unaccounted for
            1 packets are unaccounted for at PNIC p9: received 1,

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void delivered_so_many() {
    deliver();
    assertThat(ledger).delivered(1);
    fails(
        () -> assertThat(ledger).delivered(2),
        """
        Expecting ledger
          to have delivered 2 packets
          but it has delivered 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_so_many_for_a_reason() {
    spoof();
    assertThat(ledger).dropped(DropReason.SPOOFED, 1);
    assertThat(lab).dropped(DropReason.SPOOFED, 1);
    fails(
        () -> assertThat(ledger).dropped(DropReason.SPOOFED, 2),
        """
        Expecting ledger
          to have dropped 2 packets for SPOOFED
          but it has dropped 1 for it; its drops are
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).dropped(DropReason.RING_FULL, 1),
        """
        Expecting lab
          to have dropped 1 packet for RING_FULL
          but it has dropped none for it; its drops are
            SPOOFED 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void dropped_nothing() {
    deliver();
    assertThat(ledger).droppedNothing();
    assertThat(lab).droppedNothing();
    spoof();
    fails(
        () -> assertThat(ledger).droppedNothing(),
        """
        Expecting ledger
          to have dropped nothing
          but it has dropped
            SPOOFED 1

                     0 ns  #2  STACK             web        injected: #2 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #2  VNIC              web/vnic0  passed
                     0 ns  #2  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).droppedNothing(),
        """
        Expecting lab
          to have dropped nothing
          but it has dropped
            SPOOFED 1

                     0 ns  #2  STACK             web        injected: #2 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #2  VNIC              web/vnic0  passed
                     0 ns  #2  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void lost_nothing() {
    assertThat(ledger).lostNothing();
    assertThat(lab).lostNothing();
    spoof();
    fails(
        () -> assertThat(ledger).lostNothing(),
        """
        Expecting ledger
          to have lost nothing
          but it has dropped
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).lostNothing(),
        """
        Expecting lab
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
  void dropped_only_for_some_reasons() {
    spoof();
    assertThat(ledger).droppedOnly(DropReason.SPOOFED, DropReason.NO_MATCH);
    assertThat(lab).droppedOnly(DropReason.SPOOFED);
    fails(
        () -> assertThat(ledger).droppedOnly(DropReason.NO_MATCH),
        """
        Expecting ledger
          to have dropped packets only for [NO_MATCH]
          but it has dropped
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).droppedOnly(DropReason.NO_MATCH),
        """
        Expecting lab
          to have dropped packets only for [NO_MATCH]
          but it has dropped
            SPOOFED 1

                     0 ns  #1  STACK             web        injected: #1 udp 198.18.0.1:49152 > 198.18.255.254:9, 60 bytes
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     dropped, SPOOFED: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void an_account_counts() {
    Account account = ledger.open(Stage.PNIC, "p9");
    account.addCreated();
    account.addReceived();
    account.addCloned();
    account.addSent();
    account.addDelivered();
    account.addDropped(DropReason.TTL);
    assertThat(account)
        .created(1)
        .received(1)
        .cloned(1)
        .sent(1)
        .delivered(1)
        .dropped(DropReason.TTL, 1)
        .holds(0)
        .isBalanced();
    fails(
        () -> assertThat(account).created(2),
        """
        Expecting account of PNIC p9
          to have created 2 packets
          but it has created 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).received(0),
        """
        Expecting account of PNIC p9
          to have received 0 packets
          but it has received 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).cloned(2),
        """
        Expecting account of PNIC p9
          to have cloned 2 packets
          but it has cloned 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).sent(2),
        """
        Expecting account of PNIC p9
          to have sent 2 packets
          but it has sent 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).delivered(2),
        """
        Expecting account of PNIC p9
          to have delivered 2 packets
          but it has delivered 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).holds(2),
        """
        Expecting account of PNIC p9
          to hold 2 packets
          but it holds 0 (PNIC p9: created 1, received 1, cloned 1, sent 1, delivered 1, dropped TTL 1,)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).dropped(DropReason.TTL, 2),
        """
        Expecting account of PNIC p9
          to have dropped 2 packets for TTL
          but it has dropped 1 for it; its drops are
            TTL 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(account).droppedNothing(),
        """
        Expecting account of PNIC p9
          to have dropped nothing
          but it has dropped
            TTL 1

        Replay with @LabSeed(0x5eedL)
        """);
    account.addReceived();
    fails(
        () -> assertThat(account).isBalanced(),
        """
        Expecting account of PNIC p9
          to be balanced
          but it is short of 1: PNIC p9: created 1, received 2, cloned 1, sent 1, delivered 1, dropped TTL 1,

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void an_account_of_its_own_has_no_lab_to_replay() {
    Account account = new Account(Stage.PNIC, "p9", null);
    account.addDropped(DropReason.TTL);
    fails(
        () -> assertThat(account).droppedNothing(),
        """
        Expecting account of PNIC p9
          to have dropped nothing
          but it has dropped
            TTL 1
        """);
  }

  @Test
  void a_lab_has_hosts_seed_and_time() {
    assertThat(lab).hasHosts("h1").hasSeed(0x5eed).hasElapsed(Duration.ZERO);
    fails(
        () -> assertThat(lab).hasHosts("h1", "h2"),
        """
        Expecting lab
          to have hosts [h1, h2]
          but it has [h1]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).hasSeed(1),
        """
        Expecting lab
          to have seed 0x1
          but it has seed 0x5eed

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab).hasElapsed(Duration.ofSeconds(1)),
        """
        Expecting lab
          to be at PT1S
          but it is at PT0S

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void a_host_has_nics_and_vms() {
    assertThat(lab.host()).hasPnics("p0").hasVms("web", "db").isNotAggregated();
    fails(
        () -> assertThat(lab.host()).hasPnics("p0", "p1"),
        """
        Expecting host h1
          to have PNICs [p0, p1]
          but it has [p0]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.host()).hasVms("web"),
        """
        Expecting host h1
          to have VMs [web]
          but it has [web, db]

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.host()).isAggregated(),
        """
        Expecting host h1
          to be aggregated
          but it is not

        Replay with @LabSeed(0x5eedL)
        """);
    try (Lab two = Labs.twoNics()) {
      assertThat(two.host()).isAggregated();
      fails(
          () -> assertThat(two.host()).isNotAggregated(),
          """
        Expecting host h1
          to be without aggregation
          but it is aggregated

        Replay with @LabSeed(0x5eedL)
        """);
    }
  }
}
