// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.mirror;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a decision is explained. */
class FlowWalkTest {

  private static final Packet HTTP =
      tcp().to("198.51.100.7").toMac("02:00:00:00:00:01").port(80).syn().toPacket();

  private final FlowTable table = new FlowTable("edge");

  private void explained(String lines) {
    assertThat(table.explain(HTTP)).hasToString(HTTP + "\n  in flow table edge: " + lines);
  }

  @Test
  void a_default_is_told_from_an_entry() {
    explained("no entry matches\n");
    table.setDefault(ring(3));
    explained("ring 3, by default\n");
    table.append(tcp(), ring(3));
    explained("ring 3\n  0 tcp -> ring 3: matches\n");
    table.prepend(ip(), drop());
    explained("drop\n  0 ip -> drop: matches\n");
  }

  @Test
  void a_default_is_told_from_what_was_asked_in_vain_and_from_copies() {
    table.append(udp(), ring(1));
    FlowEntry copies = table.append(ip(), mirror(ring(2)));
    table.setDefault(ring(1));

    FlowWalk walk = table.explain(HTTP);

    explained(
        """
        ring 1, by default
          0 udp -> ring 1: protocol: expected udp, was tcp
          1 ip -> mirror to ring 2: matches
        nearest miss: 0 udp -> ring 1: protocol: expected udp, was tcp
        """);
    assertThat(walk.outcome()).isEqualTo(FlowDecision.Outcome.DECIDED);
    assertThat(walk.path()).containsExactly("1");
    assertThat(walk.steps().get(1).entry()).isSameAs(copies);
    table.remove(table.entries().get(0));
    explained("ring 1, by default\n  0 ip -> mirror to ring 2: matches\n");
  }

  @Test
  void the_default_of_a_sub_table_comes_before_that_of_the_entry_and_none_other_counts() {
    FlowTable sub = new FlowTable("sub");
    FlowEntry led = table.append(tcp(), subTable(sub).orElse(ring(1)));
    table.setDefault(ring(9));

    explained("ring 1, by default\n  0 tcp -> table sub or else ring 1: matches\n");
    sub.setDefault(ring(2));
    explained("ring 2, by default\n  0 tcp -> table sub or else ring 1: matches\n");
    sub.setDefault(null);
    table.replace(led, subTable(sub));
    explained("no entry matches\n  0 tcp -> table sub: matches\n");
    assertThat(table.explain(HTTP).end()).isNull();
  }

  @Test
  void a_matcher_that_fails_is_the_last_that_is_asked_and_no_near_miss() {
    FlowEntry near = table.append(tcp().port(81).fromPort(1), ring(1));
    table.append(
        PacketMatcher.named(
            "broken",
            packet -> {
              throw new IllegalStateException("no idea");
            }),
        ring(2));
    table.append(tcp(), ring(3));

    FlowWalk walk = table.explain(HTTP);

    String reasons = "destination port: expected 81, was 80; source port: expected 1, was 49152\n";
    explained(
        "a matcher failed\n  0 "
            + near
            + ": "
            + reasons
            + "  1 broken -> ring 2: threw java.lang.IllegalStateException: no idea\n"
            + "nearest miss: 0 "
            + near
            + ": "
            + reasons);
    assertThat(walk.outcome()).isEqualTo(FlowDecision.Outcome.FAILED);
    assertThat(walk.failure()).hasMessage("no idea");
    assertThat(walk.end()).isNull();
    assertThat(walk.nearestMiss()).isEqualTo(walk.steps().get(0));
    table.remove(near);
    assertThat(table.explain(HTTP).nearestMiss()).isNull();
  }

  @Test
  void a_header_that_cannot_be_read_is_told() {
    Packet cut = Packet.of(Arrays.copyOf(HTTP.toByteArray(), 40));

    assertThat(table.explain(cut).outcome()).isEqualTo(FlowDecision.Outcome.MISSED);
    table.setDefault(ring(1));
    FlowWalk walk = table.explain(cut);
    assertThat(walk.outcome()).isEqualTo(FlowDecision.Outcome.UNREADABLE);
    assertThat(walk)
        .hasToString(
            cut
                + "\n  in flow table edge: "
                + cut.malformationDescription()
                + ", not classified\n");
  }

  @Test
  void of_equally_near_misses_the_first_counts_and_a_nearer_one_before_all() {
    table.append(udp().port(81).fromPort(1), ring(1));
    FlowEntry first = table.append(tcp().port(81).fromPort(1), ring(2));
    table.append(tcp().port(82).fromPort(1), ring(3));
    assertThat(nearestMiss()).isSameAs(first);

    FlowEntry nearer = table.append(tcp().port(83), ring(4));
    table.append(tcp().port(84), ring(5));
    assertThat(nearestMiss()).isSameAs(nearer);
  }

  private Object nearestMiss() {
    FlowWalk.Step nearest = table.explain(HTTP).nearestMiss();
    return nearest == null ? "none" : nearest.entry();
  }

  @Test
  void entries_in_vain_behind_a_copy_are_abbreviated_as_those_before_it() {
    table.append(ip(), mirror(ring(9)));
    for (int i = 0; i < 7; i++) {
      table.append(tcp().port(1 + i), ring(i));
    }
    assertThat(table.explain(HTTP).toString().lines()).noneMatch(this::isAbbreviation);

    table.append(udp(), ring(8));

    assertThat(table.explain(HTTP).toString())
        .contains(
            """
              3 tcp port 3 -> ring 2: destination port: expected 3, was 80
              ... 2 more that do not match
              6 tcp port 6 -> ring 5: destination port: expected 6, was 80
            """);
  }

  @Test
  void up_to_seven_entries_in_vain_are_told_in_full() {
    for (int i = 0; i < 7; i++) {
      table.append(tcp().port(1 + i), ring(i));
    }
    table.append(tcp().port(80), ring(9));
    assertThat(table.explain(HTTP).toString().lines()).hasSize(11).noneMatch(this::isAbbreviation);

    table.prepend(udp(), ring(8));

    assertThat(table.explain(HTTP).toString())
        .contains(
            """
              2 tcp port 2 -> ring 1: destination port: expected 2, was 80
              ... 2 more that do not match
              5 tcp port 5 -> ring 4: destination port: expected 5, was 80
            """);
  }

  @Test
  void a_function_that_matched_is_not_asked_again_why_it_did_not() {
    List<String> calls = new ArrayList<>();
    table.append(
        packet -> {
          calls.add("asked");
          return true;
        },
        ring(1));
    FlowWalk walk = table.explain(HTTP);

    assertThat(walk.mismatches(walk.steps().get(0))).isEmpty();
    assertThat(calls).hasSize(1);
  }

  @Test
  void a_matcher_that_fails_is_not_counted_among_those_in_vain() {
    for (int i = 0; i < 7; i++) {
      table.append(tcp().port(1 + i), ring(i));
    }
    table.append(
        packet -> {
          throw new IllegalStateException("no idea");
        },
        ring(9));

    assertThat(table.explain(HTTP).toString().lines()).noneMatch(this::isAbbreviation);
  }

  private boolean isAbbreviation(String line) {
    return line.contains("more that do not match");
  }
}
