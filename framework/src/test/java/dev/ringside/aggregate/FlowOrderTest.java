// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow keeps its order from direct access over the switched path to direct access again. */
class FlowOrderTest {

  private static final Duration STEP = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(long bandwidth, String... vms) {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(4)
                    .vms(vms)
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(STEP)));
    lab.cables().forEach(cable -> cable.toNetwork().setBandwidth(bandwidth));
    return lab;
  }

  /** The cable carries 1.5 short frames a step; the guest sends up to 40. */
  @ParameterizedTest
  @CsvSource({
    "0, 5, 60",
    "1000000, 1, 60",
    "1000000, 5, 60",
    "10000000, 20, 60",
    "1000000, 40, 12"
  })
  void what_a_guest_sends_arrives_in_order_however_full_the_rings_are(
      long bandwidth, int rate, int steps) {
    Lab lab = lab(bandwidth, "a", "b");
    VirtualMachine a = lab.vm("a");
    int next = 1;
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < rate; i++) {
        a.send(number(next++, lab.wire()));
      }
      if (step == 3) {
        lab.host().pnic("p0").fail();
      }
      lab.advance(STEP);
      TestLabs.checkLaws(lab);
    }
    lab.advance(Duration.ofMinutes(1));

    // One packet was on the failing cable: it arrives, but perhaps behind others.
    List<Integer> arrived = new ArrayList<>(numbers(lab.wire().received()));
    assertThat(arrived).containsExactlyInAnyOrderElementsOf(range(1, next - 1));
    assertThat(inversions(arrived)).isLessThanOrEqualTo(1);
    assertThat(losses(lab)).isEmpty();
    assertThat(lab.host().vnic("a").path()).isEqualTo(VnicPath.DIRECT);
    assertThat(lab.host().vnic("a").live()).isZero();
  }

  private static int inversions(List<Integer> numbers) {
    int inversions = 0;
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) < numbers.get(i - 1)) {
        inversions++;
      }
    }
    return inversions;
  }

  @Test
  void a_guest_sends_through_its_function_once_its_own_backlog_is_gone_not_that_of_others() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(4)
                    .vms("direct")
                    .vm(VmSpec.named("switched").switched()));
    lab.cable("p1").toNetwork().setBandwidth(1_000_000);
    for (int i = 0; i < 20; i++) { // keeps the host's ring of p1 from ever getting empty
      int number = 1_000 + i;
      lab.executor()
          .scheduleAtFixedRate(
              () -> lab.vm("switched").send(number(number, lab.wire())),
              0,
              5,
              java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    lab.advance(Duration.ofMillis(1));
    lab.host().pnic("p0").fail();
    lab.vm("direct").send(number(1, lab.wire()));
    lab.advance(Duration.ofMillis(100));

    assertThat(lab.host().vnic("direct").path()).isEqualTo(VnicPath.DIRECT);
    assertThat(numbers(lab.wire().received())).contains(1);
  }

  @Test
  void packets_between_guests_keep_their_order_too() {
    Lab lab = lab(1_000_000, "a", "b");
    VirtualMachine a = lab.vm("a");
    VirtualMachine b = lab.vm("b");
    int next = 1;
    for (int step = 0; step < 30; step++) {
      a.send(number(60_000, lab.wire())); // so that packets on the card queue
      a.send(number(next++, b));
      if (step == 10) {
        lab.host().pnic("p0").fail();
      }
      lab.advance(STEP.dividedBy(3));
    }
    lab.advance(Duration.ofSeconds(5));

    assertThat(numbers(b.received())).isEqualTo(range(1, next - 1));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void what_arrives_for_a_paused_guest_on_both_paths_is_taken_in_order() {
    Lab lab = lab(0, "a");
    VirtualMachine a = lab.vm("a");
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(3));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);
    a.pause();
    for (int i = 1; i <= 100; i++) {
      lab.wire().send(number(i, a));
    }
    lab.advance(STEP);
    assertThat(a.directAccessThrough()).isEqualTo("p1");
    for (int i = 101; i <= 200; i++) {
      lab.wire().send(number(i, a));
    }
    assertThat(a.received()).isEmpty();
    assertThat(lab.host().vnic("a").switchedBacklog()).isEqualTo(100);

    a.resume();

    assertThat(numbers(a.received())).isEqualTo(range(1, 200));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_guest_that_pauses_itself_in_the_midst_goes_on_where_it_stopped() {
    Lab lab = lab(0, "a");
    VirtualMachine a = lab.vm("a");
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(3));
    a.pause();
    for (int i = 1; i <= 10; i++) {
      lab.wire().send(number(i, a));
    }
    lab.advance(STEP);
    for (int i = 11; i <= 20; i++) {
      lab.wire().send(number(i, a));
    }
    a.onPacket(
        packet -> {
          if (packet.destinationPort() % 7 == 0) {
            a.pause();
          }
        });

    a.resume();
    assertThat(numbers(a.received())).isEqualTo(range(1, 7));
    a.resume();
    assertThat(numbers(a.received())).isEqualTo(range(1, 14));
    a.resume();
    assertThat(numbers(a.received())).isEqualTo(range(1, 20));
  }

  @Test
  void too_much_for_the_rings_is_dropped_at_their_ends_and_the_rest_stays_in_order() {
    Lab lab = lab(1_000_000, "a");
    VirtualMachine a = lab.vm("a");
    for (int i = 1; i <= 600; i++) {
      a.send(number(i, lab.wire()));
    }
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(5));

    assertThat(losses(lab)).containsOnlyKeys(DropReason.RING_FULL);
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(87);
    assertThat(numbers(lab.wire().received())).containsExactlyInAnyOrderElementsOf(range(1, 513));
  }
}
