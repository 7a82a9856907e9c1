// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checks of a test are to forgive, and what of it they have needed: the same for all labs
 * of the test.
 *
 * <pre>{@code
 * Leniences meant = new Leniences();
 * meant.add(Lenience.expecting(DropReason.NO_PEER));
 * List<Finding> findings = session.findings(meant);
 * findings.addAll(meant.unused()); // if no packet was lost for this reason
 * }</pre>
 *
 * <p>For one thread.
 */
public final class Leniences {

  private final List<Entry> entries = new ArrayList<>(0);

  /** The labs that were checked, for their names. */
  private final List<Lab> labs = new ArrayList<>(1);

  /** Whether the check for unused rules was asked for, the only one that can be. */
  private boolean rulesDemanded;

  /** Forgives nothing. */
  public Leniences() {}

  /** Adds a lenience, unless it has one like this. */
  public void add(Lenience lenience) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).lenience.isLike(lenience)) {
        return;
      }
    }
    entries.add(new Entry(lenience));
  }

  /** Adds leniences. */
  public void addAll(List<Lenience> more) {
    for (int i = 0; i < more.size(); i++) {
      add(more.get(i));
    }
  }

  /**
   * Asks for a check that is left out otherwise.
   *
   * @throws IllegalArgumentException if it is made anyway
   */
  public void demand(LabCheck check) {
    if (!check.isOnDemand()) {
      throw new IllegalArgumentException(
          "the check for " + check.text() + " is made anyway; only UNUSED_RULES can be asked for");
    }
    rulesDemanded = true;
  }

  boolean demandsRules() {
    return rulesDemanded;
  }

  /** Notes a lab that is about to be checked. */
  void meet(Lab lab) {
    if (!entries.isEmpty() && !labs.contains(lab)) {
      labs.add(lab);
    }
  }

  /** Whether something that a check has found of a device is forgiven; whatever does so is used. */
  boolean forgive(Lab lab, LabCheck check, String device) {
    boolean forgiven = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.lenience.check() == check
          && entry.lenience.reason() == null
          && entry.covers(lab, device)) {
        entry.used = true;
        forgiven = true;
      }
    }
    return forgiven;
  }

  /** Whether losses for a reason were expected of a device; those that were have come. */
  boolean expect(Lab lab, DropReason reason, String device) {
    boolean expected = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.lenience.reason() == reason && entry.covers(lab, device)) {
        entry.used = true;
        expected = true;
      }
    }
    return expected;
  }

  /**
   * Those that had nothing to forgive in any of the labs that were checked, and were not told
   * before.
   */
  public List<Finding> unused() {
    List<Finding> findings = new ArrayList<>(0);
    addUnusedExpectations(findings);
    addUnusedLeniences(findings);
    return findings;
  }

  void addUnusedExpectations(List<Finding> findings) {
    if (!entries.isEmpty()) {
      addUnused(LabCheck.UNUSED_EXPECTATIONS, findings);
    }
  }

  void addUnusedLeniences(List<Finding> findings) {
    if (!entries.isEmpty()) {
      addUnused(LabCheck.UNUSED_LENIENCES, findings);
    }
  }

  private void addUnused(LabCheck check, List<Finding> findings) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Lenience lenience = entry.lenience;
      if (!entry.used
          && !lenience.isIfNeeded()
          && lenience.counterpart() == check
          && !forgivesUnused(entry)) {
        entry.used = true; // said once
        findings.add(new Finding(check, text(lenience), cure(lenience)));
      }
    }
  }

  private boolean forgivesUnused(Entry unused) {
    LabCheck check = unused.lenience.counterpart();
    if (unused.lenience.check() == check) {
      return true; // whoever does without this check is not told by it
    }
    boolean forgiven = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.lenience.check() == check && entry.lenience.reason() == null) {
        entry.used = true;
        forgiven = true;
      }
    }
    return forgiven;
  }

  private String text(Lenience lenience) {
    StringBuilder text = new StringBuilder(96).append(lenience);
    text.append(
        lenience.reason() == null
            ? " were to be forgiven, and there were none"
            : " were expected and never came");
    for (String device : lenience.devices()) {
      if (isUnknown(device)) {
        text.append("; no device named '").append(device).append('\'');
      }
    }
    return text.toString();
  }

  private static String cure(Lenience lenience) {
    return lenience.reason() == null
        ? "take the lenience away, so that the check watches again"
        : "take the expectation away, or let the test lose what it means to lose";
  }

  private boolean isUnknown(String device) {
    for (Lab lab : labs) {
      if (Devices.knows(lab, device)) {
        return false;
      }
    }
    return true;
  }

  private static final class Entry {
    final Lenience lenience;
    boolean used;

    Entry(Lenience lenience) {
      this.lenience = lenience;
    }

    boolean covers(Lab lab, String device) {
      if (lenience.devices().isEmpty()) {
        return true;
      }
      for (String name : lenience.devices()) {
        if (Devices.covers(lab, name, device)) {
          return true;
        }
      }
      return false;
    }
  }
}
