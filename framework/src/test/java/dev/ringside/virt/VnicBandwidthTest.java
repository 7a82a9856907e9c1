// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static dev.ringside.virt.TwoGuests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Packets;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of 1,000 bytes against a limit of 3,000 bytes per millisecond. */
class VnicBandwidthTest {

  private static final Duration TICK = Duration.ofMillis(1);
  private static final Bandwidth THREE = Bandwidth.ofBytesPerTick(3_000, TICK);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab open(boolean direct) {
    return TwoGuests.open(labs, direct);
  }

  private static void receive(Lab lab, String vm, int first, int last) {
    for (int i = first; i <= last; i++) {
      lab.wire().send(Packets.udp().to(lab.vm(vm)).payloadSize(958).port(i));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sends_one_ticks_bytes_in_a_tick_and_lets_four_wait(boolean direct) {
    Lab lab = open(direct);
    lab.host().vnic("a").setBandwidth(THREE);
    send(lab, "a", 1, 20);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 3));
    assertThat(lab.host().vnic("a").waitingForBandwidth()).isEqualTo(12);
    assertThat(lab.host().vnic("a").account().dropped(DropReason.RATE_LIMITED)).isEqualTo(5);
    for (int tick = 1; tick <= 4; tick++) {
      lab.advance(TICK);
      assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 3 + 3 * tick));
    }
    assertThat(lab.host().vnic("a").live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void receives_as_much_as_it_may_send(boolean direct) {
    Lab lab = open(direct);
    lab.host().vnic("a").setBandwidth(THREE);
    receive(lab, "a", 1, 20);

    assertThat(numbers(lab.vm("a").received())).isEqualTo(range(1, 3));
    assertThat(lab.host().vnic("a").account().dropped(DropReason.RATE_LIMITED)).isEqualTo(5);
    lab.advance(TICK.multipliedBy(4));
    assertThat(numbers(lab.vm("a").received())).isEqualTo(range(1, 15));
  }

  @Test
  void both_directions_have_a_limit_of_their_own_and_so_has_each_guest() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(THREE);
    send(lab, "a", 1, 3);
    receive(lab, "a", 1, 3);
    send(lab, "b", 11, 30);

    assertThat(numbers(lab.wire().received())).hasSize(23);
    assertThat(numbers(lab.vm("a").received())).hasSize(3);
  }

  @Test
  void a_packet_that_is_longer_than_the_limit_takes_a_tick_of_its_own() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(Bandwidth.ofBytesPerTick(300, TICK));
    send(lab, "a", 1, 2);
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    send(lab, "a", 3, 3);
    assertThat(lab.host().vnic("a").account().dropped(DropReason.RATE_LIMITED)).isEqualTo(1);

    lab.advance(TICK);

    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
  }

  @Test
  void a_packet_that_does_not_fit_into_the_rest_of_a_tick_waits_whole() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(Bandwidth.ofBytesPerTick(2_999, TICK));
    send(lab, "a", 1, 3);
    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);
    lab.vm("a").send(Packets.udp().to(lab.wire()).port(4)); // would fit, but does not overtake
    assertThat(numbers(lab.wire().received())).containsExactly(1, 2);

    lab.advance(TICK);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 4));
  }

  @Test
  void ticks_begin_at_their_multiples_and_save_nothing_up() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(THREE);
    lab.advance(Duration.ofNanos(9_400_000));
    send(lab, "a", 1, 6);
    assertThat(numbers(lab.wire().received())).hasSize(3);

    lab.advance(Duration.ofNanos(600_000));

    assertThat(numbers(lab.wire().received())).hasSize(6);
  }

  @Test
  void what_has_waited_passes_when_the_limit_is_lifted() {
    Lab lab = open(true);
    Vnic vnic = lab.host().vnic("a");
    vnic.setBandwidth(8_000_000);
    assertThat(vnic.bandwidth()).hasToString("10000 bytes per PT0.01S");
    send(lab, "a", 1, 30);
    assertThat(numbers(lab.wire().received())).hasSize(10);

    vnic.setBandwidth(0);

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 30));
    assertThat(vnic.bandwidth()).isNull();
  }

  @Test
  void packets_for_a_guest_that_pauses_wait_for_it() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(THREE);
    receive(lab, "a", 1, 10);
    lab.vm("a").pause();
    lab.advance(TICK.multipliedBy(10));
    receive(lab, "a", 11, 12);
    assertThat(numbers(lab.vm("a").received())).hasSize(3);

    lab.vm("a").resume();
    assertThat(numbers(lab.vm("a").received())).isEqualTo(range(1, 6));
    lab.advance(TICK.multipliedBy(10));

    assertThat(numbers(lab.vm("a").received())).isEqualTo(range(1, 12));
  }

  @Test
  void the_order_is_kept_over_a_failover() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(THREE);
    send(lab, "a", 1, 10);
    lab.host().pnic("p0").fail();
    send(lab, "a", 11, 14);
    lab.advance(TICK.multipliedBy(10));

    assertThat(numbers(lab.wire().received())).isEqualTo(range(1, 14));
  }

  @Test
  void what_waits_for_a_guest_that_is_removed_is_dropped_and_counted() {
    Lab lab = open(true);
    Vnic vnic = lab.host().vnic("a");
    vnic.setBandwidth(THREE);
    send(lab, "a", 1, 5);
    receive(lab, "a", 1, 5);
    lab.host().removeVm("a");

    assertThat(vnic.account().dropped(DropReason.LINK_DOWN)).isEqualTo(2);
    assertThat(vnic.account().dropped(DropReason.TARGET_GONE)).isEqualTo(2);
    lab.advance(TICK.multipliedBy(2));
  }

  @Test
  void limits_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> Bandwidth.ofBytesPerTick(0, TICK))
        .hasMessage("bandwidth of 0 bytes per tick is not in 1 to 1125899906842624");
    assertThatThrownBy(() -> Bandwidth.ofBytesPerTick(1, Duration.ZERO))
        .hasMessage("tick PT0S of a bandwidth must be positive");
    assertThatThrownBy(() -> Bandwidth.ofBitsPerSecond(799))
        .hasMessage("bandwidth of 0 bytes per tick is not in 1 to 1125899906842624");
    assertThat(Bandwidth.ofBitsPerSecond(800)).hasToString("1 byte per PT0.01S");
  }

  @Test
  void the_trace_says_what_was_exceeded() {
    Lab lab = open(true);
    lab.host().vnic("a").setBandwidth(Bandwidth.ofBytesPerTick(1_000, TICK));
    send(lab, "a", 1, 5);
    var dropped = lab.vm("a").send(Packets.udp().to(lab.wire()).payloadSize(958).port(6));

    assertThat(lab.trace(dropped).last().toString())
        .endsWith(
            "DROPPED RATE_LIMITED: a/vnic0/tx is over 1000 bytes per PT0.001S, and 4000 bytes"
                + " wait");
  }
}
