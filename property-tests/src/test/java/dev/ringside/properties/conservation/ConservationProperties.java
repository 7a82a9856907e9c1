// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.RingsideDomain;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/** Law 1: every packet has exactly one fate. {@link LabPerTry} checks the sums after each try. */
@LabPerTry
@Domain(RingsideDomain.class)
class ConservationProperties {

  /** Longer than the longest wait for a fragment, in a lab in which nothing else happens. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(70);

  @Provide
  Arbitrary<Scenario> withoutWireFaults() {
    return Scenarios.of(
        Topologies.any(), Action.failover(), Action.guests(), Action.traffic(), Action.cables());
  }

  @Property
  void the_law_holds_after_each_step_whatever_happens(@ForAll Scenario scenario, Lab lab) {
    scenario.run(lab, step -> assertThat(lab.ledger().violations()).as("%s", step).isEmpty());
  }

  @Property
  void no_packet_ends_twice(@ForAll("withoutWireFaults") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    Map<Long, Integer> ends = new LinkedHashMap<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && (hop.fate() == Hop.Fate.DELIVERED || hop.fate() == Hop.Fate.DROPPED)) {
        ends.merge(hop.packet().id(), 1, Integer::sum);
      }
    }
    assertThat(ends.values()).allMatch(times -> times == 1);
    assertThat((long) ends.size()).isEqualTo(lab.ledger().delivered() + lab.ledger().dropped());
  }

  @Property
  void in_a_healthy_lab_every_packet_arrives_somewhere_in_the_end(
      @ForAll("withoutWireFaults") Scenario scenario, Lab lab) {
    scenario.run(lab);
    for (PhysicalNic nic : lab.host().pnics()) {
      nic.repair();
      nic.linkUp();
      lab.host().cable(nic.name()).plug();
    }
    Scenario.settle(lab);
    lab.advance(LONGEST_WAIT);

    assertThat(lab.ledger().live()).isZero();
  }

  @Property
  void any_bytes_at_all_have_a_fate(@ForAll Packet packet, Lab lab) {
    lab.wire().send(packet);
    lab.vm("vm1").send(packet);
    lab.host().pnic("p0").fail();
    lab.wire().send(packet);

    assertThat(lab.ledger().violations()).isEmpty();
  }
}
