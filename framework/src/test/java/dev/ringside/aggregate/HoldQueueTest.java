// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HoldQueueTest {

  private static final Duration STEP = Duration.ofMillis(1);
  private static final long SLOW_CABLE = 1_000_000; // 672 us for a short frame

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab unmapped(AggregatorConfig config) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("web")
                    .aggregator(config.withStepDelay(STEP)));
    lab.host().pnic("p0").fail();
    lab.advance(STEP);
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.UNMAPPED);
    return lab;
  }

  private static void send(Lab lab, int first, int last) {
    VirtualMachine web = lab.vm("web");
    for (int i = first; i <= last; i++) {
      web.send(number(i, lab.wire()));
    }
  }

  @Test
  void holds_packets_while_no_nic_is_active_and_flushes_them_in_order() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT);
    send(lab, 1, 5);
    assertThat(lab.host().aggregator().held()).isEqualTo(5);
    assertThat(numbers(lab.wire().received())).isEmpty();

    lab.advance(STEP.multipliedBy(2));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 5));
    assertThat(lab.host().aggregator().held()).isZero();
    assertThat(lab.journal().events()).contains(Event.of(EventKind.HOLD_QUEUE_FLUSHED, "5"));
  }

  @Test
  void drops_what_exceeds_its_capacity() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT.withHoldCapacity(3));
    send(lab, 1, 5);
    assertThat(lab.host().aggregator().held()).isEqualTo(3);
    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(2);

    lab.advance(STEP.multipliedBy(3));

    assertThat(numbers(lab.wire().received())).containsExactly(1, 2, 3);
  }

  @Test
  void says_in_the_trace_why_it_drops() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT.withHoldCapacity(1));
    send(lab, 1, 1);

    assertThat(lab.trace(lab.vm("web").send(number(2, lab.wire()))).last())
        .hasToString(
            "#2    HOLD_QUEUE        aggr0           DROPPED NO_UPLINK:"
                + " ring aggr0/hold has 1 of 1 slots in use");
  }

  @Test
  void without_capacity_every_packet_in_the_window_is_dropped() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT.withHoldCapacity(0));
    send(lab, 1, 4);

    lab.advance(STEP.multipliedBy(3));

    assertThat(numbers(lab.wire().received())).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(4);
  }

  @Test
  void what_was_held_leaves_before_newer_packets() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    for (int step = 0; step < 5; step++) {
      send(lab, 1 + 10 * step, 10 + 10 * step);
      lab.advance(STEP);
    }
    lab.advance(Duration.ofSeconds(1));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 50));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void packets_that_the_failed_nic_had_not_sent_leave_before_those_that_were_held() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .vms("web")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    send(lab, 1, 10);
    lab.host().pnic("p0").fail();
    for (int step = 0; step < 6; step++) {
      send(lab, 11 + 5 * step, 15 + 5 * step);
      lab.advance(STEP);
    }
    lab.advance(Duration.ofSeconds(1));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 40));
    assertThat(lab.vm("web").directAccessThrough()).isEqualTo("p1");
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void more_than_the_next_nic_has_slots_for_is_flushed_as_it_sends() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT.withHoldCapacity(2_000));
    lab.cable("p1").toNetwork().setBandwidth(1_000 * SLOW_CABLE);
    send(lab, 1, 1_500);

    lab.advance(STEP.multipliedBy(2));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);
    send(lab, 1_501, 1_600);
    lab.advance(Duration.ofSeconds(1));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 1_600));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    assertThat(lab.journal().events()).contains(Event.of(EventKind.HOLD_QUEUE_FLUSHED, "1600"));
  }

  @Test
  void a_new_capacity_keeps_what_is_held() {
    Lab lab = unmapped(AggregatorConfig.DEFAULT);
    send(lab, 1, 5);

    lab.host().aggregator().configure(lab.host().aggregator().config().withHoldCapacity(1));
    send(lab, 6, 7);
    lab.advance(STEP.multipliedBy(3));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 6));
    assertThat(lab.ledger().dropped(DropReason.NO_UPLINK)).isEqualTo(1);
  }
}
