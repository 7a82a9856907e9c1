// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.Attack;
import dev.ringside.jqwik.AttackMix;
import dev.ringside.jqwik.PacketArbitraries;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.StandbyRing;
import dev.ringside.packet.Packet;
import dev.ringside.ring.RingMode;
import dev.ringside.steering.Containment;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The laws of containing attacks, by the numbers of system 6. */
class ContainmentProperties {

  @Provide
  Arbitrary<AttackMix> mixes() {
    return AttackMix.arbitrary();
  }

  @Provide
  Arbitrary<Packet> anything() {
    return PacketArbitraries.anything();
  }

  @Property(tries = 300)
  void no_part_of_the_host_sees_a_packet_that_a_signature_matches( // 1
      @ForAll("mixes") AttackMix mix, @ForAll boolean direct) {
    try (Lab lab = Steered.lab(direct)) {
      Steered.containAll(lab);
      lab.host().steering().steer("web");
      mix.send(lab, lab.vm("web"));

      assertThat(Steered.seenByHost(lab)).isEmpty();
      assertThat(lab.vm("web").received()).hasSize(mix.good());
      assertThat(lab.host().vnic("web").account().received())
          .as("by counters, with what it sends in answer")
          .isEqualTo(mix.good() + lab.vm("web").stack().account().sent());
    }
  }

  @Property(tries = 300)
  void every_packet_goes_to_one_hardware_ring( // 2
      @ForAll("mixes") AttackMix mix, @ForAll boolean direct) {
    try (Lab lab = Steered.lab(direct)) {
      Steered.containAll(lab);
      PhysicalNic nic = lab.host().pnic("p0");
      long before = Steered.inHardwareRings(nic);
      long taken = nic.counters().receivedPackets() + nic.account().cloned();
      mix.send(lab, lab.vm("web"));

      // a broadcast is for host and function, with a copy
      long now = nic.counters().receivedPackets() + nic.account().cloned() - taken;
      assertThat(now).isGreaterThanOrEqualTo(mix.parts().size());
      assertThat(Steered.inHardwareRings(nic) - before).isEqualTo(now);
      assertThat(Steered.inStandbyRings(nic)).isEqualTo(mix.parts().size() - mix.good());
    }
  }

  @Property(tries = 300)
  void what_no_signature_matches_goes_the_same_way_with_and_without( // 3
      @ForAll("mixes") AttackMix mix,
      @ForAll @Size(max = 20) List<@net.jqwik.api.From("anything") Packet> others,
      @ForAll boolean direct) {
    assertThat(waysOfGood(mix, others, direct, true))
        .isEqualTo(waysOfGood(mix, others, direct, false));
  }

  private static List<List<String>> waysOfGood(
      AttackMix mix, List<Packet> others, boolean direct, boolean contained) {
    try (Lab lab = Steered.lab(direct)) {
      if (contained) {
        Steered.containAll(lab);
      }
      List<List<String>> ways = new ArrayList<>();
      for (AttackMix.Part part : mix.parts()) {
        Packet sent = lab.wire().send(part.to(lab.vm("web")));
        if (part.isGood()) {
          ways.add(Steered.way(lab, sent));
        }
      }
      for (Packet other : others) {
        if (!Steered.isAttack(lab, other)) {
          Packet toWeb = Steered.to(lab, other);
          ways.add(Steered.way(lab, Steered.send(lab, toWeb)));
        }
      }
      return ways;
    }
  }

  @Property(tries = 200)
  void good_traffic_loses_no_more_with_containment_than_without( // 4
      @ForAll("mixes") AttackMix mix,
      @ForAll boolean direct,
      @ForAll @IntRange(min = 1, max = 8) int slots) {
    assertThat(goodLost(mix, direct, slots, true))
        .isLessThanOrEqualTo(goodLost(mix, direct, slots, false));
  }

  private static long goodLost(AttackMix mix, boolean direct, int slots, boolean contained) {
    NicConfig small =
        NicConfig.DEFAULT
            .withStandbyRings(Attack.values().length)
            .withRingCapacity(slots)
            .withPolling(new dev.ringside.ring.PollingConfig(2, 4, true));
    try (Lab lab = Steered.lab(direct, 1, small)) {
      if (contained) {
        Steered.containAll(lab);
      }
      lab.vm("web").pause();
      mix.send(lab, lab.vm("web"));
      lab.vm("web").resume();
      long arrived = 0;
      for (Packet packet : lab.vm("web").received()) {
        arrived += Steered.isAttack(lab, packet) ? 0 : 1;
      }
      return mix.good() - arrived;
    }
  }

