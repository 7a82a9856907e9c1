// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.flows;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.flow.FlowDecision;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.FlowWalk;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.properties.model.FlowTwin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a flow table does, whatever its entries: the eleven properties of flow tables. */
class FlowProperties {

  private static final int TRIES = 200;
  private static final int TABLES_PER_TRY =
      Integer.getInteger("ringside.flow.tables", 2_000) / TRIES;
  private static final int PACKETS = 8;

  private final List<String> calls = new ArrayList<>();

  private FlowCases cases(long seed) {
    return new FlowCases(seed, calls);
  }

  private static List<Packet> packets(FlowCases cases) {
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      packets.add(cases.packet());
    }
    return packets;
  }

  private static List<Packet> readable(FlowCases cases) {
    return packets(cases).stream().filter(packet -> !packet.hasUnreadableHeader()).toList();
  }

  private static List<String> results(FlowTable table, List<Packet> packets) {
    List<String> results = new ArrayList<>();
    for (Packet packet : packets) {
      results.add(TablePair.classify(table, packet));
    }
    return results;
  }

  /** Properties 1, 2 and 4: the twin walks from entry to entry and never comes back. */
  @Property(tries = TRIES)
  void a_table_decides_as_a_walk_from_entry_to_entry_and_calls_the_same_functions(
      @ForAll long seed) {
    for (int i = 0; i < TABLES_PER_TRY; i++) {
      FlowCases cases = cases(seed + i);
      TablePair pair = TableScript.random(cases);
      for (Packet packet : packets(cases)) {
        if (!packet.hasUnreadableHeader()) {
          checkAgainstTwin(pair, packet);
        }
      }
    }
  }

  private void checkAgainstTwin(TablePair pair, Packet packet) {
    calls.clear();
    String expected = pair.twin.classify(packet);
    List<String> expectedCalls = List.copyOf(calls);
    calls.clear();
    String actual = TablePair.classify(pair.table, packet);
    if (!actual.equals(expected) || !calls.equals(expectedCalls)) { // cheap for 100,000 tables
      assertThat(actual + calls)
          .as("%s", pair.table.explain(packet))
          .isEqualTo(expected + expectedCalls);
    }
  }

  @Property
  void entries_stand_in_the_order_of_the_twin(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);

    assertThat(pair.order()).isEqualTo(pair.twin.names());
  }

  @Property
  void priorities_decide_as_a_walk_from_the_highest_down(@ForAll long seed) {
    FlowCases cases = cases(seed);
    FlowTable table = new FlowTable("acl", 100, FlowDialect.PRIORITIES);
    FlowTwin twin = new FlowTwin();
    for (int i = 0; i < 10; i++) {
      PacketMatcher match = cases.matcher(2);
      int priority = cases.below(4);
      try {
        FlowEntry unused = table.insert(priority, match, ring(i));
        twin.insert(new FlowTwin.Entry("e" + i, match, i, null, null, false), priority);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("already has");
      }
    }
    for (Packet packet : packets(cases)) {
      if (!packet.hasUnreadableHeader()) {
        assertThat(TablePair.classify(table, packet)).isEqualTo(twin.classify(packet));
      }
    }
  }

  /** Property 5. */
  @Property
  void an_entry_behind_those_that_match_changes_nothing(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    List<Packet> packets = packets(cases);
    pair.table.setDefault(null);
    List<FlowDecision> before = packets.stream().map(pair.table::classify).toList();

    pair.add(0, cases.matcher(2), ring(99), null);

    for (int i = 0; i < packets.size(); i++) {
      if (before.get(i).outcome() == FlowDecision.Outcome.DECIDED) {
        assertThat(pair.table.classify(packets.get(i)).end()).isEqualTo(before.get(i).end());
      }
    }
  }

  /** Property 6. */
  @Property
  void neighbours_that_no_packet_matches_both_may_change_places(@ForAll long seed) {
    FlowCases cases = cases(seed);
    PacketMatcher one = cases.declarative(2);
    PacketMatcher other = cases.declarative(2).and(one.negate());
    PacketMatcher last = cases.declarative(2);
    List<Packet> packets = packets(cases);

    assertThat(results(table(one, 1, other, 2, last, 3), packets))
        .isEqualTo(results(table(other, 2, one, 1, last, 3), packets));
  }

  private static FlowTable table(
      PacketMatcher a, int ringA, PacketMatcher b, int ringB, PacketMatcher c, int ringC) {
    FlowTable table = new FlowTable("three");
    List<FlowEntry> unused =
        List.of(
            table.append(a, ring(ringA)),
            table.append(PacketMatcher.named("b", b).and(b), ring(ringB)),
            table.append(packet -> c.matches(packet), ring(ringC)));
    return table;
  }

  /** Property 7; and the walk that is explained ends where the packet does. */
  @Property
  void a_walk_asks_no_entry_twice_and_ends_where_the_packet_does(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    for (Packet packet : packets(cases)) {
      FlowWalk walk = pair.table.explain(packet);
      FlowDecision decision = pair.table.classify(packet);

      assertThat(walk.end()).isEqualTo(decision.end());
      assertThat(walk.outcome()).isEqualTo(decision.outcome());
      assertThat(walk.steps()).extracting(FlowWalk.Step::path).doesNotHaveDuplicates();
      assertThat(walk.steps()).extracting(FlowWalk.Step::entry).doesNotHaveDuplicates();
      assertThat(walk.toString()).isNotEmpty();
      for (FlowWalk.Step step : walk.steps()) {
        assertThat(walk.mismatches(step).isEmpty()).isEqualTo(step.matches());
      }
    }
  }

  /** Property 8. */
  @Property
  void an_entry_that_was_added_and_removed_leaves_nothing_behind(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    List<Packet> packets = packets(cases);
    List<String> before = results(pair.table, packets);
    int entries = pair.entries.size();

    for (int i = 0; i < 5; i++) {
      pair.add(cases.below(4), cases.matcher(2), ring(99), null);
    }
    while (pair.entries.size() > entries) {
      pair.remove(entries + cases.below(pair.entries.size() - entries));
    }

    assertThat(results(pair.table, packets)).isEqualTo(before);
  }

  @Property
  void a_matcher_that_fails_ends_the_walk_and_no_other_entry_decides(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    IllegalStateException failure = new IllegalStateException("on purpose");
    FlowEntry failing =
        pair.table.prepend(
            packet -> {
              throw failure;
            },
            ring(99));
    for (Packet packet : readable(cases)) {
      FlowDecision decision = pair.table.classify(packet);

      assertThat(decision.outcome()).isEqualTo(FlowDecision.Outcome.FAILED);
      assertThat(decision.entry()).isSameAs(failing);
      assertThat(decision.failure()).isSameAs(failure);
      assertThat(decision.end()).isNull();
      assertThat(decision.mirrorCount()).isZero();
    }
  }

  @Property
  void the_same_match_is_refused_a_second_time_and_changes_nothing(@ForAll long seed) {
    FlowCases cases = cases(seed);
    PacketMatcher match = cases.sentence();
    Assume.that(HeaderMatch.of(match).rows() > 0); // else no packet matches, and nobody is asked
    FlowTable table = new FlowTable("twice");
    FlowEntry entry = table.insert(match, ring(1));

    assertThatThrownBy(() -> table.insert(match, ring(2))).hasMessageContaining("already has");
    assertThat(table.entries()).containsExactly(entry);
  }

  /** Property 9: the matcher changes the tables under its own feet. */
  @Property
  void a_packet_sees_one_version_whatever_a_matcher_changes(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    List<Packet> packets = readable(cases);
    List<String> before = results(pair.table, packets);
    boolean[] armed = {false};
    FlowEntry unused =
        pair.table.prepend(
            packet -> {
              if (armed[0]) {
                armed[0] = false;
                changeAll(cases, pair);
              }
              return false;
            },
            ring(99));

    for (int i = 0; i < packets.size(); i++) {
      armed[0] = i == packets.size() - 1;
      assertThat(TablePair.classify(pair.table, packets.get(i))).isEqualTo(before.get(i));
    }
    for (Packet packet : packets(cases)) {
      if (!packet.hasUnreadableHeader()) {
        assertThat(TablePair.classify(pair.table, packet)).isEqualTo(pair.twin.classify(packet));
      }
    }
  }

  private static void changeAll(FlowCases cases, TablePair pair) {
    pair.setDefault(98);
    while (!pair.entries.isEmpty()) {
      pair.remove(cases.below(pair.entries.size()));
    }
    for (int i = 0; i < 5; i++) {
      pair.add(cases.below(4), cases.matcher(1), ring(90 + i), null);
    }
  }

  /** Property 10. */
  @Property
  void packets_are_left_as_they_are(@ForAll long seed) {
    FlowCases cases = cases(seed);
    TablePair pair = TableScript.random(cases);
    for (Packet packet : packets(cases)) {
      byte[] bytes = packet.toByteArray();
      String first = TablePair.classify(pair.table, packet);

      assertThat(packet.toByteArray()).isEqualTo(bytes);
      assertThat(TablePair.classify(pair.table, packet)).isEqualTo(first);
    }
  }

  /** Tables refuse an entry that says the same as another, in whatever words. */
  private static boolean isNew(FlowTable table, PacketMatcher match) {
    HeaderMatch said = HeaderMatch.of(match);
    return table.entries().stream().noneMatch(e -> Objects.equals(HeaderMatch.of(e.match()), said));
  }

  /** Property 11. */
  @Property
  void a_sub_table_can_be_written_into_its_parent(@ForAll long seed) {
    FlowCases cases = cases(seed);
    PacketMatcher outer = cases.declarative(1);
    FlowTable sub = new FlowTable("sub");
    FlowTable flat = new FlowTable("flat");
    for (int i = 0; i < 4; i++) {
      PacketSpec inner = cases.sentence();
      PacketMatcher both = outer.and(inner);
      if (isNew(sub, inner) && isNew(flat, both)) {
        List<FlowEntry> unused = List.of(sub.append(inner, ring(i)), flat.append(both, ring(i)));
      }
    }
    sub.setDefault(ring(8));
    FlowTable parent = new FlowTable("parent");
    PacketMatcher later = cases.declarative(1);
    List<FlowEntry> unused =
        List.of(
            parent.append(outer, subTable(sub)),
            parent.append(PacketMatcher.named("later", later).and(outer.negate()), ring(9)),
            flat.append(PacketMatcher.named("rest", outer).and(packet -> true), ring(8)),
            flat.append(later.and(packet -> true), ring(9)));

    List<Packet> packets = packets(cases);
    assertThat(results(parent, packets)).isEqualTo(results(flat, packets));
  }
}
