// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.routing.AddressPool;
import dev.ringside.routing.Subnet;
import org.jspecify.annotations.Nullable;

/** Finds a place for a virtual machine in a subnet: both addresses, or none is taken. */
final class SubnetPlace {

  private SubnetPlace() {}

  static VmSpec in(Subnet subnet, VmSpec vm) {
    IpAddress ipv4 = take(subnet.pool(), vm.ipv4OrNull(), subnet, vm);
    try {
      IpAddress ipv6 = take(subnet.ipv6Pool(), vm.ipv6OrNull(), subnet, vm);
      return vm.placed((Ipv4Address) ipv4, (Ipv6Address) ipv6, subnet.vlan());
    } catch (IllegalArgumentException | IllegalStateException e) {
      boolean unused = subnet.pool().release(ipv4);
      throw e;
    }
  }

  private static IpAddress take(
      AddressPool pool, @Nullable IpAddress wanted, Subnet subnet, VmSpec vm) {
    if (wanted == null) {
      IpAddress free = pool.allocate();
      if (free == null) {
        throw new IllegalStateException(
            "no address is free in subnet "
                + subnet.name()
                + " for VM '"
                + vm.name()
                + "': all "
                + pool.used()
                + " of "
                + pool.prefix()
                + " are used");
      }
      return free;
    }
    if (!pool.reserve(wanted)) {
      throw new IllegalArgumentException(
          "address "
              + wanted
              + " of VM '"
              + vm.name()
              + (pool.isUsed(wanted) ? "' is used by another station" : "' is not")
              + (pool.isUsed(wanted) ? " of" : " one that a station can have in")
              + " subnet "
              + subnet.name()
              + ", "
              + pool.prefix());
    }
    return wanted;
  }
}
