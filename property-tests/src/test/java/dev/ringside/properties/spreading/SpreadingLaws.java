// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.spreading;

import dev.ringside.trace.Event;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the journal of spreading must never tell. Each law gives a line for each violation. */
final class SpreadingLaws {

  private static final String VNIC = "/vnic0.";

  private final List<String> violations = new ArrayList<>();
  private final Set<String> active = new LinkedHashSet<>();

  /** Guest and NIC, as in vm1/p0. */
  private final Set<String> mapped = new LinkedHashSet<>();

  private final Set<String> listed = new LinkedHashSet<>();

  /** The NIC of each connection, by its owner and text. */
  private final Map<String, String> places = new LinkedHashMap<>();

  /** Connections whose NIC has left the list since they were given to it. */
  private final Set<String> homeless = new LinkedHashSet<>();

  private SpreadingLaws() {}

  private interface Law {
    void look(SpreadingLaws state, JournalEntry entry, Event event);
  }

  private static List<String> replay(List<JournalEntry> journal, Law before) {
    SpreadingLaws laws = new SpreadingLaws();
    for (JournalEntry entry : journal) {
      Event event = entry.event();
      if (event != null) {
        before.look(laws, entry, event);
        laws.follow(event, entry.detail());
      }
    }
    return laws.violations;
  }

  /**
   * Property 2: what enters a list is active and mapped, and is unmapped only after it has left.
   */
  static List<String> listedAreActiveAndMapped(List<JournalEntry> journal, String host) {
    return replay(
        journal,
        (state, entry, event) -> {
          String pair = String.join("/", event.subjects());
          switch (event.kind()) {
            case PORT_JOINED ->
                state.check(
                    state.active.contains(event.subjects().get(1))
                        && (pair.startsWith(host) || state.mapped.contains(pair)),
                    entry);
            case FUNCTION_UNMAPPED -> state.check(!state.listed.contains(pair), entry);
            default -> {}
          }
        });
  }

  /** Properties 3, 4 and 10: a connection moves only when its NIC has left, to one in the list. */
  static List<String> onlyTheHomelessMove(List<JournalEntry> journal) {
    return replay(
        journal,
        (state, entry, event) -> {
          String key = event.subjects().get(0) + " " + entry.detail();
          switch (event.kind()) {
            case CONNECTION_PLACED ->
                state.check(
                    !state.places.containsKey(key)
                        && state.listed.contains(String.join("/", event.subjects())),
                    entry);
            case CONNECTION_MOVED ->
                state.check(
                    state.homeless.contains(key)
                        && state.listed.contains(String.join("/", event.subjects())),
                    entry);
            default -> {}
          }
        });
  }

  /** Property 8: nothing passes the virtual NIC of a NIC that is not in the list of the guest. */
  static List<String> nothingThroughTheUnlisted(List<JournalEntry> journal) {
    SpreadingLaws laws = new SpreadingLaws();
    for (JournalEntry entry : journal) {
      Hop hop = entry.hop();
      if (entry.event() != null) {
        laws.follow(entry.event(), entry.detail());
      } else if (hop != null && hop.stage() == Stage.VNIC && hop.place().contains(VNIC)) {
        laws.check(laws.listed.contains(hop.place().replace(VNIC, "/")), entry);
      }
    }
    return laws.violations;
  }

  private void follow(Event event, String detail) {
    List<String> subjects = event.subjects();
    String pair = String.join("/", subjects);
    switch (event.kind()) {
      case PNIC_ACTIVATED -> active.add(subjects.get(0));
      case PNIC_DEACTIVATED -> active.remove(subjects.get(0));
      case FUNCTION_MAPPED -> mapped.add(pair);
      case FUNCTION_UNMAPPED -> mapped.remove(pair);
      case PORT_JOINED -> listed.add(pair);
      case PORT_LEFT -> leave(subjects.get(0), subjects.get(1));
      case CONNECTION_PLACED, CONNECTION_MOVED -> place(subjects, detail);
      case REMOVED -> forget(subjects.get(0).replace("vm ", ""));
      default -> {}
    }
  }

  private void place(List<String> subjects, String connection) {
    String key = subjects.get(0) + " " + connection;
    places.put(key, subjects.get(1));
    homeless.remove(key);
  }

  private void leave(String owner, String pnic) {
    listed.remove(owner + "/" + pnic);
    places.forEach(
        (key, place) -> {
          if (key.startsWith(owner + " ") && place.equals(pnic)) {
            homeless.add(key);
          }
        });
  }

  /** A guest that comes again under the name begins anew. */
  private void forget(String owner) {
    places.keySet().removeIf(key -> key.startsWith(owner + " "));
    homeless.removeIf(key -> key.startsWith(owner + " "));
  }

  private void check(boolean holds, JournalEntry entry) {
    if (!holds) {
      violations.add(entry.toString().strip() + " with " + listed);
    }
  }
}
