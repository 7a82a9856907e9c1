// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.spreading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Event;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each law can fail: it finds what was planted, and nothing where nothing was. */
class PlantedDefectsTest {

  private static final String CONNECTION = "udp 192.0.2.1:9 <> 192.0.2.2:53";

  private final List<JournalEntry> journal = new ArrayList<>();

  private void happens(Event event, String detail) {
    journal.add(new JournalEntry(journal.size(), 0, "h1", event, null, detail));
  }

  private void happens(Event event) {
    happens(event, "");
  }

  private void passes(String vnic) {
    Hop hop = new Hop(SpreadingProperties.packet(1), Stage.VNIC, vnic, Hop.Fate.PASSED, null, "");
    journal.add(new JournalEntry(journal.size(), 0, vnic, null, hop, ""));
  }

  private void twoNicsAreUsed() {
    for (String pnic : List.of("p0", "p1")) {
      happens(Event.pnicActivated(pnic));
      happens(Event.functionMapped("web", pnic));
      happens(Event.portJoined("web", pnic));
    }
    happens(Event.connectionPlaced("web", "p0"), CONNECTION);
    passes("web/vnic0.p0");
  }

  private List<List<String>> violations() {
    return List.of(
        SpreadingLaws.listedAreActiveAndMapped(journal, "aggr0"),
        SpreadingLaws.onlyTheHomelessMove(journal),
        SpreadingLaws.nothingThroughTheUnlisted(journal));
  }

  @Test
  void a_failure_as_it_should_be_violates_nothing() {
    twoNicsAreUsed();
    happens(Event.portLeft("web", "p0"));
    happens(Event.functionUnmapped("web", "p0"));
    happens(Event.pnicDeactivated("p0"));
    happens(Event.connectionMoved("web", "p1"), CONNECTION);
    passes("web/vnic0.p1");

    assertThat(violations()).allMatch(List::isEmpty);
  }

  @Test
  void a_nic_that_joins_before_its_mapping_is_found() {
    happens(Event.pnicActivated("p0"));
    happens(Event.portJoined("web", "p0"));
    happens(Event.functionMapped("web", "p0"));

    assertThat(SpreadingLaws.listedAreActiveAndMapped(journal, "aggr0"))
        .containsExactly("0 ns  h1: port joined web, p0 with []");
  }

  @Test
  void a_nic_that_joins_while_it_is_not_active_is_found() {
    happens(Event.functionMapped("web", "p0"));
    happens(Event.portJoined("web", "p0"));

    assertThat(SpreadingLaws.listedAreActiveAndMapped(journal, "aggr0")).hasSize(1);
  }

  @Test
  void a_mapping_that_is_removed_while_the_list_names_it_is_found() {
    twoNicsAreUsed();
    happens(Event.functionUnmapped("web", "p0"));
    happens(Event.portLeft("web", "p0"));

    assertThat(SpreadingLaws.listedAreActiveAndMapped(journal, "aggr0")).hasSize(1);
  }

  @Test
  void a_connection_that_moves_without_need_is_found() {
    twoNicsAreUsed();
    happens(Event.connectionMoved("web", "p1"), CONNECTION);

    assertThat(SpreadingLaws.onlyTheHomelessMove(journal)).hasSize(1);
  }

  @Test
  void a_connection_that_moves_when_another_nic_leaves_is_found() {
    twoNicsAreUsed();
    happens(Event.portLeft("web", "p1"));
    happens(Event.portJoined("web", "p1"));
    happens(Event.connectionMoved("web", "p1"), CONNECTION);

    assertThat(SpreadingLaws.onlyTheHomelessMove(journal)).hasSize(1);
  }

  @Test
  void a_connection_that_is_given_to_a_nic_that_left_is_found() {
    twoNicsAreUsed();
    happens(Event.portLeft("web", "p0"));
    happens(Event.connectionMoved("web", "p0"), CONNECTION);
    happens(Event.connectionPlaced("web", "p0"), "another");

    assertThat(SpreadingLaws.onlyTheHomelessMove(journal)).hasSize(2);
  }

  @Test
  void a_packet_through_a_nic_that_left_is_found() {
    twoNicsAreUsed();
    happens(Event.portLeft("web", "p0"));
    passes("web/vnic0.p0");

    assertThat(SpreadingLaws.nothingThroughTheUnlisted(journal)).hasSize(1);
  }

  @Test
  void a_round_robin_that_skips_is_found() {
    int[] counts = new int[3];
    for (int i = 0; i < 12; i++) {
      counts[i / 2 % 3 == 2 ? 0 : i % 3]++;
    }
    assertThat(SpreadingProperties.spread(counts)).isGreaterThan(1);
    assertThat(SpreadingProperties.spread(new int[] {4, 4, 3})).isEqualTo(1);
  }

  @Test
  void a_hash_that_remembers_is_found() {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      packets.add(SpreadingProperties.packet(i));
    }
    PortSelectionPolicy hash = PortSelectionPolicies.defaultPolicy();
    PortSelectionPolicy byNumber = (first, number, ports) -> ports.get((int) number % ports.size());

    assertThat(SpreadingProperties.isPure(hash, packets, 3, new Random(1))).isTrue();
    assertThat(SpreadingProperties.isPure(byNumber, packets, 3, new Random(1))).isFalse();
  }
}
