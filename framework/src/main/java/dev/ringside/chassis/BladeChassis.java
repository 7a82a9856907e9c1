// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.bridge.SwitchPort;
import dev.ringside.host.HostBuilder;
import dev.ringside.nic.NicListener;
import dev.ringside.nic.NicParts;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import dev.ringside.wire.Port;
import dev.ringside.wire.WireParts;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A chassis with its blades, the interconnect that joins them, the NIC that they share, and the
 * table by which it finds virtual NICs.
 *
 * <p>Not modelled: a second interconnect or shared NIC, management modules, power.
 *
 * <pre>{@code
 * BladeChassis chassis = lab.chassis("c1");
 * chassis.blade("b1").vm("web");
 * chassis.networkInterface().fail(); // no blade reaches the network outside by it
 * }</pre>
 */
public class BladeChassis {

  private final String name;
  private final Fabric fabric;
  private final VirtualSwitchingTable switchingTable;
  private final PhysicalNic networkInterface;
  private final Cable cable;
  private final SwitchPort networkPort;
  private final Interconnect interconnect;
  private final List<Blade> blades;

  /** Builds a chassis and plugs its shared NIC into the network. */
  public BladeChassis(ChassisBuilder spec, Fabric fabric) {
    this.name = spec.name();
    this.fabric = fabric;
    ChassisParts parts = ChassisParts.of(world());
    this.switchingTable = parts.virtualSwitchingTable(world(), name, fabric);
    String label = name + "/ni0";
    this.networkInterface =
        NicParts.of(world())
            .physicalNic(world(), name, "ni0", label, fabric.plan().nextNicMac(), spec.sharedNic());
    this.cable = WireParts.of(world()).cable(world(), label);
    this.networkPort =
        fabric.network().addPort(label, cable.toHost(), spec.vlanMode(fabric.subnets()));
    this.interconnect = parts.interconnect(this, switchingTable, networkInterface);
    connect();
    this.blades = new ArrayList<>(spec.blades().size());
    for (HostBuilder blade : spec.blades()) {
      Slot slot = new Slot(this, spec.externalPnicsOf(blade));
      blades.add(parts.blade(this, blade, slot));
    }
  }

  private void connect() {
    networkInterface.filter().setPromiscuous(true);
    networkInterface.connectWire(cable.toNetwork());
    cable.connect(new SharedEnd(), new NetworkEnd());
    networkInterface.setListener(new SharedEvents());
  }

  // ---- what it has ----

  /** The name, unique in the lab. */
  public String name() {
    return name;
  }

  /** What the devices of the lab share. */
  public World world() {
    return fabric.world();
  }

  Fabric fabric() {
    return fabric;
  }

  /** The blades, in order. */
  public List<Blade> blades() {
    return List.copyOf(blades);
  }

  /**
   * A blade.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Blade blade(String bladeName) {
    List<String> names = new ArrayList<>(blades.size());
    for (Blade blade : blades) {
      if (blade.name().equals(bladeName)) {
        return blade;
      }
      names.add(blade.name());
    }
    throw new IllegalArgumentException(
        "no blade named '" + bladeName + "' in chassis " + name + "; it has " + names);
  }

  /** What joins the blades. */
  public Interconnect interconnect() {
    return interconnect;
  }

  /** The NIC by which the blades reach the network outside. */
  public PhysicalNic networkInterface() {
    return networkInterface;
  }

  /** The cable from the shared NIC to the network outside. */
  public Cable cable() {
    return cable;
  }

  /** Where it finds virtual NICs. */
  public VirtualSwitchingTable switchingTable() {
    return switchingTable;
  }

  /** Whether frames of a VLAN get from this chassis to the network outside. */
  boolean carries(int vlan) {
    return networkPort.vlanMode().carries(vlan);
  }

  /** Whether frames of a VLAN get from this chassis to another one. */
  boolean sharesVlan(BladeChassis other, int vlan) {
    return carries(vlan) && other.carries(vlan);
  }

  /** Gives the cables that end at the interconnect their signal, or takes it. */
  void setSignal(boolean on) {
    for (Blade blade : blades) {
      for (PhysicalNic nic : blade.pnics()) {
        if (!blade.externalPnics().contains(nic.name())) {
          blade.cable(nic.name()).setNetworkSignal(on);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "chassis " + name + ": " + blades;
  }

  /** The chassis' end of the cable. */
  private final class SharedEnd implements Port {
    @Override
    public void accept(Packet packet) {
      networkInterface.accept(packet);
    }

    @Override
    public void carrierChanged(boolean up) {
      networkInterface.carrierChanged(up);
    }

    @Override
    public void readyToSend() {
      networkInterface.transmitReady();
    }
  }

  /** The far end of the cable. */
  private final class NetworkEnd implements Port {
    @Override
    public void accept(Packet packet) {
      networkPort.accept(packet);
    }

    @Override
    public void carrierChanged(boolean up) {
      networkPort.carrierChanged(up);
    }
  }

  /** The network outside may have heard nothing of those who came while the shared NIC was down. */
  private void announceAll() {
    for (Blade blade : blades) {
      for (VirtualMachine vm : blade.vms()) {
        if (blade.usesInterconnect(vm)) {
          announce(vm);
        }
      }
    }
  }

  private void announce(VirtualMachine vm) {
    for (Packet packet : vm.stack().announcements()) {
      Packet tagged = vm.vlan() == 0 ? packet : packet.pushVlanTag(VlanTag.of(vm.vlan()));
      Packet sent = world().inject(interconnect.account(), tagged);
      interconnect.account().addSent();
      networkInterface.transmit(sent);
    }
  }

  /** What the shared NIC tells. */
  private final class SharedEvents implements NicListener {
    private boolean wasUsable = true;

    @Override
    public void stateChanged(PhysicalNic nic) {
      fabric.changed();
      boolean usable = nic.isUsable();
      if (usable && !wasUsable) {
        announceAll();
      }
      wasUsable = usable;
    }

    @Override
    public void signalChanged(PhysicalNic nic, boolean on) {
      cable.setHostSignal(on);
    }

    @Override
    public void functionReleased(PhysicalNic nic) {}

    @Override
    public void activating(PhysicalNic nic) {}

    @Override
    public void deactivated(PhysicalNic nic) {}
  }
}
