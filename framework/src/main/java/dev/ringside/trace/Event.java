// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, or that a test expects to have happened.
 *
 * <pre>{@code
 * assertThat(lab.journal()).containsInOrder(functionUnmapped("web", "p0"), standbyChosen("p1"));
 * }</pre>
 */
public final class Event {

  private static final String[] NOBODY = {};

  private final EventKind kind;
  private final String[] subjects;

  private Event(EventKind kind, String[] subjects) {
    this.kind = kind;
    this.subjects = subjects;
  }

  /** An event about these subjects, in the order that {@link EventKind} documents. */
  public static Event of(EventKind kind, String... subjects) {
    return new Event(kind, subjects.length == 0 ? NOBODY : subjects.clone());
  }

  private static Event about(EventKind kind, String... subjects) {
    return new Event(kind, subjects);
  }

  /** What happened. */
  public EventKind kind() {
    return kind;
  }

  /** To whom, in the order that {@link EventKind} documents. */
  public List<String> subjects() {
    return List.of(subjects);
  }

  /** A virtual function of this PNIC was bound to this VM. */
  public static Event functionMapped(String vm, String pnic) {
    return about(EventKind.FUNCTION_MAPPED, vm, pnic);
  }

  /** A virtual function of this PNIC was taken from this VM. */
  public static Event functionUnmapped(String vm, String pnic) {
    return about(EventKind.FUNCTION_UNMAPPED, vm, pnic);
  }

  /** This PNIC had no free virtual function for this VM. */
  public static Event functionMissing(String vm, String pnic) {
    return about(EventKind.FUNCTION_MISSING, vm, pnic);
  }

  /** The aggregator noticed that this PNIC is unusable. */
  public static Event failureDetected(String pnic) {
    return about(EventKind.FAILURE_DETECTED, pnic);
  }

  /** The aggregator noticed that this PNIC is usable again. */
  public static Event repairDetected(String pnic) {
    return about(EventKind.REPAIR_DETECTED, pnic);
  }

  /** The aggregator chose this PNIC to take over. */
  public static Event standbyChosen(String pnic) {
    return about(EventKind.STANDBY_CHOSEN, pnic);
  }

  /** This PNIC became the active one. */
  public static Event pnicActivated(String pnic) {
    return about(EventKind.PNIC_ACTIVATED, pnic);
  }

  /** This PNIC ceased to be the active one. */
  public static Event pnicDeactivated(String pnic) {
    return about(EventKind.PNIC_DEACTIVATED, pnic);
  }

  /** This PNIC failed. */
  public static Event pnicFailed(String pnic) {
    return about(EventKind.PNIC_FAILED, pnic);
  }

  /** This PNIC was repaired. */
  public static Event pnicRepaired(String pnic) {
    return about(EventKind.PNIC_REPAIRED, pnic);
  }

  /** The link of this device came up. */
  public static Event linkUp(String device) {
    return about(EventKind.LINK_UP, device);
  }

  /** The link of this device went down. */
  public static Event linkDown(String device) {
    return about(EventKind.LINK_DOWN, device);
  }

  /** The addresses of this VM were announced through this PNIC. */
  public static Event announced(String vm, String pnic) {
    return about(EventKind.ANNOUNCED, vm, pnic);
  }

  /** This port knows this of its partner (LACP). */
  public static Event lacpPartner(String port, String state) {
    return about(EventKind.LACP_PARTNER, port, state);
  }

  /** This port is so far on its way to carrying traffic (LACP). */
  public static Event lacpPort(String port, String state) {
    return about(EventKind.LACP_PORT, port, state);
  }

  /** This PNIC entered the list that the connections of this owner are spread over. */
  public static Event portJoined(String owner, String pnic) {
    return of(EventKind.PORT_JOINED, owner, pnic);
  }

  /** This PNIC left the list that the connections of this owner are spread over. */
  public static Event portLeft(String owner, String pnic) {
    return of(EventKind.PORT_LEFT, owner, pnic);
  }

  /** The first packet of a connection of this owner was given to this PNIC. */
  public static Event connectionPlaced(String owner, String pnic) {
    return of(EventKind.CONNECTION_PLACED, owner, pnic);
  }

  /** A connection of this owner was given to this PNIC, as the former one has left the list. */
  public static Event connectionMoved(String owner, String pnic) {
    return of(EventKind.CONNECTION_MOVED, owner, pnic);
  }

  /** The rule of this monitor was put on this PNIC. */
  public static Event monitorInstalled(String monitor, String pnic) {
    return about(EventKind.MONITOR_INSTALLED, monitor, pnic);
  }

  /** The rule of this monitor was taken off this PNIC. */
  public static Event monitorRemoved(String monitor, String pnic) {
    return about(EventKind.MONITOR_REMOVED, monitor, pnic);
  }

  /** The application of this monitor has crashed. */
  public static Event monitorDied(String monitor) {
    return about(EventKind.MONITOR_DIED, monitor);
  }

  /** This attack is contained in a standby ring of this PNIC. */
  public static Event containmentInstalled(String signature, String pnic) {
    return about(EventKind.CONTAINMENT_INSTALLED, signature, pnic);
  }

  /** This attack is contained in software behind this PNIC, as no standby ring is free. */
  public static Event containmentDegraded(String signature, String pnic) {
    return about(EventKind.CONTAINMENT_DEGRADED, signature, pnic);
  }

  /** This attack is no longer contained on this PNIC. */
  public static Event containmentRemoved(String signature, String pnic) {
    return about(EventKind.CONTAINMENT_REMOVED, signature, pnic);
  }

  /** This attack was detected and could not be contained. */
  public static Event containmentRefused(String signature) {
    return about(EventKind.CONTAINMENT_REFUSED, signature);
  }

  /** This detector found this attack. */
  public static Event attackDetected(String detector, String signature) {
    return about(EventKind.ATTACK_DETECTED, detector, signature);
  }

  /** Whether something like this was expected: same kind, same subjects. */
  public boolean matches(Event expected) {
    return equals(expected);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event event
        && kind == event.kind
        && Arrays.equals(subjects, event.subjects);
  }

  @Override
  public int hashCode() {
    return 31 * kind.name().hashCode() + Arrays.hashCode(subjects);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.text());
    for (int i = 0; i < subjects.length; i++) {
      text.append(i == 0 ? " " : ", ").append(subjects[i]);
    }
    return text.toString();
  }
}
