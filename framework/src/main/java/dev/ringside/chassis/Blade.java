// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.aggregate.Aggregation;
import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.host.Host;
import dev.ringside.host.HostBuilder;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host in a chassis: its NICs are plugged into the interconnect, but for those that it was given
 * of its own to the network outside.
 *
 * <pre>{@code
 * Blade blade = lab.blade("b1");
 * blade.vm("web");
 * blade.chassis().interconnect().fail();
 * }</pre>
 */
public class Blade extends Host {

  private final BladeChassis chassis;
  private final Slot slot;
  private @Nullable String activeNic;
  private @Nullable SwitchPort activePort;

  Blade(BladeChassis chassis, HostBuilder spec, Slot slot) {
    super(chassis.world(), spec.name() + "/", spec, chassis.fabric().plan(), slot);
    this.chassis = chassis;
    this.slot = slot;
  }

  /** The chassis that it is in. */
  public BladeChassis chassis() {
    return chassis;
  }

  /** Whether a virtual machine's traffic leaves the blade by the interconnect now. */
  public boolean usesInterconnect(VirtualMachine vm) {
    synchronized (world()) {
      return portTo(vm) != null;
    }
  }

  /**
   * The port of the interconnect that leads to the NIC that the blade uses for a virtual machine;
   * null if it uses one that leads elsewhere.
   */
  @Nullable SwitchPort portTo(VirtualMachine vm) {
    String nic = activeNic(vm);
    if (nic == null) {
      return activePort; // the last one, which is down: what is sent there is lost there
    }
    if (!nic.equals(activeNic)) {
      LearningSwitch network = slot.switchFor(nic);
      activePort = network == chassis.interconnect() ? network.port(portName(nic)) : null;
      activeNic = nic;
    }
    return activePort;
  }

  private @Nullable String activeNic(VirtualMachine vm) {
    if (hasAggregator()) {
      return aggregator().activeName();
    }
    String direct = vm.directAccessThrough();
    return direct == null ? "p0" : direct;
  }

  private String portName(String nic) {
    boolean together = hasAggregator() && aggregator().aggregation() == Aggregation.ACTIVE_ACTIVE;
    return together ? aggregator().name() : name() + "/" + nic;
  }

  /** The names of its NICs that lead to the network outside, past the interconnect. */
  public List<String> externalPnics() {
    return slot.externalPnics();
  }
}