  @Property(tries = 50)
  void a_card_has_all_signatures_before_it_is_active( // rule 3 of the interactions
      @ForAll boolean direct, @ForAll @IntRange(min = 1, max = 5) int failovers) {
    NicConfig config = NicConfig.DEFAULT.withStandbyRings(Attack.values().length);
    try (Lab lab = Steered.lab(direct, 2, config)) {
      Steered.containAll(lab);
      for (int i = 0; i < failovers; i++) {
        PhysicalNic active = lab.host().pnic("p" + i % 2);
        active.fail();
        active.repair();
      }
      assertThat(takeOversWithoutSignatures(lab)).isEmpty();
    }
  }

  private static List<String> takeOversWithoutSignatures(Lab lab) {
    List<String> wrong = new ArrayList<>();
    int installed = Attack.values().length;
    for (JournalEntry entry : lab.journal().entries()) {
      Event event = entry.event();
      if (event != null && event.kind() == EventKind.CONTAINMENT_INSTALLED) {
        installed++;
      } else if (event != null && event.kind() == EventKind.STANDBY_CHOSEN) {
        installed = 0;
      } else if (event != null && event.kind() == EventKind.PNIC_ACTIVATED) {
        if (installed < Attack.values().length) {
          wrong.add(entry + " with " + installed + " signatures");
        }
      }
    }
    return wrong;
  }

  @Property(tries = 300)
  void a_standby_ring_never_holds_more_than_its_slots_and_counts_the_rest( // 5, 10
      @ForAll("mixes") AttackMix mix, @ForAll @IntRange(max = 10) int slots) {
    NicConfig config = NicConfig.DEFAULT.withStandbyRings(4).withStandbyRingCapacity(slots);
    try (Lab lab = Steered.lab(true, 1, config)) {
      List<Containment> all = Steered.containAll(lab);
      mix.send(lab, lab.vm("web"));
      for (Containment containment : all) {
        StandbyRing ring = containment.standbyRings().get(0);
        long matched = containment.packets();
        assertThat(ring.size()).isEqualTo((int) Math.min(slots, matched));
        assertThat(ring.account().dropped(DropReason.CONTAINED)).isEqualTo(matched - ring.size());
        assertThat(ring.interrupts()).isZero();
        assertThat(ring.mode()).isEqualTo(RingMode.POLL);
      }
      assertThat(lab.journal().events(EventKind.RING_MODE)).isEmpty();
    }
  }

  @Property(tries = 300)
  void removing_a_signature_brings_the_former_classification_back( // 8
      @ForAll("mixes") AttackMix mix,
      @ForAll @Size(max = 20) List<@net.jqwik.api.From("anything") Packet> packets,
      @ForAll boolean direct,
      @ForAll @IntRange(max = 4) int standbyRings) {
    NicConfig config = NicConfig.DEFAULT.withStandbyRings(standbyRings);
    try (Lab lab = Steered.lab(direct, 1, config);
        Lab untouched = Steered.lab(direct, 1, config)) {
      List<Containment> all = Steered.containAll(lab);
      mix.send(lab, lab.vm("web"));
      all.forEach(Containment::remove);
      for (Packet packet : packets) {
        Packet toWeb = Steered.to(lab, packet);
        assertThat(lab.host().pnic("p0").classifier().explain(toWeb).ends())
            .isEqualTo(untouched.host().pnic("p0").classifier().explain(toWeb).ends());
      }
      for (AttackMix.Part part : mix.parts()) {
        Packet one = lab.wire().send(part.to(lab.vm("web")));
        Packet other = untouched.wire().send(part.to(untouched.vm("web")));
        assertThat(stages(lab, one)).isEqualTo(stages(untouched, other));
      }
    }
  }

  private static List<String> stages(Lab lab, Packet packet) {
    return lab.trace(packet).hops().stream().map(hop -> hop.stage() + " " + hop.place()).toList();
  }

  @Property(tries = 200)
  void installing_and_removing_twice_is_the_same_as_once( // 11
      @ForAll("mixes") AttackMix mix, @ForAll boolean direct) {
    assertThat(journal(mix, direct, 2)).isEqualTo(journal(mix, direct, 1));
  }

  private static String journal(AttackMix mix, boolean direct, int times) {
    try (Lab lab = Steered.lab(direct)) {
      List<Containment> all = Steered.containAll(lab);
      for (int i = 1; i < times; i++) {
        assertThat(Steered.containAll(lab)).isEqualTo(all);
      }
      mix.send(lab, lab.vm("web"));
      for (int i = 0; i < times; i++) {
        all.forEach(Containment::remove);
      }
      mix.send(lab, lab.vm("web"));
      return lab.journal().toText();
    }
  }
}
