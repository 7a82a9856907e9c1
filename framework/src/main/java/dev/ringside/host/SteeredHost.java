// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.flow.RingTarget;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.steering.Steering;
import dev.ringside.steering.SteeringParts;
import dev.ringside.steering.SteeringSite;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.List;

/** The host, as steering sees it. */
record SteeredHost(Host host, PacketSink toSwitch) implements SteeringSite {

  static Steering newSteering(Host host, PacketSink toSwitch) {
    return SteeringParts.of(host.world()).steering(new SteeredHost(host, toSwitch));
  }

  @Override
  public World world() {
    return host.world();
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public List<PhysicalNic> pnics() {
    return host.pnics();
  }

  @Override
  public RingTarget destination(String vm) {
    return new SteeredGuest(host.guest(vm), toSwitch);
  }

  @Override
  public MacAddress mac(String vm) {
    return host.guest(vm).mac();
  }

  @Override
  public void purge(PacketMatcher unwanted) {
    for (VirtualMachine vm : host.vms()) {
      host.vnic(vm.name()).receiveRing().purge(unwanted);
    }
  }
}
