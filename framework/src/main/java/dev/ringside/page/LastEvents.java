// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.page.SequenceDiagram.Kind;
import dev.ringside.page.SequenceDiagram.Participant;
import dev.ringside.page.SequenceDiagram.Step;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sequence diagram of the last events: what happened to the packet in question, and what
 * happened around it. Places from left to right as the packets came to them; of many the last.
 */
final class LastEvents {

  /** More than that is no picture but a wall. */
  private static final int MAX_STEPS = 18;

  private static final int MAX_PLACES = 8;

  private final Suspect suspect;
  private final List<Participant> places = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Long, Integer> whereabouts = new LinkedHashMap<>();
  private long now = -1;

  private LastEvents(Suspect suspect) {
    this.suspect = suspect;
  }

  /** Of these entries, in order: all events, and the way of the packet in question. */
  static SequenceDiagram of(List<JournalEntry> entries, Suspect suspect) {
    LastEvents events = new LastEvents(suspect);
    int first = Math.max(0, entries.size() - MAX_STEPS);
    List<JournalEntry> last = entries.subList(first, entries.size());
    for (int i = last.size() - 1; i >= 0; i--) {
      events.makeRoom(last.get(i));
    }
    events.orderPlaces(last);
    for (JournalEntry entry : last) {
      events.add(entry);
    }
    return new SequenceDiagram(events.places, events.steps);
  }

  /** Backwards: the places of the last steps have room before others. */
  private void makeRoom(JournalEntry entry) {
    Hop hop = entry.hop();
    if (hop != null && places.size() < MAX_PLACES && indexOf(hop) < 0) {
      boolean marked = suspect.isMarked(hop.stage(), hop.place());
      places.add(new Participant(hop.stage(), hop.place(), marked));
    }
  }

  private void orderPlaces(List<JournalEntry> entries) {
    List<Participant> ordered = new ArrayList<>(places.size());
    for (JournalEntry entry : entries) {
      Hop hop = entry.hop();
      int at = hop == null ? Step.OUTSIDE : indexOf(hop);
      if (at >= 0 && !ordered.contains(places.get(at))) {
        ordered.add(places.get(at));
      }
    }
    places.clear();
    places.addAll(ordered);
  }

  private int indexOf(Hop hop) {
    return indexOf(hop.stage(), hop.place());
  }

  private int indexOf(Stage stage, String name) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).stage() == stage && places.get(i).name().equals(name)) {
        return i;
      }
    }
    return Step.OUTSIDE;
  }

  private void add(JournalEntry entry) {
    if (entry.nanos() != now) {
      now = entry.nanos();
      add(Kind.TIME, Step.OUTSIDE, Step.OUTSIDE, "at " + Words.nanos(now));
    }
    Hop hop = entry.hop();
    if (hop != null) {
      addHop(hop);
    } else if (entry.event() != null) {
      add(Kind.EVENT, Step.OUTSIDE, placeOf(entry), entry.place() + ": " + entry.event());
    }
  }

  private void addHop(Hop hop) {
    long id = hop.packet().id();
    int here = indexOf(hop);
    long origin = hop.copiedFrom();
    int before = whereabouts.getOrDefault(origin == 0 ? id : origin, Step.OUTSIDE);
    String fate =
        switch (hop.fate()) {
          case PASSED -> "";
          case DROPPED -> " " + hop.reason();
          case CLONED -> " copied";
          case INJECTED -> " " + protocol(hop) + "sent";
          case DELIVERED -> " delivered";
        };
    whereabouts.put(id, here);
    if (here >= 0) {
      add(kind(hop), before, here, "#" + id + fate);
    }
  }

  private Kind kind(Hop hop) {
    if (hop.reason() == null) {
      return Kind.MOVED;
    }
    boolean bad = hop.reason().isLoss() || suspect.isMarked(hop.stage(), hop.place());
    return bad ? Kind.LOST : Kind.REFUSED;
  }

  /** The word behind its number by which a packet introduces itself: {@code arp}. */
  private static String protocol(Hop hop) {
    String[] words = hop.packet().toString().split("[ ,]", 3);
    return words.length > 1 && words[0].startsWith("#") ? words[1] + " " : "";
  }

  /** An event stands at the card or machine that it is about, if that is shown. */
  private int placeOf(JournalEntry entry) {
    if (entry.event() != null) {
      for (String subject : entry.event().subjects()) {
        for (int i = 0; i < places.size(); i++) {
          if (places.get(i).name().equals(subject) && places.get(i).stage() != Stage.WIRE) {
            return i;
          }
        }
      }
    }
    return Step.OUTSIDE;
  }

  private void add(Kind kind, int from, int to, String text) {
    steps.add(new Step(kind, from, to, text));
  }
}
