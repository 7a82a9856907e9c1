// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireFaultTest {

  /** The destination ports of those of ten packets, to ports 1 to 10, that arrive with a fault. */
  private static List<Integer> arriving(Consumer<CableDirection> fault) {
    return arriving(10, 1, fault);
  }

  private static List<Integer> arriving(int packets, long seed, Consumer<CableDirection> fault) {
    try (Lab lab = Lab.builder().seed(seed).open()) {
      VirtualMachine web = lab.vm("vm1");
      fault.accept(lab.cable("p0").toHost());
      for (int port = 1; port <= packets; port++) {
        lab.wire().send(udp().to(web).port(port));
      }
      lab.advance(Duration.ofSeconds(1));
      assertThat(lab.ledger().violations()).isEmpty();
      return web.received().stream().map(Packet::destinationPort).toList();
    }
  }

  // ---- which packets ----

  @Test
  void loses_the_nth_packet() {
    assertThat(arriving(cable -> cable.lose(Selector.nth(3))))
        .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void loses_every_nth_packet() {
    assertThat(arriving(cable -> cable.lose(Selector.every(4))))
        .containsExactly(1, 2, 3, 5, 6, 7, 9, 10);
  }

  @Test
  void loses_the_first_packets() {
    assertThat(arriving(cable -> cable.lose(Selector.first(8)))).containsExactly(9, 10);
  }

  @Test
  void loses_all_packets() {
    assertThat(arriving(cable -> cable.lose(Selector.all()))).isEmpty();
  }

  @Test
  void loses_what_a_predicate_accepts() {
    assertThat(arriving(cable -> cable.lose(Selector.matching(p -> p.destinationPort() < 9))))
        .containsExactly(9, 10);
  }

  @Test
  void loses_what_looks_like_a_specification() {
    assertThat(arriving(cable -> cable.lose(Selector.matching(udp().port(5)))))
        .containsExactly(1, 2, 3, 4, 6, 7, 8, 9, 10);
  }

  @Test
  void loses_a_ratio_of_the_packets_by_the_seed() {
    Consumer<CableDirection> aQuarter = cable -> cable.lose(Selector.ratio(1, 4));
    List<Integer> arrived = arriving(1_000, 1, aQuarter);

    assertThat(arrived).hasSizeBetween(700, 800);
    assertThat(arriving(1_000, 1, aQuarter)).isEqualTo(arrived);
    assertThat(arriving(1_000, 2, aQuarter)).isNotEqualTo(arrived);
  }

  @Test
  void two_faults_of_one_ratio_do_not_have_the_same_luck() {
    try (Lab lab = Lab.open()) {
      CableDirection cable = lab.cable("p0").toHost();
      List<Packet> first = new ArrayList<>();
      List<Packet> second = new ArrayList<>();
      cable.lose(recorded(Selector.ratio(1, 2), first));
      cable.lose(recorded(Selector.ratio(1, 2), second));

      lab.wire().send(udp().to(lab.vm("vm1")), 100);

      assertThat(first).isNotEqualTo(second);
    }
  }

  private static Selector recorded(Selector selector, List<Packet> selected) {
    return (packet, number, random) -> {
      boolean strikes = selector.selects(packet, number, random);
      if (strikes) {
        selected.add(packet);
      }
      return strikes;
    };
  }

  @Test
  void selectors_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> Selector.nth(0)).hasMessage("packet number 0 must be at least 1");
    assertThatThrownBy(() -> Selector.every(0)).hasMessage("packet number 0 must be at least 1");
    assertThatThrownBy(() -> Selector.first(-1)).hasMessage("packet number -1 must be at least 1");
    assertThatThrownBy(() -> Selector.ratio(2, 1))
        .hasMessage("ratio 2/1 is not between 0/1 and 1/1");
  }

  // ---- what happens to them ----

  @Test
  void a_lost_packet_is_counted_where_it_was_lost() {
    try (Lab lab = Lab.open()) {
      lab.cable("p0").toHost().lose(Selector.first(2));

      lab.wire().send(udp().to(lab.vm("vm1")), 3);

      assertThat(lab.cable("p0").account().dropped(DropReason.LOST_ON_WIRE)).isEqualTo(2);
      assertThat(lab.vm("vm1").received()).hasSize(1);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_corrupted_packet_differs_in_one_bit() {
    try (Lab lab = Lab.open()) {
      lab.vm("vm1").announce(); // or the switch would send copies to both cables
      CableDirection toHost = lab.cable("p0").toHost();
      List<Packet> seen = new ArrayList<>();
      toHost.tap(seen::add);
      WireFault fault = toHost.corrupt(Selector.nth(2));
      Packet packet = udp().to(lab.vm("vm1")).payloadSize(200).toPacket();
      lab.wire().send(packet);
      Packet sent = lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(200));
      lab.wire().send(packet);

      assertThat(seen.get(0).hasSameBytes(packet)).isTrue();
      assertThat(differingBits(seen.get(1), packet)).isEqualTo(1);
      assertThat(seen.get(1).id()).isEqualTo(sent.id());
      assertThat(seen.get(2).hasSameBytes(packet)).isTrue();
      assertThat(fault.strikes()).isEqualTo(1);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  private static int differingBits(Packet one, Packet other) {
    byte[] ones = one.toByteArray();
    byte[] others = other.toByteArray();
    assertThat(ones).hasSameSizeAs(others);
    int bits = 0;
    for (int i = 0; i < ones.length; i++) {
      bits += Integer.bitCount((ones[i] ^ others[i]) & 0xff);
    }
    return bits;
  }

  @Test
  void corruption_follows_the_seed() {
    assertThat(corrupted(1)).isEqualTo(corrupted(1)).isNotEqualTo(corrupted(2));
  }

  private static String corrupted(long seed) {
    try (Lab lab = Lab.builder().seed(seed).open()) {
      StringBuilder seen = new StringBuilder();
      lab.cable("p0").toHost().tap(p -> seen.append(Arrays.hashCode(p.toByteArray())));
      lab.cable("p0").toHost().corrupt(Selector.all());
      lab.wire().send(udp().to(lab.vm("vm1")).payloadSize(500), 8);
      return seen.toString();
    }
  }

  @Test
  void a_duplicate_follows_its_packet() {
    assertThat(arriving(cable -> cable.duplicate(Selector.every(5))))
        .containsExactly(1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 10);
  }

  @Test
  void a_duplicate_is_a_packet_of_its_own() {
    try (Lab lab = Lab.open()) {
      lab.cable("p0").toHost().duplicate(Selector.all());
      long clonesBefore = lab.ledger().cloned();

      lab.wire().send(udp().to(lab.vm("vm1")));

      List<Packet> received = lab.vm("vm1").received();
      assertThat(received).hasSize(2);
      assertThat(received.get(0).id()).isNotEqualTo(received.get(1).id());
      assertThat(lab.cable("p0").account().cloned()).isEqualTo(1);
      assertThat(lab.ledger().cloned()).isGreaterThan(clonesBefore);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_packet_that_is_held_back_is_overtaken() {
    assertThat(arriving(cable -> cable.reorder(Selector.nth(2), Duration.ofMillis(1))))
        .containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 2);
  }

  @Test
  void a_packet_that_is_not_held_back_long_enough_is_not_overtaken() {
    assertThat(
            arriving(
                cable -> {
                  cable.setBandwidth(1_000_000); // 672 microseconds for each
                  cable.reorder(Selector.nth(2), Duration.ofNanos(600_000));
                }))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void a_delay_must_be_positive() {
    try (Lab lab = Lab.open()) {
      assertThatThrownBy(() -> lab.cable("p0").toHost().reorder(Selector.all(), Duration.ZERO))
          .hasMessage("p0 to host: a delay of PT0S reorders nothing; it must be positive");
    }
  }

  // ---- together ----

  @Test
  void several_faults_act_together() {
    assertThat(
            arriving(
                cable -> {
                  cable.lose(Selector.nth(1));
                  cable.duplicate(Selector.nth(2));
                  cable.duplicate(Selector.nth(2));
                  cable.reorder(Selector.nth(2), Duration.ofMillis(1));
                  cable.reorder(Selector.nth(3), Duration.ofMillis(2));
                }))
        .containsExactly(4, 5, 6, 7, 8, 9, 10, 2, 2, 2, 3);
  }

  @Test
  void a_lost_packet_has_no_duplicates_whatever_the_order_of_the_faults() {
    try (Lab lab = Lab.open()) {
      WireFault duplicates = lab.cable("p0").toHost().duplicate(Selector.all());
      WireFault losses = lab.cable("p0").toHost().lose(Selector.all());

      lab.wire().send(udp().to(lab.vm("vm1")), 5);

      assertThat(lab.vm("vm1").received()).isEmpty();
      assertThat(lab.cable("p0").account().cloned()).isZero();
      assertThat(losses.strikes()).isEqualTo(5);
      assertThat(duplicates.strikes()).isEqualTo(5);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_removed_fault_strikes_no_more_and_keeps_its_count() {
    try (Lab lab = Lab.open()) {
      WireFault fault = lab.cable("p0").toHost().lose(Selector.all());
      WireFault other = lab.cable("p0").toHost().lose(Selector.nth(5));
      lab.wire().send(udp().to(lab.vm("vm1")), 2);

      fault.remove();
      fault.remove();
      lab.wire().send(udp().to(lab.vm("vm1")), 3);

      assertThat(fault.strikes()).isEqualTo(2);
      assertThat(other.strikes()).isEqualTo(1);
      assertThat(lab.vm("vm1").received()).hasSize(2);
    }
  }

  @Test
  void the_other_direction_is_not_struck() {
    try (Lab lab = Lab.open()) {
      lab.cable("p0").toHost().lose(Selector.all());

      lab.vm("vm1").send(udp().to(lab.wire()));

      assertThat(lab.wire().received()).hasSize(1);
    }
  }

  @Test
  void a_selector_that_fails_spares_the_packet_and_fails_the_operation() {
    try (Lab lab = Lab.open()) {
      lab.cable("p0")
          .toHost()
          .lose(
              Selector.matching(
                  (Packet packet) -> {
                    throw new IllegalStateException("no idea");
                  }));

      assertThatThrownBy(() -> lab.wire().send(udp().to(lab.vm("vm1")))).hasMessage("no idea");

      assertThat(lab.vm("vm1").received()).hasSize(1);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  // ---- whether it was of any use ----

  @Test
  void tells_why_it_never_struck() {
    try (Lab lab = Lab.open()) {
      CableDirection cable = lab.cable("p0").toHost();
      WireFault loss = cable.lose(Selector.nth(2));
      WireFault corruption = cable.corrupt(Selector.matching(udp().port(9)));
      WireFault duplication = cable.duplicate(Selector.every(3));
      WireFault reordering = cable.reorder(Selector.nth(4), Duration.ofNanos(1));
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));

      assertThat(List.of(loss, corruption, duplication, reordering))
          .extracting(WireFault::whyUnused)
          .containsExactly(
              "loss of fault 1 on cable p0 to host never struck: it saw 1 packet",
              "corruption of fault 2 on cable p0 to host never struck: it saw 1 packet",
              "duplication of fault 3 on cable p0 to host never struck: it saw 1 packet",
              "reordering of fault 4 on cable p0 to host never struck: it saw 1 packet");
      assertThat(lab.world().plannedFaults())
          .isEqualTo(List.of(loss, corruption, duplication, reordering));
      assertThat(loss.place()).isEqualTo("p0");
    }
  }

  @Test
  void is_of_use_if_it_strikes_or_need_not() {
    try (Lab lab = Lab.open()) {
      CableDirection cable = lab.cable("p0").toHost();
      WireFault struck = cable.lose(Selector.nth(1));
      WireFault lenient = cable.lose(Selector.nth(5)).lenient();
      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      struck.remove();

      assertThat(struck.whyUnused()).isNull();
      assertThat(lenient.whyUnused()).isNull();
    }
  }

  @Test
  void by_chance_needs_no_more_than_a_packet() {
    try (Lab lab = Lab.open()) {
      WireFault fault = lab.cable("p0").toHost().lose(Selector.ratio(0, 10));
      assertThat(fault.whyUnused())
          .isEqualTo("loss of fault 1 on cable p0 to host never struck: it saw 0 packets");

      lab.wire().send(udp().to(lab.vm("vm1")).port(53));
      assertThat(fault.whyUnused()).isNull();
    }
  }
}
