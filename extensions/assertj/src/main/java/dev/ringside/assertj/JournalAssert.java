// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldContainEvents;
import dev.ringside.assertj.error.ShouldRepeat;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalDifference;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.JournalRecording;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what happened in a lab.
 *
 * <pre>{@code
 * assertThat(journal).contains(pnicFailed("p1")); // fails
 * assertThat(lab.journal())
 *     .containsInOrder(functionUnmapped("web", "p0"), standbyChosen("p1"), pnicActivated("p1"));
 * }</pre>
 */
public class JournalAssert extends AbstractRingsideAssert<JournalAssert, Journal> {
  /** Assertions about this one. */
  public JournalAssert(@Nullable Journal actual) {
    super(actual, JournalAssert.class);
  }

  @Override
  protected String subject() {
    return "journal";
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual);
  }

  private List<JournalEntry> entries(Predicate<Event> wanted) {
    return actual.entries().stream()
        .filter(entry -> entry.event() != null && wanted.test(entry.event()))
        .toList();
  }

  /**
   * That this has happened, at least once.
   *
   * <pre>{@code
   * assertThat(journal).contains(pnicFailed("p0")); // passes
   * }</pre>
   */
  public JournalAssert contains(Event event) {
    return verify(
        () -> actual.events().contains(event) ? null : ShouldContainEvents.once(actual, event));
  }

  /**
   * That something of this kind has happened, at least once.
   *
   * <pre>{@code
   * assertThat(journal).contains(EventKind.PNIC_FAILED); // passes
   * assertThat(journal).contains(EventKind.NO_STANDBY); // fails
   * }</pre>
   */
  public JournalAssert contains(EventKind kind) {
    return verify(
        () -> actual.events(kind).isEmpty() ? ShouldContainEvents.once(actual, kind) : null);
  }

  /**
   * That this has happened, and not again.
   *
   * <pre>{@code
   * assertThat(journal).containsExactlyOnce(pnicFailed("p0")); // passes
   * assertThat(journal).containsExactlyOnce(pnicActivated("p0")); // fails
   * }</pre>
   */
  public JournalAssert containsExactlyOnce(Event event) {
    return verify(
        () -> {
          List<JournalEntry> found = entries(event::equals);
          return found.size() == 1 ? null : ShouldContainEvents.exactlyOnce(actual, event, found);
        });
  }

  /**
   * That these have happened one after the other, others before, between and after them or not.
   *
   * <pre>{@code
   * assertThat(journal).containsInOrder(pnicFailed("p0"), pnicActivated("p1")); // passes
   * assertThat(journal).containsInOrder(pnicActivated("p1"), pnicFailed("p0")); // fails
   * }</pre>
   */
  public JournalAssert containsInOrder(Event... events) {
    return verify(
        () -> {
          int found = 0;
          for (Event event : actual.events()) {
            if (found < events.length && event.equals(events[found])) {
              found++;
            }
          }
          return found == events.length
              ? null
              : ShouldContainEvents.inOrder(actual, List.of(events), found);
        });
  }

  /**
   * That this has never happened.
   *
   * <pre>{@code
   * assertThat(journal).doesNotContain(pnicFailed("p1")); // passes
   * assertThat(journal).doesNotContain(pnicFailed("p0")); // fails
   * }</pre>
   */
  public JournalAssert doesNotContain(Event event) {
    return verify(
        () -> {
          List<JournalEntry> found = entries(event::equals);
          return found.isEmpty() ? null : ShouldContainEvents.never(actual, event, found);
        });
  }

  /**
   * That nothing of this kind has ever happened.
   *
   * <pre>{@code
   * assertThat(journal).doesNotContain(EventKind.NO_STANDBY); // passes
   * assertThat(journal).doesNotContain(EventKind.PNIC_FAILED); // fails
   * }</pre>
   */
  public JournalAssert doesNotContain(EventKind kind) {
    return verify(
        () -> {
          List<JournalEntry> found = entries(event -> event.kind() == kind);
          return found.isEmpty() ? null : ShouldContainEvents.never(actual, kind, found);
        });
  }

  /**
   * That nothing has happened but events of these kinds.
   *
   * <pre>{@code
   * assertThat(journal).containsOnly(EventKind.NOTE, EventKind.LINK_DOWN); // passes
   * assertThat(journal).containsOnly(EventKind.NOTE); // fails
   * }</pre>
   */
  public JournalAssert containsOnly(EventKind... kinds) {
    return verify(
        () -> {
          List<EventKind> allowed = List.of(kinds);
          List<JournalEntry> others = entries(event -> !allowed.contains(event.kind()));
          return others.isEmpty() ? null : ShouldContainEvents.only(actual, allowed, others);
        });
  }

  /**
   * That the same has happened as in a run that was recorded, at the same times and in the same
   * order, hops of packets included.
   *
   * <pre>{@code
   * JournalRecording before = JournalRecording.read(Path.of("src/test/resources/failover.jsonl"));
   * assertThat(lab.journal()).repeats(before); // passes
   *
   * lab.note("something else");
   * assertThat(lab.journal()).repeats(before); // fails
   * }</pre>
   */
  public JournalAssert repeats(JournalRecording recording) {
    return verify(
        () -> {
          JournalDifference difference = recording.differenceTo(actual);
          return difference == null ? null : new ShouldRepeat(actual, recording, difference);
        });
  }
}
