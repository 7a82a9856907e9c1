// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.Packets;
import org.junit.jupiter.api.Test;

/** The law: every packet has exactly one fate. */
class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void a_ledger_that_adds_up_has_no_violations() {
    Account sender = ledger.open(Stage.STATION, "sender");
    Account receiver = ledger.open(Stage.STACK, "receiver", () -> 1);
    for (int i = 0; i < 4; i++) {
      sender.addCreated();
      sender.addSent();
      receiver.addReceived();
    }
    receiver.addCloned();
    receiver.addDelivered();
    receiver.addDropped(DropReason.MALFORMED);
    receiver.addDropped(DropReason.RING_FULL, 2);

    assertThat(ledger.violations()).isEmpty();
    assertThat(ledger.injected()).isEqualTo(4);
    assertThat(ledger.cloned()).isEqualTo(1);
    assertThat(ledger.delivered()).isEqualTo(1);
    assertThat(ledger.dropped()).isEqualTo(3);
    assertThat(ledger.dropped(DropReason.RING_FULL)).isEqualTo(2);
    assertThat(ledger.dropped(DropReason.TTL)).isZero();
    assertThat(ledger.live()).isEqualTo(1);
    assertThat(receiver)
        .hasToString(
            "STACK receiver: received 4, cloned 1, delivered 1, dropped RING_FULL 2,"
                + " dropped MALFORMED 1, live 1,");
    assertThat(receiver.received()).isEqualTo(4);
    assertThat(sender.sent()).isEqualTo(4);
    assertThat(sender).hasToString("STATION sender: created 4, sent 4,");
  }

  @Test
  void a_balance_stays_as_it_was_when_it_was_asked_for() {
    Account device = ledger.open(Stage.STACK, "web");
    device.addCreated();
    Balance before = ledger.balance();
    device.addDelivered();

    assertThat(before.delivered()).isZero();
    assertThat(before.violations()).hasSize(2);
    assertThat(ledger.balance().injected()).isEqualTo(1);
    assertThat(ledger.balance().delivered()).isEqualTo(1);
    assertThat(ledger.balance().violations()).isEmpty();
  }

  @Test
  void a_device_that_forgets_a_packet_is_found() {
    Account device = ledger.open(Stage.PNIC, "p0", () -> 0);
    device.addCreated();

    assertThat(device.missing()).isEqualTo(1);
    assertThat(ledger.violations())
        .containsExactly(
            "1 packets are unaccounted for at PNIC p0: created 1,",
            "lab: injected 1 + cloned 0 is not delivered 0 + dropped 0 + live 0");
  }

  @Test
  void a_device_that_delivers_a_packet_twice_is_found() {
    Account device = ledger.open(Stage.STACK, "web");
    device.addCreated();
    device.addDelivered();
    device.addDelivered();

    assertThat(ledger.violations())
        .containsExactly(
            "-1 packets are unaccounted for at STACK web: created 1, delivered 2,",
            "lab: injected 1 + cloned 0 is not delivered 2 + dropped 0 + live 0");
  }

  @Test
  void a_packet_that_is_lost_between_two_devices_is_found() {
    Account device = ledger.open(Stage.PNIC, "p0");
    device.addCreated();
    device.addSent(); // and nobody received it

    assertThat(ledger.violations())
        .containsExactly("lab: injected 1 + cloned 0 is not delivered 0 + dropped 0 + live 0");
  }

  @Test
  void a_packet_that_a_lab_loses_is_found() {
    try (Lab lab = Lab.open()) {
      lab.wire().send(Packets.udp().to(lab.vm("vm1")));
      assertThat(lab.ledger().violations()).isEmpty();

      Account planted = lab.ledger().open(Stage.VNIC, "planted");
      lab.world()
          .run(
              () ->
                  lab.world()
                      .inject(
                          planted, Packets.udp().from(lab.wire()).to(lab.vm("vm1")).toPacket()));

      assertThat(lab.ledger().violations())
          .first()
          .isEqualTo("1 packets are unaccounted for at VNIC planted: created 1,");
    }
  }

  @Test
  void its_accounts_come_in_the_order_in_which_the_devices_were_made() {
    Account first = ledger.open(Stage.PNIC, "p0");
    Account second = ledger.open(Stage.VNIC, "web/vnic0");

    assertThat(ledger.accounts()).containsExactly(first, second);
  }
}
