// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static void note(Journal journal, int number) {
    journal.record(number, "h1", Event.of(EventKind.NOTE, "n" + number), "");
  }

  @Test
  void tells_what_happened_in_order() {
    Journal journal = new Journal(10, true, Seed.of(7), null);
    journal.record(5, "h1", Event.functionMapped("web", "p0"), "p0/vf0");
    journal.record(1_000_000, "h1", Event.of(EventKind.PATH_CHANGED, "web/vnic0", "DIRECT"), "");

    assertThat(journal.toText())
        .isEqualTo(
            """
                         5 ns  h1: function mapped web, p0 (p0/vf0)
                   1000000 ns  h1: path changed web/vnic0, DIRECT
            """);
    assertThat(journal.events(EventKind.FUNCTION_MAPPED))
        .containsExactly(Event.functionMapped("web", "p0"));
    assertThat(journal.forgotten()).isZero();
    assertThat(journal.isTracing()).isTrue();
    assertThat(journal.seed()).isEqualTo(Seed.of(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 100, 1_000})
  void keeps_the_last_entries_and_counts_what_it_has_forgotten(int capacity) {
    Journal journal = new Journal(capacity, true);
    for (int number = 0; number < 300; number++) {
      note(journal, number);

      int kept = Math.min(number + 1, capacity);
      assertThat(journal.size()).isEqualTo(kept);
      assertThat(journal.forgotten()).isEqualTo(number + 1 - kept);
      assertThat(journal.entries().get(0).number()).isEqualTo(journal.forgotten());
      assertThat(journal.entries().get(kept - 1).number()).isEqualTo(number);
    }
    assertThat(journal.entries()).extracting(JournalEntry::number).isSorted();
  }

  @Test
  void says_in_its_text_what_it_has_forgotten() {
    Journal journal = new Journal(2, true);
    for (int number = 0; number < 5; number++) {
      note(journal, number);
    }

    assertThat(journal.toText())
        .isEqualTo(
            """
            (3 earlier entries forgotten)
                         3 ns  h1: note n3
                         4 ns  h1: note n4
            """);
  }

  @Test
  void must_keep_at_least_one_entry() {
    assertThatThrownBy(() -> new Journal(0, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("journal capacity 0 must be at least 1");
  }

  @Test
  void tells_the_way_of_a_packet_with_its_times() {
    try (Lab lab = Lab.open()) {
      lab.vm("vm1").announce();
      lab.cable("p0").toHost().setLatency(Duration.ofNanos(700));
      Packet packet = lab.wire().send(Packets.udp().to(lab.vm("vm1")).port(53).payload("query"));
      lab.advance(Duration.ofNanos(700));

      assertThat(lab.trace(packet).hops())
          .extracting(hop -> hop.stage() + " " + hop.place() + " " + hop.fate())
          .containsExactly(
              "STACK station INJECTED",
              "STATION station PASSED",
              "EXTERNAL_SWITCH switch PASSED",
              "WIRE p0 PASSED",
              "PNIC p0 PASSED",
              "VIRTUAL_FUNCTION p0/vf0 PASSED",
              "VNIC vm1/vnic0 PASSED",
              "STACK vm1 DELIVERED");
      assertThat(lab.trace(packet).entries())
          .extracting(JournalEntry::nanos)
          .endsWith(0L, 700L, 700L, 700L, 700L);
    }
  }

  @Test
  void without_tracing_events_are_recorded_and_hops_are_not() {
    try (Lab lab = Lab.builder().withoutTracing().open()) {
      Packet sent = lab.wire().send(Packets.udp().to(lab.vm("vm1")));
      lab.host().pnic("p0").fail();

      assertThat(lab.journal().isTracing()).isFalse();
      assertThat(sent.id()).isZero();
      assertThat(lab.journal().entries()).allMatch(entry -> entry.hop() == null);
      assertThat(lab.journal().events()).contains(Event.pnicFailed("p0"));
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void two_runs_of_one_program_with_one_seed_give_the_same_text() {
    assertThat(run(1)).isEqualTo(run(1)).isNotEqualTo(run(2));
  }

  private static String run(long seed) {
    try (Lab lab = Lab.builder().seed(seed).open()) {
      lab.cable("p0").toHost().lose(dev.ringside.wire.Selector.ratio(1, 2));
      for (int i = 0; i < 40; i++) {
        lab.vm("vm1").ping(lab.wire());
        if (i == 20) {
          lab.host().pnic("p0").fail();
        }
      }
      return lab.journal().toText();
    }
  }

  @Test
  void json_lines_tell_events_and_hops_and_the_bytes_of_what_came_in() {
    Lab lab = Lab.open();
    lab.wire().send(Packets.udp().to(lab.vm("vm1")).port(53));
    Packet sent = lab.journal().entries().get(7).hop().packet();
    StringBuilder bytes = new StringBuilder();
    for (byte each : sent.toByteArray()) {
      bytes.append(String.format("%02x", each));
    }

    String[] lines = lab.journal().toJsonLines().split("\n");

    assertThat(lines).hasSize(lab.journal().size() + 1);
    assertThat(lines[0]).isEqualTo("{\"journal\":1,\"seed\":\"0x5eed\",\"forgotten\":0}");
    assertThat(lines[4])
        .isEqualTo(
            "{\"n\":3,\"ns\":0,\"place\":\"h1\",\"event\":\"FUNCTION_MAPPED\","
                + "\"subjects\":[\"vm1\",\"p0\"],\"detail\":\"p0/vf0\"}");
    assertThat(lines[8])
        .isEqualTo(
            "{\"n\":7,\"ns\":0,\"place\":\"station\",\"stage\":\"STACK\",\"packet\":1,"
                + "\"fate\":\"INJECTED\",\"detail\":\"#1 udp 198.18.255.254:49152 > 198.18.0.1:53,"
                + " 60 bytes\",\"bytes\":\""
                + bytes
                + "\"}");
    assertThat(lines[lines.length - 1])
        .isEqualTo(
            "{\"n\":17,\"ns\":0,\"place\":\"p1\",\"stage\":\"PNIC\",\"packet\":1,"
                + "\"fate\":\"DROPPED\",\"reason\":\"PNIC_INACTIVE\","
                + "\"detail\":\"p1 (up, inactive)\"}");
    lab.close();
  }

  @Test
  void json_lines_escape_what_is_no_plain_text_and_count_what_is_forgotten() {
    Journal journal = new Journal(1, true);
    note(journal, 1);
    journal.record(
        7, "a\"b", Event.of(EventKind.NOTE, "\\\n\u00e9\ud83d\ud800</script> ~\u007f"), "");

    assertThat(journal.toJsonLines())
        .isEqualTo(
            "{\"journal\":1,\"forgotten\":1}\n"
                + "{\"n\":1,\"ns\":7,\"place\":\"a\\\"b\",\"event\":\"NOTE\","
                + "\"subjects\":[\"\\\\\\u000a\\u00e9\\ud83d\\ud800</script> ~\\u007f\"]}\n");
  }
}
