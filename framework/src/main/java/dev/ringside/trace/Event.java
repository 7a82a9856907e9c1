// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.List;

/**
 * Something that happened, or that a test expects to have happened.
 *
 * <pre>{@code
 * assertThat(lab.journal()).containsInOrder(functionUnmapped("web", "p0"), standbyChosen("p1"));
 * }</pre>
 *
 * @param kind what happened
 * @param subjects to whom, in the order that {@link EventKind} documents
 */
public record Event(EventKind kind, List<String> subjects) {

  /** Copies the subjects. */
  public Event {
    subjects = List.copyOf(subjects);
  }

  /** An event about so many subjects. */
  public static Event of(EventKind kind, String... subjects) {
    return new Event(kind, List.of(subjects));
  }

  /** A virtual function of this PNIC was bound to this VM. */
  public static Event functionMapped(String vm, String pnic) {
    return of(EventKind.FUNCTION_MAPPED, vm, pnic);
  }

  /** A virtual function of this PNIC was taken from this VM. */
  public static Event functionUnmapped(String vm, String pnic) {
    return of(EventKind.FUNCTION_UNMAPPED, vm, pnic);
  }

  /** This PNIC had no free virtual function for this VM. */
  public static Event functionMissing(String vm, String pnic) {
    return of(EventKind.FUNCTION_MISSING, vm, pnic);
  }

  /** The aggregator noticed that this PNIC is unusable. */
  public static Event failureDetected(String pnic) {
    return of(EventKind.FAILURE_DETECTED, pnic);
  }

  /** The aggregator noticed that this PNIC is usable again. */
  public static Event repairDetected(String pnic) {
    return of(EventKind.REPAIR_DETECTED, pnic);
  }

  /** The aggregator chose this PNIC to take over. */
  public static Event standbyChosen(String pnic) {
    return of(EventKind.STANDBY_CHOSEN, pnic);
  }

  /** This PNIC became the active one. */
  public static Event pnicActivated(String pnic) {
    return of(EventKind.PNIC_ACTIVATED, pnic);
  }

  /** This PNIC ceased to be the active one. */
  public static Event pnicDeactivated(String pnic) {
    return of(EventKind.PNIC_DEACTIVATED, pnic);
  }

  /** This PNIC failed. */
  public static Event pnicFailed(String pnic) {
    return of(EventKind.PNIC_FAILED, pnic);
  }

  /** This PNIC was repaired. */
  public static Event pnicRepaired(String pnic) {
    return of(EventKind.PNIC_REPAIRED, pnic);
  }

  /** The link of this device came up. */
  public static Event linkUp(String device) {
    return of(EventKind.LINK_UP, device);
  }

  /** The link of this device went down. */
  public static Event linkDown(String device) {
    return of(EventKind.LINK_DOWN, device);
  }

  /** The addresses of this VM were announced through this PNIC. */
  public static Event announced(String vm, String pnic) {
    return of(EventKind.ANNOUNCED, vm, pnic);
  }

  /** The rule of this monitor was put on this PNIC. */
  public static Event monitorInstalled(String monitor, String pnic) {
    return of(EventKind.MONITOR_INSTALLED, monitor, pnic);
  }

  /** The rule of this monitor was taken off this PNIC. */
  public static Event monitorRemoved(String monitor, String pnic) {
    return of(EventKind.MONITOR_REMOVED, monitor, pnic);
  }

  /** The application of this monitor has crashed. */
  public static Event monitorDied(String monitor) {
    return of(EventKind.MONITOR_DIED, monitor);
  }

  /** This attack is contained in a standby ring of this PNIC. */
  public static Event containmentInstalled(String signature, String pnic) {
    return of(EventKind.CONTAINMENT_INSTALLED, signature, pnic);
  }

  /** This attack is contained in software behind this PNIC, as no standby ring is free. */
  public static Event containmentDegraded(String signature, String pnic) {
    return of(EventKind.CONTAINMENT_DEGRADED, signature, pnic);
  }

  /** This attack is no longer contained on this PNIC. */
  public static Event containmentRemoved(String signature, String pnic) {
    return of(EventKind.CONTAINMENT_REMOVED, signature, pnic);
  }

  /** This attack was detected and could not be contained. */
  public static Event containmentRefused(String signature) {
    return of(EventKind.CONTAINMENT_REFUSED, signature);
  }

  /** This detector found this attack. */
  public static Event attackDetected(String detector, String signature) {
    return of(EventKind.ATTACK_DETECTED, detector, signature);
  }

  /** Whether something like this was expected: same kind, same subjects. */
  public boolean matches(Event expected) {
    return equals(expected);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.text());
    for (int i = 0; i < subjects.size(); i++) {
      text.append(i == 0 ? " " : ", ").append(subjects.get(i));
    }
    return text.toString();
  }
}
