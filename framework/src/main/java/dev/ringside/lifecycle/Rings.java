// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import java.util.function.Predicate;

/** The rings of a NIC that are not empty, in words. */
final class Rings {

  private final Lab lab;
  private final String label;
  private final Predicate<String> isForgiven;
  private final StringBuilder text = new StringBuilder();
  private boolean hasForgiven;

  /**
   * Has not looked yet.
   *
   * @param label the NIC
   * @param isForgiven whether nobody minds what is in the rings of this name
   */
  Rings(Lab lab, String label, Predicate<String> isForgiven) {
    this.lab = lab;
    this.label = label;
    this.isForgiven = isForgiven;
  }

  /** Empty if there is no such NIC. */
  String inUse() {
    for (Host host : lab.hosts()) {
      for (PhysicalNic nic : host.pnics()) {
        if (nic.label().equals(label)) {
          describe(nic);
        }
      }
    }
    return text.toString();
  }

  /** Whether there was something that nobody minds. */
  boolean hasForgiven() {
    return hasForgiven;
  }

  private void describe(PhysicalNic nic) {
    for (int i = 0; i < nic.config().receiveRings(); i++) {
      describe(nic.receiveRing(i));
    }
    for (VirtualFunction function : nic.virtualFunctions()) {
      for (int i = 0; i < nic.config().functionReceiveRings(); i++) {
        describe(function.receiveRing(i));
      }
    }
    if (nic.unsent() > 0 && !forgives(label)) {
      next().append("transmit rings of ").append(label).append(" have ").append(nic.unsent());
      text.append(nic.unsent() == 1 ? " packet" : " packets");
    }
  }

  private void describe(ReceiveRing ring) {
    if ((ring.size() == 0 && ring.backlog() == 0) || forgives(ring.name())) {
      return;
    }
    if (ring.size() > 0) {
      next().append(ring);
    }
    if (ring.backlog() > 0) {
      next().append(ring.backlog()).append(" pulled from ring ").append(ring.name());
      text.append(ring.backlog() == 1 ? " waits" : " wait").append(" for its consumer");
    }
  }

  private boolean forgives(String name) {
    boolean forgiven = isForgiven.test(name);
    hasForgiven |= forgiven;
    return forgiven;
  }

  private StringBuilder next() {
    return text.isEmpty() ? text : text.append(", ");
  }
}
