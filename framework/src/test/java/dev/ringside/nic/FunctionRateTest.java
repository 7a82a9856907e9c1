// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rates, measured in packets that leave the card in virtual time. */
class FunctionRateTest {

  private static final int FRAME_BYTES = 1_000;
  private static final long MEGABIT = 1_000_000;

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");
  private final List<Packet> onWire = new ArrayList<>();

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(4).vms("a", "b", "c", "d");
    return builder.open();
  }

  FunctionRateTest() {
    lab.cable("p0").toNetwork().tap(onWire::add);
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private void send(String vm, int packets) {
    VirtualMachine sender = lab.vm(vm);
    UdpSpec packet = udp().to(lab.wire()).payloadSize(FRAME_BYTES - 42);
    for (int i = 0; i < packets; i++) {
      sender.send(packet.port(1 + i));
    }
  }

  private long bitsSentBy(String vm) {
    long bits = 0;
    for (Packet packet : onWire) {
      if (packet.sourceMac().equals(lab.vm(vm).mac())) {
        bits += 8L * packet.length();
      }
    }
    return bits;
  }

  private static final long ONE_PACKET = 8L * FRAME_BYTES;

  // ---- at most ----

  @Test
  void sends_no_more_than_its_maximum_over_an_unlimited_cable() {
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT); // 1,000 packets a second
    send("a", 400);
    send("b", 400);
    assertThat(bitsSentBy("b")).isEqualTo(400 * ONE_PACKET);

    for (int ms = 0; ms <= 300; ms++) {
      long allowed = 8 * MEGABIT * ms / 1_000;
      assertThat(bitsSentBy("a")).isBetween(allowed, allowed + ONE_PACKET);
      lab.advance(Duration.ofMillis(1));
    }
  }

  @Test
  void sends_no_more_than_its_maximum_over_a_limited_cable() {
    lab.cable("p0").toNetwork().setBandwidth(40 * MEGABIT);
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT);
    send("a", 400);
    send("b", 400);

    lab.advance(Duration.ofMillis(50));

    assertThat(bitsSentBy("a")).isBetween(400_000L - ONE_PACKET, 400_000L + 2 * ONE_PACKET);
    assertThat(bitsSentBy("b")).isGreaterThan(1_400_000);
    lab.advance(Duration.ofSeconds(1));
    assertThat(bitsSentBy("a")).isEqualTo(400 * ONE_PACKET);
  }

  @Test
  void packets_keep_their_order_and_are_never_split() {
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT);
    send("a", 50);
    lab.advance(Duration.ofSeconds(1));

    assertThat(onWire).hasSize(50).allMatch(packet -> packet.length() == FRAME_BYTES);
    for (int i = 0; i < 50; i++) {
      assertThat(onWire.get(i).destinationPort()).isEqualTo(1 + i);
    }
  }

  @Test
  void drops_what_its_ring_cannot_hold_and_says_that_it_was_the_rate() {
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT);
    send("a", 600); // 1 leaves at once, 512 wait

    assertThat(p0.account().dropped(DropReason.RATE_LIMITED)).isEqualTo(87);
    assertThat(p0.unsent()).isEqualTo(512);
  }

  @Test
  void goes_on_at_once_when_the_limit_is_lifted() {
    p0.virtualFunction(0).setRate(0, 1);
    send("a", 10);
    assertThat(onWire).hasSize(1);

    p0.virtualFunction(0).setRate(0, 0);

    assertThat(onWire).hasSize(10);
  }

  @Test
  void the_maximum_holds_without_a_cable_too() {
    p0.virtualFunction(0).setLink(FunctionLink.ENABLED);
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT);
    lab.cable("p0").unplug();
    for (int i = 0; i < 20; i++) {
      lab.vm("a").send(udp().to(lab.vm("b")).payloadSize(FRAME_BYTES - 42));
    }

    assertThat(lab.vm("b").received()).hasSize(1);
    lab.advance(Duration.ofMillis(9));
    assertThat(lab.vm("b").received()).hasSize(10);
  }

  @Test
  void time_in_which_it_sent_nothing_is_no_credit() {
    p0.virtualFunction(0).setRate(0, 8 * MEGABIT);
    lab.advance(Duration.ofSeconds(10));
    send("a", 10);

    assertThat(onWire).hasSize(1);
  }

  // ---- at least ----

  @Test
  void without_rates_the_functions_share_the_cable() {
    lab.cable("p0").toNetwork().setBandwidth(10 * MEGABIT);
    for (String vm : List.of("a", "b", "c", "d")) {
      send(vm, 400);
    }

    lab.advance(Duration.ofMillis(400));

    long share = bitsSentBy("a");
    for (String vm : List.of("b", "c", "d")) {
      assertThat(bitsSentBy(vm)).isBetween(share - ONE_PACKET, share + ONE_PACKET);
    }
  }

  @Test
  void gets_its_minimum_while_others_want_more() {
    lab.cable("p0").toNetwork().setBandwidth(10 * MEGABIT);
    p0.virtualFunction(1).setRate(6 * MEGABIT, 0);
    for (String vm : List.of("a", "b", "c", "d")) {
      send(vm, 400);
    }

    lab.advance(Duration.ofMillis(400));

    assertThat(bitsSentBy("b")).isGreaterThanOrEqualTo(2_400_000 - ONE_PACKET);
    long rest = bitsSentBy("a");
    assertThat(rest).isPositive();
    assertThat(bitsSentBy("c")).isBetween(rest - ONE_PACKET, rest + ONE_PACKET);
    assertThat(bitsSentBy("d")).isBetween(rest - ONE_PACKET, rest + ONE_PACKET);
  }

  @Test
  void two_minimums_are_both_kept() {
    lab.cable("p0").toNetwork().setBandwidth(10 * MEGABIT);
    p0.virtualFunction(1).setRate(4 * MEGABIT, 0);
    p0.virtualFunction(2).setRate(2 * MEGABIT, 3 * MEGABIT);
    for (String vm : List.of("a", "b", "c", "d")) {
      send(vm, 400);
    }

    lab.advance(Duration.ofMillis(400));

    assertThat(bitsSentBy("b")).isGreaterThanOrEqualTo(1_600_000 - ONE_PACKET);
    assertThat(bitsSentBy("c")).isBetween(800_000 - ONE_PACKET, 1_200_000 + ONE_PACKET);
  }

  @Test
  void minimums_that_are_more_than_the_cable_starve_nobody_who_has_one() {
    lab.cable("p0").toNetwork().setBandwidth(10 * MEGABIT);
    for (int i = 0; i < 3; i++) {
      p0.virtualFunction(i).setRate(9 * MEGABIT, 0);
    }
    for (String vm : List.of("a", "b", "c")) {
      send(vm, 400);
    }

    lab.advance(Duration.ofMillis(400));

    long share = bitsSentBy("a");
    assertThat(share).isGreaterThan(1_200_000);
    assertThat(bitsSentBy("b")).isBetween(share - ONE_PACKET, share + ONE_PACKET);
    assertThat(bitsSentBy("c")).isBetween(share - ONE_PACKET, share + ONE_PACKET);
  }

  @Test
  void a_minimum_that_is_not_used_is_the_others() {
    lab.cable("p0").toNetwork().setBandwidth(10 * MEGABIT);
    p0.virtualFunction(1).setRate(9 * MEGABIT, 0);
    send("a", 400);

    lab.advance(Duration.ofMillis(300));

    assertThat(bitsSentBy("a")).isGreaterThan(2_800_000);
  }

  // ---- limits ----

  @Test
  void rates_that_make_no_sense_are_refused() {
    VirtualFunction vf = p0.virtualFunction(0);
    String rule = " bit/s must satisfy 0 <= least <= most (most 0: no limit)";
    assertThatThrownBy(() -> vf.setRate(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rates of p0/vf0: least -1 and most 0" + rule);
    assertThatThrownBy(() -> vf.setRate(0, -5))
        .hasMessage("rates of p0/vf0: least 0 and most -5" + rule);
    assertThatThrownBy(() -> vf.setRate(3, 2))
        .hasMessage("rates of p0/vf0: least 3 and most 2" + rule);
    vf.setRate(3, 0);
    vf.setRate(2, 2);
    assertThat(vf.leastRate()).isEqualTo(2);
    assertThat(vf.mostRate()).isEqualTo(2);
  }
}
