// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

@Domain(RingsideDomain.class)
@Domain(DomainContext.Global.class)
class FlowArbitrariesProperties {

  @Provide
  Arbitrary<Packet> overlapping() {
    return FlowArbitraries.packets();
  }

  @Property(tries = 500)
  void packets_match_several_entries_and_the_first_decides(
      @ForAll FlowTable table, @ForAll("overlapping") Packet packet) {
    FlowEntry first = null;
    int matching = 0;
    for (FlowEntry entry : table.entries()) {
      if (entry.match().matches(packet)) {
        first = first == null ? entry : first;
        matching++;
      }
    }

    assertThat(table.classify(packet).entry()).isSameAs(first);
    Statistics.collect(matching > 1);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
  }

  @Property(tries = 300)
  void matches_are_found_by_packets(
      @ForAll PacketMatcher match, @ForAll("overlapping") Packet packet) {
    assertThat(packet.isMalformed()).isFalse();
    Statistics.collect(match.matches(packet));
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
  }
}
