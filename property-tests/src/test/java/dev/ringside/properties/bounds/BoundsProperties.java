// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.bounds;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Law 5: everything is bounded, and full is a value with a name. */
class BoundsProperties {

  private static final LabTopology ONE = LabTopology.of(2, 1, VmSpec.named("vm1"));

  @Property(tries = 60)
  void what_waits_for_a_guest_is_bounded_by_its_ring(
      @ForAll @IntRange(min = 1, max = 40) int slots,
      @ForAll @IntRange(max = 80) int packets,
      @ForAll boolean direct) {
    NicConfig nic = NicConfig.DEFAULT.withVirtualFunctions(direct ? 1 : 0).withRingCapacity(slots);
    try (Lab lab = Lab.of(ONE.withNic(nic))) {
      lab.vm("vm1").pause();
      for (int i = 0; i < packets; i++) {
        lab.wire().send(udp().to(lab.vm("vm1")));
      }
      long waiting = lab.ledger().live();
      if (direct) {
        assertThat(lab.ledger().dropped(DropReason.RING_FULL))
            .isEqualTo(Math.max(0, packets - (int) waiting));
      }
      lab.vm("vm1").resume();
      assertThat(lab.vm("vm1").received()).hasSize((int) waiting);
      assertThat(lab.ledger().live()).isZero();
    }
  }

  @Property(tries = 60)
  void what_is_held_without_an_uplink_is_bounded(
      @ForAll @IntRange(max = 20) int capacity, @ForAll @IntRange(max = 40) int packets) {
    LabTopology slow =
        ONE.withAggregator(
            AggregatorConfig.DEFAULT
                .withHoldCapacity(capacity)
                .withStepDelay(Duration.ofMillis(1)));
    try (Lab lab = Lab.of(slow)) {
      lab.host().pnic("p0").fail();
      lab.advance(Duration.ofMillis(1)); // unmapped
      for (int i = 0; i < packets; i++) {
        lab.vm("vm1").send(udp().to(lab.wire()));
      }
      assertThat(lab.ledger().dropped(DropReason.NO_UPLINK))
          .isEqualTo(Math.max(0, packets - capacity));
      lab.advance(Duration.ofSeconds(1));
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_switch_remembers_no_more_stations_than_it_can() {
    try (Lab lab = Lab.of(ONE)) {
      for (int i = 1; i <= LearningSwitch.MAX_STATIONS + 100; i++) {
        lab.wire().send(udp().to(lab.vm("vm1")).fromMac(new MacAddress(0x0600_0000_0000L + i)));
      }
      assertThat(lab.externalSwitch().stations()).hasSize(LearningSwitch.MAX_STATIONS);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_journal_forgets_the_oldest_entries() {
    try (Lab lab = Lab.builder().topology(ONE).journalCapacity(100).open()) {
      for (int i = 0; i < 1_000; i++) {
        lab.wire().send(udp().to(lab.vm("vm1")));
      }
      assertThat(lab.journal().size()).isEqualTo(100);
      assertThat(lab.journal().forgotten()).isPositive();
    }
  }
}
