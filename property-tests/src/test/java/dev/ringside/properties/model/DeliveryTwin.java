// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.model;

import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.model.FailoverTwin;
import dev.ringside.jqwik.scenario.Sending;
import org.jspecify.annotations.Nullable;

/**
 * Who reaches whom while NICs fail: packets between two guests that both go through the virtual
 * switch need no NIC, all others need one that works.
 */
public final class DeliveryTwin {

  private final FailoverTwin failover;

  /** Of a host whose NICs are in this state. */
  public DeliveryTwin(FailoverTwin failover) {
    this.failover = failover;
  }

  /** Whether a packet arrives. The station tags what it sends as the receiver needs it. */
  public boolean reaches(String from, String to) {
    boolean stationTakesPart = from.equals(Sending.STATION) || to.equals(Sending.STATION);
    if (stationTakesPart) {
      return (isThere(from) && isThere(to)) && failover.activeWorks();
    }
    VmSpec sender = guest(from);
    VmSpec receiver = guest(to);
    if (sender == null || receiver == null) {
      return false;
    }
    boolean sameVlan = sender.vlan() == receiver.vlan();
    boolean trunk = receiver.vlan() == 0;
    return (sameVlan || trunk) && (areBothSwitched(from, to) || failover.activeWorks());
  }

  private boolean areBothSwitched(String from, String to) {
    return failover.directAccess(from) == null && failover.directAccess(to) == null;
  }

  private boolean isThere(String name) {
    return name.equals(Sending.STATION) || guest(name) != null;
  }

  private @Nullable VmSpec guest(String name) {
    return failover.guests().stream()
        .filter(guest -> guest.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
