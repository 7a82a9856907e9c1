// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;

/** The rings of a NIC that are not empty, in words. */
final class Rings {

  private final Lab lab;
  private final String label;
  private final StringBuilder text = new StringBuilder();

  Rings(Lab lab, String label) {
    this.lab = lab;
    this.label = label;
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

  private void describe(PhysicalNic nic) {
    for (int i = 0; i < nic.config().receiveRings(); i++) {
      describe(nic.receiveRing(i));
    }
    for (VirtualFunction function : nic.virtualFunctions()) {
      for (int i = 0; i < nic.config().functionReceiveRings(); i++) {
        describe(function.receiveRing(i));
      }
    }
    if (nic.unsent() > 0) {
      next().append("transmit rings of ").append(label).append(" have ").append(nic.unsent());
      text.append(nic.unsent() == 1 ? " packet" : " packets");
    }
  }

  private void describe(ReceiveRing ring) {
    if (ring.size() > 0) {
      next().append(ring);
    }
    if (ring.backlog() > 0) {
      next().append(ring.backlog()).append(" pulled from ring ").append(ring.name());
      text.append(ring.backlog() == 1 ? " waits" : " wait").append(" for its consumer");
    }
  }

  private StringBuilder next() {
    return text.isEmpty() ? text : text.append(", ");
  }
}
