// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.virt.Vnic;

/**
 * A guest as the destination of software rings. Its port of the virtual switch says which VLANs it
 * takes; what the port would not carry goes to the switch, which says why.
 */
final class SteeredGuest implements RingTarget {

  private final Vnic vnic;
  private final SwitchPort port;
  private final PacketSink toSwitch;

  SteeredGuest(Guest guest, PacketSink toSwitch) {
    this.vnic = guest.vnic();
    this.port = guest.port();
    this.toSwitch = toSwitch;
  }

  @Override
  public String name() {
    return vnic.name() + "/rx";
  }

  @Override
  public void accept(Packet packet) {
    VlanMode mode = port.vlanMode();
    if (!port.isUp()) {
      toSwitch.accept(packet);
    } else if (mode.isTransparent()) {
      vnic.acceptSwitched(packet);
    } else if (mode.isAccess() && packet.vlanId() == mode.nativeVlan()) {
      vnic.acceptSwitched(packet.popVlanTag());
    } else {
      toSwitch.accept(packet);
    }
  }
}
