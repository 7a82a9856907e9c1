// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static dev.ringside.trace.DropReason.CANCELLED;
import static dev.ringside.trace.DropReason.CONTAINED;
import static dev.ringside.trace.DropReason.CONTAINED_SW;
import static dev.ringside.trace.DropReason.FLOW_RULE;
import static dev.ringside.trace.DropReason.LINK_DOWN;
import static dev.ringside.trace.DropReason.NO_MATCH;
import static dev.ringside.trace.DropReason.PNIC_INACTIVE;
import static dev.ringside.trace.DropReason.RING_FULL;
import static dev.ringside.trace.DropReason.SAME_PORT;
import static dev.ringside.trace.DropReason.TTL;
import static dev.ringside.trace.DropReason.VLAN_FILTERED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Losses that a test said are fine, or must come. */
class ExpectedDropsTest {

  private final Ledger ledger = new Ledger();

  @Test
  void only_what_filters_switches_and_containments_do_all_day_is_no_loss() {
    assertThat(Arrays.stream(DropReason.values()).filter(reason -> !reason.isLoss()))
        .containsExactly(
            NO_MATCH, FLOW_RULE, PNIC_INACTIVE, CONTAINED, CONTAINED_SW, VLAN_FILTERED, SAME_PORT);
    assertThat(ledger.expectsDrops(FLOW_RULE)).isTrue();
    assertThat(ledger.expectsDrops(RING_FULL)).isFalse();
  }

  @Test
  void what_is_expected_is_fine_for_its_reasons_only_and_need_not_come() {
    ledger.expectDrops(RING_FULL, TTL);
    ledger.expectDrops(LINK_DOWN);

    assertThat(Arrays.stream(DropReason.values()).filter(DropReason::isLoss))
        .filteredOn(ledger::expectsDrops)
        .containsExactly(RING_FULL, TTL, LINK_DOWN);
    assertThat(ledger.announcesDrops()).isFalse();
    assertThat(DropReason.values()).noneMatch(ledger::announces);
  }

  @Test
  void what_is_announced_is_fine_and_must_come() {
    ledger.announceDrops(LINK_DOWN, RING_FULL);
    ledger.announceDrops(CANCELLED);

    assertThat(ledger.announcesDrops()).isTrue();
    assertThat(DropReason.values())
        .filteredOn(ledger::announces)
        .containsExactly(RING_FULL, CANCELLED, LINK_DOWN);
    assertThat(ledger.expectsDrops(LINK_DOWN)).isTrue();
    assertThat(ledger.expectsDrops(CANCELLED)).isTrue();
    assertThat(ledger.expectsDrops(TTL)).isFalse();
  }

  @Test
  void a_device_knows_which_losses_are_fine_for_it() {
    Account wire = ledger.open(Stage.WIRE, "c0");
    wire.expectDrops(RING_FULL);
    wire.expectDrops(LINK_DOWN);
    wire.expectDrops(LINK_DOWN);

    assertThat(DropReason.values())
        .filteredOn(wire::expectsDrops)
        .containsExactly(RING_FULL, LINK_DOWN);
    assertThat(ledger.expectsDrops(LINK_DOWN)).isFalse();
  }
}
