// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What joins the blades of a chassis with each other and with the shared NIC.
 *
 * <pre>
 *   frame --&gt; in the switching table? --&gt; on a blade here ........... to the NIC that the blade uses
 *                                     --&gt; its blade uses another way .. to the shared NIC
 *                                     --&gt; it has left the chassis ..... to the shared NIC, if its VLAN
 *                                                  reaches the other one; else NO_ROUTE
 *         --&gt; heard? ..................................................... where it was heard
 *         --&gt; for a group ................................................ to all, as any switch does
 *         --&gt; unknown .................................................... to the shared NIC, never to blades;
 *                                                  NO_ROUTE if that does not carry its VLAN
 * </pre>
 *
 * <pre>{@code
 * chassis.interconnect().fail(); // all blades see their links go down
 * }</pre>
 */
public class Interconnect extends LearningSwitch {

  private final BladeChassis chassis;
  private final VirtualSwitchingTable table;
  private final SwitchPort uplink;
  private final SwitchPort departed;
  private final SwitchPort nowhere;
  private boolean failed;

  Interconnect(BladeChassis chassis, VirtualSwitchingTable table, PhysicalNic shared) {
    super(chassis.world(), Stage.INTERCONNECT, chassis.name() + "/interconnect");
    this.chassis = chassis;
    this.table = table;
    this.uplink = addPort(shared.label(), shared::transmit, VlanMode.transparent());
    this.departed = addPort("departed", new Departed(), VlanMode.transparent());
    departed.carrierChanged(false); // nothing is flooded to it
    this.nowhere = addPort("nowhere", new Nowhere(), VlanMode.transparent());
    nowhere.carrierChanged(false);
    shared.connectHost(new FromShared());
  }

  // ---- control ----

  /** Whether it carries nothing. */
  public boolean isFailed() {
    synchronized (world()) {
      return failed;
    }
  }

  /** From now on it carries nothing: the blades see their links to it go down. */
  public void fail() {
    setFailed(true);
  }

  /** It carries frames again. */
  public void repair() {
    setFailed(false);
  }

  private void setFailed(boolean nowFailed) {
    world()
        .run(
            () -> {
              if (failed != nowFailed) {
                failed = nowFailed;
                world()
                    .record(name(), nowFailed ? Event.linkDown(name()) : Event.linkUp(name()), "");
                chassis.setSignal(!nowFailed);
                chassis.fabric().changed();
              }
            });
  }

  // ---- packets ----

  @Override
  protected @Nullable SwitchPort portFor(long mac, int vlan, SwitchPort from) {
    EntryIndex.Row row = table.find(vlan, mac);
    if (row == null) {
      SwitchPort heard = super.portFor(mac, vlan, from);
      SwitchPort out = from == uplink || chassis.carries(vlan) ? uplink : nowhere;
      return heard == null ? out : heard;
    }
    Blade blade = row.entry().blade();
    if (blade.chassis() != chassis) {
      return from != uplink && chassis.sharesVlan(blade.chassis(), vlan) ? uplink : departed;
    }
    SwitchPort port = blade.portTo(row.entry().vm());
    return port == null ? uplink : port;
  }

  /** From the shared NIC. */
  private final class FromShared implements Receiver {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void accept(Packet packet) {
      if (failed) {
        account().addReceived();
        world().dropped(account(), packet, DropReason.LINK_DOWN, Interconnect.this);
      } else {
        uplink.accept(packet);
      }
    }
  }

  /** Where frames go whose station has left the chassis. */
  private final class Departed implements PacketSink {
    @Override
    public void accept(Packet packet) {
      int vlan = packet.vlanId() > 0 ? packet.vlanId() : VlanMode.DEFAULT_NATIVE;
      EntryIndex.Row row = table.find(vlan, packet.destinationMacBits());
      if (row == null) {
        throw new AssertionError("nobody has departed whom " + packet + " is for");
      }
      VirtualMachine vm = row.entry().vm();
      Packet untagged = vm.vlan() == 0 ? packet : packet.popVlanTag();
      if (world().now() < row.forwardUntil()) {
        vm.vnic().acceptSwitched(untagged);
      } else {
        vm.vnic().refuse(untagged, DropReason.NO_ROUTE, row.entry() + ", past " + name());
      }
    }
  }

  /** Where frames go whose VLAN does not leave the chassis, for a station that is not in it. */
  private final class Nowhere implements PacketSink {
    @Override
    public void accept(Packet packet) {
      account().addReceived();
      world()
          .dropped(
              account(),
              packet,
              DropReason.NO_ROUTE,
              "VLAN " + packet.vlanId() + " does not leave chassis " + chassis.name());
    }
  }

  /** The names of its ports that lead to blades. */
  public List<String> slots() {
    List<String> names = new ArrayList<>();
    for (SwitchPort port : ports()) {
      if (port != uplink && port != departed && port != nowhere) {
        names.add(port.name());
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return name() + " " + slots() + (failed ? ", failed" : "");
  }
}
