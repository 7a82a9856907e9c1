// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

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

/** What the journal of a failover must never tell. Each law gives a line for each violation. */
final class JournalLaws {

  /** Holds virtual functions of NICs that are not active; the laws are about guests. */
  private static final String STRANGER = "tenant";

  private final List<JournalEntry> journal;
  private final List<String> violations = new ArrayList<>();

  private final Set<String> active = new LinkedHashSet<>();
  private final Map<String, String> mapped = new LinkedHashMap<>();

  private JournalLaws(List<JournalEntry> journal) {
    this.journal = journal;
  }

  /** Property 1: at most one NIC is active at any time. */
  static List<String> oneActive(List<JournalEntry> journal) {
    JournalLaws laws = new JournalLaws(journal);
    laws.replay((entry, event) -> laws.check(laws.active.size() <= 1, entry, laws.active));
    return laws.violations;
  }

  /** Property 2: a guest is mapped to the active NIC only. */
  static List<String> mappedToTheActive(List<JournalEntry> journal) {
    JournalLaws laws = new JournalLaws(journal);
    laws.replay(
        (entry, event) ->
            laws.check(laws.active.containsAll(laws.mapped.values()), entry, laws.mapped));
    return laws.violations;
  }

  /**
   * Property 3: all mappings removed, standby chosen, former deactivated, chosen activated, guests
   * mapped, in this order.
   */
  static List<String> stepsInOrder(List<JournalEntry> journal) {
    JournalLaws laws = new JournalLaws(journal);
    StepOrder order = new StepOrder();
    laws.replay((entry, event) -> laws.check(order.allows(event, laws.mapped), entry, order));
    return laws.violations;
  }

  /** Property 4: no packet gets from a deactivated NIC onto its cable. */
  static List<String> silentWhenInactive(List<JournalEntry> journal) {
    JournalLaws laws = new JournalLaws(journal);
    for (JournalEntry entry : journal) {
      Hop hop = entry.hop();
      if (entry.event() != null) {
        laws.follow(entry.event());
      } else if (hop != null && hop.stage() == Stage.WIRE && hop.detail().equals(" to network")) {
        laws.check(laws.active.contains(hop.place()), entry, laws.active);
      }
    }
    return laws.violations;
  }

  private interface Law {
    void look(JournalEntry entry, Event event);
  }

  private void replay(Law law) {
    for (JournalEntry entry : journal) {
      Event event = entry.event();
      if (event != null && !event.subjects().contains(STRANGER)) {
        follow(event);
        law.look(entry, event);
      }
    }
  }

  private void follow(Event event) {
    List<String> subjects = event.subjects();
    switch (event.kind()) {
      case PNIC_ACTIVATED -> active.add(subjects.get(0));
      case PNIC_DEACTIVATED -> active.remove(subjects.get(0));
      case FUNCTION_MAPPED -> mapped.put(subjects.get(0), subjects.get(1));
      case FUNCTION_UNMAPPED -> mapped.remove(subjects.get(0));
      default -> {}
    }
  }

  private void check(boolean holds, JournalEntry entry, Object state) {
    if (!holds) {
      violations.add(entry.toString().strip() + " with " + state);
    }
  }
}
