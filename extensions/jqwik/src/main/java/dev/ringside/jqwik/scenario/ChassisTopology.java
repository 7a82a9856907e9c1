// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.MemorySize;
import java.util.ArrayList;
import java.util.List;

/**
 * Chassis c1, c2, ... with blades b1, b2, ... and virtual machines vm1, vm2, ... of subnets A, B,
 * ..., each at home on a blade.
 *
 * <pre>{@code
 * ChassisTopology topology =
 *     ChassisTopology.of(2, 1, new ChassisTopology.Guest(0, 0), new ChassisTopology.Guest(1, 1));
 * try (Lab lab = Lab.of(topology)) {
 *   lab.migrate(lab.vm("vm1")).to(lab.blade("b2"));
 * }
 * }</pre>
 *
 * @param chassis how many chassis
 * @param bladesEach how many blades each has
 * @param guests the virtual machines
 * @param functions virtual functions of each blade's NIC
 * @param proxies whether those of one blade reach each other by proxies
 * @param memory bytes of network memory of each blade, 0: quotas are off
 * @param prefixLength of the subnets, 24 to 29
 * @param apart whether a chassis carries only the subnets of the guests that are at home in it
 */
public record ChassisTopology(
    int chassis,
    int bladesEach,
    List<Guest> guests,
    int functions,
    boolean proxies,
    long memory,
    int prefixLength,
    boolean apart)
    implements Topology {

  /** How many subnets there are. */
  public static final int SUBNETS = 3;

  /**
   * A virtual machine.
   *
   * <pre>{@code
   * new ChassisTopology.Guest(0, 1) // of subnet B, on b1
   * }</pre>
   *
   * @param blade number of the blade that it is at home on, from 0
   * @param subnet number of its subnet, from 0
   */
  public record Guest(int blade, int subnet) {}

  /** Copies the virtual machines. */
  public ChassisTopology {
    guests = List.copyOf(guests);
  }

  /** Chassis that carry their own subnets only, without functions, proxies and quotas. */
  public static ChassisTopology of(int chassis, int bladesEach, Guest... guests) {
    return new ChassisTopology(
        chassis, bladesEach, List.of(guests), 0, false, 0, 24, /* apart= */ true);
  }

  /** How many blades there are in all. */
  public int blades() {
    return chassis * bladesEach;
  }

  /** The name of a blade. */
  public static String blade(int number) {
    return "b" + (number + 1);
  }

  /** The name of a virtual machine. */
  public static String vm(int number) {
    return "vm" + (number + 1);
  }

  /** The name of a subnet. */
  public static String subnet(int number) {
    return String.valueOf((char) ('A' + number));
  }

  @Override
  public void build(LabBuilder lab) {
    for (int i = 0; i < SUBNETS; i++) {
      lab.subnet(subnet(i), "10.0." + i + ".0/" + prefixLength);
    }
    for (int i = 0; i < chassis; i++) {
      ChassisBuilder builder = lab.chassis("c" + (i + 1));
      if (apart) {
        builder.subnets(subnetsOf(i).toArray(new String[0]));
      }
      for (int j = i * bladesEach; j < (i + 1) * bladesEach; j++) {
        describe(builder.blade(blade(j)), j);
      }
    }
  }

  private void describe(HostBuilder host, int blade) {
    host.virtualFunctions(functions);
    if (proxies) {
      host.proxies();
    }
    if (memory > 0) {
      host.memory(MemorySize.bytes(memory));
    }
    for (int i = 0; i < guests.size(); i++) {
      if (guests.get(i).blade() == blade) {
        host.vm(VmSpec.named(vm(i)).subnet(subnet(guests.get(i).subnet())));
      }
    }
  }

  /** The subnets of those that are at home in a chassis; without any, the first one. */
  public List<String> subnetsOf(int chassisNumber) {
    List<String> names = new ArrayList<>();
    for (Guest guest : guests) {
      String name = subnet(guest.subnet());
      if (guest.blade() / bladesEach == chassisNumber && !names.contains(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? List.of(subnet(0)) : names;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int blade = 0; blade < blades(); blade++) {
      text.append(blade == 0 ? "" : blade % bladesEach == 0 ? " | " : ", ").append(blade(blade));
      for (int i = 0; i < guests.size(); i++) {
        if (guests.get(i).blade() == blade) {
          text.append(' ').append(vm(i)).append('/').append(subnet(guests.get(i).subnet()));
        }
      }
    }
    return text.append("; functions ")
        .append(functions)
        .append(proxies ? ", proxies" : "")
        .append(memory > 0 ? ", memory " + memory : "")
        .append(", /")
        .append(prefixLength)
        .append(apart ? ", subnets apart" : "")
        .toString();
  }
}
