// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.migration.VirtualRouter.HostRoute;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.MacAddress;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnet;
import dev.ringside.routing.Subnets;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each host has the virtual router that its virtual machines need: what is there is
 * compared with what is needed, and made so. A virtual machine of one subnet that has come to a
 * host with some of another subnet needs one; one at home needs none for itself.
 */
class VirtualRouters {

  private static final long MAC = 0x0252_5305_0000L;

  private final @Nullable Subnets subnets;
  private final @Nullable Router outside;
  private final Map<Host, VirtualRouter> routers = new LinkedHashMap<>();
  private final Map<VirtualMachine, Stay> away = new LinkedHashMap<>();
  private final Map<VirtualMachine, Host> expected = new LinkedHashMap<>();

  /** Those who are to be reached from outside by the virtual router of this host. */
  private final Map<VirtualMachine, Host> reached = new LinkedHashMap<>();

  private int macs;

  /** Where a virtual machine is at home, and how it uses the router where it is. */
  private record Stay(Host home, AddressMode addresses, boolean proxyArp) {}

  VirtualRouters(@Nullable Subnets subnets, @Nullable Router outside) {
    this.subnets = subnets;
    this.outside = outside;
  }

  @Nullable VirtualRouter find(Host host) {
    return routers.get(host);
  }

  List<VirtualRouter> list() {
    return List.copyOf(routers.values());
  }

  @Nullable Subnet subnetOf(VirtualMachine vm) {
    return subnets == null ? null : subnets.of(vm.ipv4());
  }

  // ---- who is where ----

  Host homeOf(VirtualMachine vm, Host now) {
    Stay stay = away.get(vm);
    return stay == null ? now : stay.home;
  }

  /** A virtual machine is on this host now. */
  void arrived(VirtualMachine vm, Host home, Host host, AddressMode mode, boolean proxyArp) {
    expected.remove(vm);
    if (host == home) {
      away.remove(vm);
    } else {
      away.put(vm, new Stay(home, mode, proxyArp));
    }
  }

  // ---- what is needed ----

  /** The pairs of subnets that need joining on a host, also for those that it expects. */
  private List<SubnetPair> pairs(Host host) {
    List<VirtualMachine> present = new ArrayList<>(host.vms());
    for (Map.Entry<VirtualMachine, Host> each : expected.entrySet()) {
      if (each.getValue() == host && !present.contains(each.getKey())) {
        present.add(each.getKey());
      }
    }
    Map<String, SubnetPair> pairs = new LinkedHashMap<>();
    for (VirtualMachine guest : present) {
      if (isGuest(guest, host)) {
        for (VirtualMachine other : present) {
          add(pairs, guest, other);
        }
      }
    }
    return new ArrayList<>(pairs.values());
  }

  /** Whether one that is on a host, or expected there, is at home elsewhere. */
  private boolean isGuest(VirtualMachine vm, Host host) {
    return away.containsKey(vm) ? isAway(vm, host) : expected.get(vm) == host;
  }

  private boolean isAway(VirtualMachine vm, Host host) {
    Stay stay = away.get(vm);
    return stay != null && stay.home != host;
  }

  private void add(Map<String, SubnetPair> pairs, VirtualMachine guest, VirtualMachine other) {
    Subnet one = subnetOf(guest);
    Subnet two = subnetOf(other);
    if (one == null || two == null || one == two) {
      return;
    }
    boolean inOrder = one.name().compareTo(two.name()) < 0;
    String first = inOrder ? one.name() : two.name();
    String second = inOrder ? two.name() : one.name();
    Set<String> dependants = new LinkedHashSet<>();
    SubnetPair present = pairs.get(first + "|" + second);
    if (present != null) {
      dependants.addAll(present.dependants());
    }
    dependants.add(guest.name());
    pairs.put(first + "|" + second, new SubnetPair(first, second, List.copyOf(dependants)));
  }

