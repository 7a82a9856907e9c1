// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.trace.Event;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal does not tell of events as was wanted.
 *
 * <pre>{@code
 * Expecting journal
 *   to tell of standby chosen p1
 *   but what happened is
 *
 *              0 ns  h1: pnic activated p0
 * }</pre>
 */
public final class ShouldContainEvents extends Failure {

  private ShouldContainEvents(Object wanted, Journal journal, FailureText text) {
    super(wanted, journal.events(), text);
  }

  /** The event was wanted at least once. */
  public static Failure once(Journal journal, Object event) {
    return new ShouldContainEvents(
        event, journal, tell(expecting(journal, "to tell of " + event), journal));
  }

  /** The event was wanted once and happened more or fewer times. */
  public static Failure exactlyOnce(Journal journal, Event event, List<JournalEntry> found) {
    FailureText text = expecting(journal, "to tell exactly once of " + event);
    if (found.isEmpty()) {
      return new ShouldContainEvents(event, journal, tell(text, journal));
    }
    text.but("it tells of it " + FailureText.count(found.size(), "time"));
    return new ShouldContainEvents(event, journal, text.events(found).end(Evidence.of(journal)));
  }

  /** The events were wanted in this order, and only so many of the first are. */
  public static Failure inOrder(Journal journal, List<Event> events, int found) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      lines.add(events.get(i) + (i == found ? missing(journal, events.get(i)) : ""));
    }
    FailureText text = expecting(journal, "to tell in this order of").items(lines);
    return new ShouldContainEvents(events, journal, tell(text, journal));
  }

  private static String missing(Journal journal, Event event) {
    return journal.events().contains(event) ? "  <- not after that" : "  <- never";
  }

  /** The event was not wanted. */
  public static Failure never(Journal journal, Object event, List<JournalEntry> found) {
    return new ShouldContainEvents(
        "no " + event,
        journal,
        expecting(journal, "never to tell of " + event)
            .but("it does")
            .events(found)
            .end(Evidence.of(journal)));
  }

  /** No other kinds of events were wanted. */
  public static Failure only(Journal journal, List<?> kinds, List<JournalEntry> others) {
    return new ShouldContainEvents(
        kinds,
        journal,
        expecting(journal, "to tell only of " + kinds)
            .but("it tells of other things too")
            .events(others)
            .end(Evidence.of(journal)));
  }

  private static FailureText expecting(Journal journal, String wanted) {
    String forgotten =
        journal.forgotten() == 0 ? "" : " (earlier entries forgotten: " + journal.forgotten() + ")";
    return FailureText.expecting("journal" + forgotten).line(wanted);
  }

  private static FailureText tell(FailureText text, Journal journal) {
    List<JournalEntry> events =
        journal.entries().stream().filter(entry -> entry.event() != null).toList();
    return text.but(events.isEmpty() ? "nothing happened" : "what happened is")
        .events(events)
        .end(Evidence.of(journal));
  }
}
