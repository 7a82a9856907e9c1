// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.pnicFailed;
import static dev.ringside.trace.Event.standbyChosen;

import dev.ringside.Lab;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalRecording;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalAssertTest {

  private final Lab lab =
      Lab.builder().topology(t -> t.host("h1").pnics(2).virtualFunctions(1).vms("web")).open();
  private final Journal journal = lab.journal();

  @AfterEach
  void close() {
    lab.close();
  }

  private void failOver() {
    lab.advance(Duration.ofMillis(3));
    lab.host().pnic("p0").fail();
  }

  @Test
  void contains_an_event() {
    fails(
        () -> assertThat(journal).contains(pnicFailed("p0")),
        """
        Expecting journal
          to tell of pnic failed p0
          but what happened is

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    failOver();
    assertThat(journal).contains(pnicFailed("p0"));
  }

  @Test
  void contains_a_kind_of_event() {
    failOver();
    assertThat(journal).contains(EventKind.PNIC_FAILED);
    fails(
        () -> assertThat(new Journal(1, true)).contains(EventKind.NO_STANDBY),
        """
        Expecting journal
          to tell of NO_STANDBY
          but nothing happened
        """);
  }

  @Test
  void contains_an_event_exactly_once() {
    failOver();
    assertThat(journal).containsExactlyOnce(pnicFailed("p0"));
    fails(
        () -> assertThat(journal).containsExactlyOnce(pnicDeactivated("p0")),
        """
        Expecting journal
          to tell exactly once of pnic deactivated p0
          but it tells of it 2 times

                     0 ns  h1: pnic deactivated p0
               3000000 ns  h1: pnic deactivated p0

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(journal).containsExactlyOnce(pnicFailed("p1")),
        """
        Expecting journal
          to tell exactly once of pnic failed p1
          but what happened is

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
               3000000 ns  h1: pnic failed p0 (link goes down)
               3000000 ns  h1: failure detected p0
               3000000 ns  h1: function unmapped web, p0 (p0/vf0)
               3000000 ns  h1: path changed web/vnic0, SWITCHED
               3000000 ns  h1: standby chosen p1 (first healthy)
               3000000 ns  h1: pnic deactivated p0
               3000000 ns  h1: pnic activated p1
               3000000 ns  h1: announced web, p1
               3000000 ns  h1: function mapped web, p1 (p1/vf0)
               3000000 ns  h1: path changed web/vnic0, DIRECT (p1/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void contains_events_in_order() {
    failOver();
    assertThat(journal)
        .containsInOrder(
            functionUnmapped("web", "p0"),
            standbyChosen("p1"),
            pnicDeactivated("p0"),
            pnicActivated("p1"),
            functionMapped("web", "p1"));
    fails(
        () ->
            assertThat(journal)
                .containsInOrder(
                    standbyChosen("p1"), functionUnmapped("web", "p0"), pnicActivated("p1")),
        """
        Expecting journal
          to tell in this order of
            standby chosen p1
            function unmapped web, p0  <- not after that
            pnic activated p1
          but what happened is

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
               3000000 ns  h1: pnic failed p0 (link goes down)
               3000000 ns  h1: failure detected p0
               3000000 ns  h1: function unmapped web, p0 (p0/vf0)
               3000000 ns  h1: path changed web/vnic0, SWITCHED
               3000000 ns  h1: standby chosen p1 (first healthy)
               3000000 ns  h1: pnic deactivated p0
               3000000 ns  h1: pnic activated p1
               3000000 ns  h1: announced web, p1
               3000000 ns  h1: function mapped web, p1 (p1/vf0)
               3000000 ns  h1: path changed web/vnic0, DIRECT (p1/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(journal).containsInOrder(pnicFailed("p0"), pnicFailed("p1")),
        """
        Expecting journal
          to tell in this order of
            pnic failed p0
            pnic failed p1  <- never
          but what happened is

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1
                     0 ns  h1: pnic activated p0
                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
               3000000 ns  h1: pnic failed p0 (link goes down)
               3000000 ns  h1: failure detected p0
               3000000 ns  h1: function unmapped web, p0 (p0/vf0)
               3000000 ns  h1: path changed web/vnic0, SWITCHED
               3000000 ns  h1: standby chosen p1 (first healthy)
               3000000 ns  h1: pnic deactivated p0
               3000000 ns  h1: pnic activated p1
               3000000 ns  h1: announced web, p1
               3000000 ns  h1: function mapped web, p1 (p1/vf0)
               3000000 ns  h1: path changed web/vnic0, DIRECT (p1/vf0)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void does_not_contain_an_event() {
    failOver();
    assertThat(journal).doesNotContain(pnicFailed("p1"));
    fails(
        () -> assertThat(journal).doesNotContain(pnicFailed("p0")),
        """
        Expecting journal
          never to tell of pnic failed p0
          but it does

               3000000 ns  h1: pnic failed p0 (link goes down)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void does_not_contain_a_kind_of_event() {
    failOver();
    assertThat(journal).doesNotContain(EventKind.NO_STANDBY);
    fails(
        () -> assertThat(journal).doesNotContain(EventKind.STANDBY_CHOSEN),
        """
        Expecting journal
          never to tell of STANDBY_CHOSEN
          but it does

               3000000 ns  h1: standby chosen p1 (first healthy)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void contains_only_kinds_of_events() {
    Journal empty = new Journal(10, true);
    assertThat(empty).containsOnly(EventKind.NOTE);
    lab.note("about to fail");
    fails(
        () ->
            assertThat(journal)
                .containsOnly(
                    EventKind.PNIC_ACTIVATED, EventKind.PNIC_DEACTIVATED, EventKind.CONFIGURED),
        """
        Expecting journal
          to tell only of [PNIC_ACTIVATED, PNIC_DEACTIVATED, CONFIGURED]
          but it tells of other things too

                     0 ns  h1: function mapped web, p0 (p0/vf0)
                     0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
                     0 ns  test: note about to fail

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void says_how_much_the_journal_has_forgotten() {
    try (Lab small =
        Lab.builder().journalCapacity(2).topology(t -> t.host("h1").vms("web")).open()) {
      small.note("one");
      small.note("two");
      small.note("three");
      fails(
          () -> assertThat(small.journal()).contains(pnicFailed("p0")),
          """
        Expecting journal (earlier entries forgotten: 1)
          to tell of pnic failed p0
          but what happened is

                     0 ns  test: note two
                     0 ns  test: note three

        Replay with @LabSeed(0x5eedL)
        """);
    }
  }

  @Test
  void shows_the_last_thirty_of_many_events() {
    Journal many = new Journal(100, true);
    for (int i = 1; i <= 33; i++) {
      many.record(i, "test", Event.of(EventKind.NOTE, "number " + i), "");
    }
    assertThatThrownBy(() -> assertThat(many).contains(pnicFailed("p0")))
        .hasMessageStartingWith(
            """
            Expecting journal
              to tell of pnic failed p0
              but what happened is

                       ... 3 earlier events
                         4 ns  test: note number 4
            """)
        .hasMessageEndingWith("\n            33 ns  test: note number 33");
  }

  @Test
  void repeats_a_recording() {
    JournalRecording recording = JournalRecording.of("before.txt", journal.toText());
    assertThat(journal).repeats(recording);
    assertThat(journal).repeats(JournalRecording.of("before.jsonl", journal.toJsonLines()));

    lab.note("more");

    fails(
        () -> assertThat(journal).repeats(recording),
        """
        Expecting journal
          to repeat recording before.txt, 5 lines
          but line 6 of before.txt differs (5 lines recorded, 6 now)
                         0 ns  h1: pnic activated p0
                         0 ns  h1: function mapped web, p0 (p0/vf0)
                         0 ns  h1: path changed web/vnic0, DIRECT (p0/vf0)
          - (ends here)
          +              0 ns  test: note more

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