  private List<Subnet> needed(List<SubnetPair> pairs) {
    Set<Subnet> needed = new LinkedHashSet<>();
    if (subnets != null) {
      for (SubnetPair pair : pairs) {
        needed.add(subnets.get(pair.one()));
        needed.add(subnets.get(pair.other()));
      }
    }
    return new ArrayList<>(needed);
  }

  // ---- making it so ----

  /**
   * Makes what a host needs once a virtual machine has come to it; nobody uses it yet.
   *
   * @throws IllegalStateException if a subnet has no free address; nothing has changed then
   */
  void prepare(Host host, VirtualMachine vm) {
    if (!host.vms().contains(vm)) {
      expected.put(vm, host);
    }
    List<Subnet> needed = needed(pairs(host));
    if (needed.isEmpty()) {
      return;
    }
    VirtualRouter router = routers.computeIfAbsent(host, VirtualRouter::new);
    List<Subnet> before = router.joined();
    try {
      for (Subnet subnet : needed) {
        if (!router.isIn(subnet)) {
          router.join(subnet, new MacAddress(MAC + ++macs));
        }
      }
    } catch (IllegalStateException e) {
      router.leaveAllBut(before);
      expectNoMore(vm, host);
      throw e;
    }
  }

  /** It is there with all that it needs, or does not come after all. */
  void expectNoMore(VirtualMachine vm, Host host) {
    expected.remove(vm);
    update(host);
  }

  /** Takes away what a host does not need, and lets those that are there use what it has. */
  void update(Host host) {
    VirtualRouter router = routers.get(host);
    if (router != null) {
      reconcile(host, router);
    }
    for (VirtualMachine vm : List.copyOf(reached.keySet())) {
      if (reached.get(vm) == host) {
        routeFromOutside(vm, host);
      }
    }
  }

  private void reconcile(Host host, VirtualRouter router) {
    List<SubnetPair> pairs = pairs(host);
    pairs.removeIf(pair -> !isMade(router, pair));
    List<Subnet> needed = needed(pairs);
    router.setPairs(pairs);
    router.setRoutes(routes(host, router, pairs));
    for (Subnet subnet : needed) {
      router.standForGateway(
          subnet, isStay(host, subnet, stay -> stay.addresses == AddressMode.TAKEOVER));
    }
    Subnet uplink = home(host, needed);
    router.setDefault(uplink);
    standForOthers(host, router, needed, uplink);
    router.leaveAllBut(needed);
    if (router.isUnused()) {
      routers.remove(host);
    }
  }

  /** Those of a guest's subnet who stayed behind, if it was asked for and the subnet ends there. */
  private void standForOthers(
      Host host, VirtualRouter router, List<Subnet> needed, @Nullable Subnet uplink) {
    router.standForNobody();
    for (Subnet subnet : needed) {
      boolean endsHere = !host.tenancy().reachesOutside(subnet.vlan());
      if (uplink != null && endsHere && isStay(host, subnet, Stay::proxyArp)) {
        router.standForAllBut(present(host, subnet), subnet, uplink);
      }
    }
  }

  private List<VirtualMachine> present(Host host, Subnet subnet) {
    List<VirtualMachine> present = new ArrayList<>();
    for (VirtualMachine vm : host.vms()) {
      if (subnetOf(vm) == subnet) {
        present.add(vm);
      }
    }
    return present;
  }

