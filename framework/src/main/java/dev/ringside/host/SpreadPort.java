// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.bridge.PortGroup;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Port;

/** A NIC of an active/active host: its cable is one of a port group of the external switch. */
class SpreadPort extends HostPort {

  private final ActiveActive wiring;
  private final int order;

  SpreadPort(ActiveActive wiring, PhysicalNic nic, Cable cable, int order) {
    super(nic, cable);
    this.wiring = wiring;
    this.order = order;
  }

  /** Its place in the configured order. */
  int order() {
    return order;
  }

  void plugInto(PortGroup.Link link) {
    link.carrierChanged(cable().isUp());
    cable().connect(this, new GroupEnd(link));
  }

  void connectHost(Receiver fromNic) {
    nic().connectHost(new FromThis(fromNic));
  }

  /** From this NIC's host rings to the virtual switch. */
  private final class FromThis implements Receiver {
    private final Receiver next;

    FromThis(Receiver next) {
      this.next = next;
    }

    @Override
    public boolean isReady() {
      return next.isReady();
    }

    @Override
    public void accept(Packet packet) {
      HostPort before = wiring.passing();
      wiring.passes(SpreadPort.this);
      try {
        next.accept(packet);
      } finally {
        wiring.passes(before);
      }
    }
  }

  /** The far end of the cable, in the external switch. */
  private record GroupEnd(PortGroup.Link link) implements Port {
    @Override
    public void accept(Packet packet) {
      link.accept(packet);
    }

    @Override
    public void carrierChanged(boolean up) {
      link.carrierChanged(up);
    }
  }
}
