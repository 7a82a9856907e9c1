// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.aggregate.Aggregation;
import dev.ringside.bridge.VlanMode;
import dev.ringside.host.HostBuilder;
import dev.ringside.nic.NicConfig;
import dev.ringside.routing.Subnets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chassis shall have.
 *
 * <pre>{@code
 * ChassisBuilder c1 = lab.chassis("c1");
 * c1.blade("b1").virtualFunctions(4).vms("web");
 * c1.blade("b2").vms("db");
 * }</pre>
 */
public final class ChassisBuilder {

  private final String name;
  private final Map<String, HostBuilder> blades = new LinkedHashMap<>();
  private NicConfig sharedNic = NicConfig.DEFAULT;
  private VlanMode vlanMode = VlanMode.transparent();
  private int externalPnics;
  private List<String> subnets = List.of();
  private @Nullable String subnet;

  /** A chassis without blades. */
  public ChassisBuilder(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a chassis needs a name, such as 'c1'");
    }
    this.name = name;
  }

  /**
   * A blade; what is said of it before the lab is opened counts.
   *
   * @throws IllegalArgumentException if the chassis has one of this name
   */
  public HostBuilder blade(String bladeName) {
    if (blades.containsKey(bladeName)) {
      throw new IllegalArgumentException(
          "chassis "
              + name
              + " already has a blade named '"
              + bladeName
              + "'; give each its own name");
    }
    HostBuilder blade = new HostBuilder(bladeName);
    if (subnet != null) {
      blade.subnet(subnet);
    }
    blades.put(bladeName, blade);
    return blade;
  }

  /** The virtual machines of the blades that are described from now on are in this subnet. */
  public ChassisBuilder subnet(String name) {
    subnet = name;
    return this;
  }

  /** The NIC that the blades share is of this kind. */
  public ChassisBuilder sharedNic(NicConfig config) {
    sharedNic = config;
    return this;
  }

  /** The network outside carries only these VLANs to and from the chassis, tagged, and VLAN 1. */
  public ChassisBuilder vlans(int... vlans) {
    vlanMode = VlanMode.trunk(VlanMode.DEFAULT_NATIVE, vlans);
    return this;
  }

  /**
   * The network outside carries only the VLANs of these subnets to and from the chassis, and VLAN
   * 1; the virtual machines of its blades are in the first one unless they say otherwise.
   */
  public ChassisBuilder subnets(String... names) {
    subnets = List.of(names);
    return this;
  }

  /**
   * The last so many NICs of each blade lead to the network outside, past the interconnect.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public ChassisBuilder externalPnics(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "number " + number + " of external PNICs of chassis " + name + " is negative");
    }
    externalPnics = number;
    return this;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The blades that were described, in order. */
  public List<HostBuilder> blades() {
    if (!subnets.isEmpty()) {
      for (HostBuilder blade : blades.values()) {
        blade.defaultSubnet(subnets.get(0));
      }
    }
    return new ArrayList<>(blades.values());
  }

  NicConfig sharedNic() {
    return sharedNic;
  }

  /** What its cable to the network outside carries. */
  VlanMode vlanMode(@Nullable Subnets ofLab) {
    if (subnets.isEmpty()) {
      return vlanMode;
    }
    if (ofLab == null) {
      throw new IllegalArgumentException(
          "no subnets "
              + subnets
              + " for chassis "
              + name
              + ": the lab has none; say subnet(name, prefix) of the lab's builder");
    }
    int[] vlans = new int[subnets.size()];
    for (int i = 0; i < vlans.length; i++) {
      vlans[i] = ofLab.get(subnets.get(i)).vlan();
    }
    return VlanMode.trunk(VlanMode.DEFAULT_NATIVE, vlans);
  }

  List<String> externalPnicsOf(HostBuilder blade) {
    int pnics = blade.pnicCount();
    if (externalPnics > pnics) {
      throw new IllegalArgumentException(
          "blade "
              + blade.name()
              + " of chassis "
              + name
              + " has "
              + pnics
              + " PNICs, of which "
              + externalPnics
              + " cannot be external; give it more, or none of its own to the network");
    }
    if (externalPnics > 0
        && externalPnics < pnics
        && blade.effectiveAggregation() == Aggregation.ACTIVE_ACTIVE) {
      throw new IllegalArgumentException(
          "blade "
              + blade.name()
              + " of chassis "
              + name
              + " is active/active, so its cables must end at one switch; use active/standby, or"
              + " externalPnics(0)");
    }
    List<String> names = new ArrayList<>(externalPnics);
    for (int i = pnics - externalPnics; i < pnics; i++) {
      names.add("p" + i);
    }
    return names;
  }
}