  /** Whether one of a subnet stays on a host in this way, having come there. */
  private boolean isStay(Host host, Subnet subnet, Predicate<Stay> way) {
    for (VirtualMachine vm : present(host, subnet)) {
      Stay stay = away.get(vm);
      if (stay != null && way.test(stay)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMade(VirtualRouter router, SubnetPair pair) {
    return subnets != null
        && router.isIn(subnets.get(pair.one()))
        && router.isIn(subnets.get(pair.other()));
  }

  /** The subnet of one that is at home here: its gateway can be reached. */
  private @Nullable Subnet home(Host host, List<Subnet> needed) {
    for (VirtualMachine vm : host.vms()) {
      Subnet subnet = subnetOf(vm);
      if (subnet != null && !isAway(vm, host) && needed.contains(subnet)) {
        return subnet;
      }
    }
    return null;
  }

  private List<HostRoute> routes(Host host, VirtualRouter router, List<SubnetPair> pairs) {
    List<HostRoute> routes = new ArrayList<>();
    for (VirtualMachine guest : host.vms()) {
      Stay stay = away.get(guest);
      Subnet own = subnetOf(guest);
      if (stay == null || own == null) {
        continue;
      }
      for (VirtualMachine other : host.vms()) {
        Subnet its = subnetOf(other);
        if (its != null && its != own && joins(pairs, own, its)) {
          add(routes, by(router, its, other, guest.ipv4()));
          add(routes, by(router, its, other, guest.ipv6()));
          if (stay.addresses == AddressMode.NEW_ADDRESS) {
            add(routes, new HostRoute(guest, its.ipv4(), router.addressIn(own, guest.ipv4())));
            add(routes, new HostRoute(guest, its.ipv6(), router.addressIn(own, guest.ipv6())));
          }
        }
      }
    }
    return routes;
  }

  /** A route to one address, for a virtual machine of this subnet. */
  private static HostRoute by(
      VirtualRouter router, Subnet subnet, VirtualMachine user, IpAddress destination) {
    return new HostRoute(user, IpPrefix.of(destination), router.addressIn(subnet, destination));
  }

  private static void add(List<HostRoute> routes, HostRoute route) {
    if (!routes.contains(route)) {
      routes.add(route);
    }
  }

  private static boolean joins(List<SubnetPair> pairs, Subnet one, Subnet other) {
    for (SubnetPair pair : pairs) {
      if (pair.joins(one.name(), other.name())) {
        return true;
      }
    }
    return false;
  }

  // ---- the network outside ----

  /** The gateway of a subnet has this MAC address, null if there is none. */
  @Nullable MacAddress gatewayMac(Subnet subnet) {
    return outside == null ? null : outside.port(subnet.name()).mac();
  }

  /** The router outside sends to a virtual machine by the virtual router of its host. */
  void reachFromOutside(VirtualMachine vm, Host host) {
    reached.put(vm, host);
    routeFromOutside(vm, host);
  }

  private void routeFromOutside(VirtualMachine vm, Host host) {
    Subnet subnet = subnetOf(vm);
    if (outside == null || subnet == null) {
      return;
    }
    boolean unused = outside.routes().remove(IpPrefix.of(vm.ipv4()));
    unused = outside.routes().remove(IpPrefix.of(vm.ipv6()));
    if (!host.vms().contains(vm)) {
      reached.remove(vm);
      return;
    }
    VirtualRouter router = routers.get(host);
    Subnet home = router == null ? null : home(host, needed(router.pairs()));
    if (router != null && home != null && router.isIn(subnet)) {
      outside.routes().add(IpPrefix.of(vm.ipv4()), router.addressIn(home, vm.ipv4()));
      outside.routes().add(IpPrefix.of(vm.ipv6()), router.addressIn(home, vm.ipv6()));
    }
  }

  /** What a virtual machine that has come has in its caches leads to the router for a time. */
  void announce(Host host, VirtualMachine vm, Duration aliasTime) {
    VirtualRouter router = routers.get(host);
    Subnet subnet = subnetOf(vm);
    if (router == null || subnet == null || !router.isIn(subnet)) {
      return;
    }
    Stay stay = away.get(vm);
    MacAddress former = gatewayMac(subnet);
    if (former != null && stay != null && stay.addresses == AddressMode.TAKEOVER) {
      router.standForMac(subnet, former, aliasTime);
    }
    router.announce();
  }
}
