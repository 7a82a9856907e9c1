// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import dev.ringside.host.Host;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.routing.Router;
import dev.ringside.routing.RouterPort;
import dev.ringside.routing.RoutingParts;
import dev.ringside.routing.Subnet;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The router of a host between the subnets of its virtual machines, where one of them has come from
 * elsewhere: a virtual NIC in each subnet, in the host's virtual switch.
 *
 * <pre>{@code
 * VirtualRouter router = lab.migrations().routerOf(blade2);
 * router.subnets();              // [A, B]
 * router.dependants("A", "B");   // 1
 * router.portIn("A").addresses();
 * }</pre>
 */
public final class VirtualRouter {

  private static final Duration REFUSAL = Duration.ofSeconds(1);

  private final Host host;
  private final Router router;
  private final Map<Subnet, Leg> legs = new LinkedHashMap<>();
  private final Map<Subnet, FormerGateway> formerGateways = new LinkedHashMap<>(2);
  private List<SubnetPair> pairs = List.of();
  private List<HostRoute> routes = List.of();

  /** Routes by which it stands in for others. */
  private final List<IpPrefix> detours = new ArrayList<>(0);

  VirtualRouter(Host host) {
    this.host = host;
    this.router = RoutingParts.of(host.world()).router(host.world(), host.name() + "/vrouter");
  }

  /** A virtual NIC of the router, and the addresses that it was given. */
  private record Leg(RouterPort port, Ipv4Address ipv4, Ipv6Address ipv6) {
    IpAddress addressLike(IpAddress ip) {
      return ip.version() == 4 ? ipv4 : ipv6;
    }
  }

  /** Whose MAC address the host's NICs let through for a time. */
  private record FormerGateway(MacAddress mac, Timer end) {}

  /** A route that a virtual machine was given. */
  record HostRoute(VirtualMachine vm, IpPrefix prefix, IpAddress gateway) {}

  // ---- what it is ----

  /** The host that it runs on. */
  public Host host() {
    return host;
  }

  /** What routes. */
  public Router router() {
    return router;
  }

  /** The names of the subnets that it has a virtual NIC in. */
  public List<String> subnets() {
    synchronized (host.world()) {
      List<String> names = new ArrayList<>(legs.size());
      for (Subnet subnet : joined()) {
        names.add(subnet.name());
      }
      return names;
    }
  }

  /**
   * Its virtual NIC in a subnet.
   *
   * @throws IllegalArgumentException if it has none there
   */
  public RouterPort portIn(String subnet) {
    return router.port(subnet);
  }

  /** The pairs of subnets that it joins, each with the virtual machines that need it. */
  public List<SubnetPair> pairs() {
    synchronized (host.world()) {
      return pairs;
    }
  }

  /** How many virtual machines need it to join these two subnets; 0 if none does. */
  public int dependants(String one, String other) {
    for (SubnetPair pair : pairs()) {
      if (pair.joins(one, other)) {
        return pair.dependants().size();
      }
    }
    return 0;
  }

  /** Whether it joins nothing. */
  boolean isUnused() {
    return legs.isEmpty();
  }

  // ---- its virtual NICs ----

  /**
   * Gives it a virtual NIC in a subnet that it has none in.
   *
   * @throws IllegalStateException if the subnet has no free address; nothing has changed then
   */
  void join(Subnet subnet, MacAddress mac) {
    IpAddress ipv4 = subnet.pool().allocate();
    if (ipv4 == null) {
      throw noAddress(subnet.pool().toString(), subnet);
    }
    IpAddress ipv6 = subnet.ipv6Pool().allocate();
    if (ipv6 == null) {
      boolean unused = subnet.pool().release(ipv4);
      throw noAddress(subnet.ipv6Pool().toString(), subnet);
    }
    RouterPort port =
        router
            .addPort(subnet.name(), mac, host.virtualSwitch(), subnet.vlan())
            .addAddress(ipv4, subnet.ipv4().length())
            .addAddress(ipv6, subnet.ipv6().length());
    host.tenancy().listenTo(mac);
    legs.put(subnet, new Leg(port, (Ipv4Address) ipv4, (Ipv6Address) ipv6));
  }

  private IllegalStateException noAddress(String pool, Subnet subnet) {
    return new IllegalStateException(
        "no address for the router of host "
            + host.name()
            + " in subnet "
            + subnet.name()
            + ": "
            + pool);
  }

  /** The subnets that it has a virtual NIC in. */
  List<Subnet> joined() {
    return new ArrayList<>(legs.keySet());
  }

  /** Takes the virtual NICs away that are in none of these subnets. */
  void leaveAllBut(List<Subnet> needed) {
    for (Subnet subnet : joined()) {
      Leg leg = legs.get(subnet);
      if (leg != null && !needed.contains(subnet)) {
        legs.remove(subnet);
        forgetFormerGateway(subnet);
        router.removePort(subnet.name());
        host.tenancy().listenNoMore(leg.port.mac());
        boolean unused = subnet.pool().release(leg.ipv4);
        unused = subnet.ipv6Pool().release(leg.ipv6);
      }
    }
  }

  boolean isIn(Subnet subnet) {
    return legs.containsKey(subnet);
  }

  // ---- who uses it ----

  void setPairs(List<SubnetPair> newPairs) {
    pairs = List.copyOf(newPairs);
  }

  /** Gives virtual machines these routes, and takes from them those that they have from it. */
  void setRoutes(List<HostRoute> wanted) {
    for (HostRoute route : routes) {
      if (!wanted.contains(route)) {
        boolean unused = route.vm.stack().routes().remove(route.prefix);
      }
    }
    for (HostRoute route : wanted) {
      if (!routes.contains(route)) {
        route.vm.stack().routes().add(route.prefix, route.gateway);
      }
    }
    routes = List.copyOf(wanted);
  }

  /** The address by which a station of a subnet reaches the router, of the version of this one. */
  IpAddress addressIn(Subnet subnet, IpAddress like) {
    return leg(subnet).addressLike(like);
  }

  private Leg leg(Subnet subnet) {
    Leg leg = legs.get(subnet);
    if (leg == null) {
      throw new AssertionError(this + " is not in " + subnet + "; please report this bug");
    }
    return leg;
  }

  /** Answers for the gateway of a subnet from now on, or no longer. */
  void standForGateway(Subnet subnet, boolean on) {
    RouterPort port = leg(subnet).port;
    boolean stands = port.addresses().contains(subnet.gateway());
    if (on == stands) {
      return;
    }
    for (IpAddress gateway : List.of(subnet.gateway(), subnet.ipv6Gateway())) {
      if (on) {
        port.takeOver(gateway);
      } else {
        boolean unused = port.removeAddress(gateway);
      }
    }
  }

  /** For a time takes what is sent to the MAC address of the former gateway; zero: refuses it. */
  void standForMac(Subnet subnet, MacAddress gateway, Duration time) {
    RouterPort port = leg(subnet).port;
    Duration until = time.isZero() ? REFUSAL : time;
    if (time.isZero()) {
      port.refuse(gateway, until);
    } else {
      port.addAlias(gateway, until);
    }
    forgetFormerGateway(subnet);
    host.tenancy().listenTo(gateway);
    Timer end = host.world().schedule(until.toNanos(), () -> forgetFormerGateway(subnet));
    formerGateways.put(subnet, new FormerGateway(gateway, end));
  }

  private void forgetFormerGateway(Subnet subnet) {
    FormerGateway former = formerGateways.remove(subnet);
    if (former != null) {
      boolean unused = former.end.cancel();
      host.tenancy().listenNoMore(former.mac);
    }
  }

  /** What is for no subnet of its own goes to the gateway of this one; null: nowhere. */
  void setDefault(@Nullable Subnet subnet) {
    boolean unused = router.routes().remove(IpPrefix.of("0.0.0.0/0"));
    unused = router.routes().remove(IpPrefix.of("::/0"));
    if (subnet != null) {
      router.routes().add(IpPrefix.of("0.0.0.0/0"), subnet.gateway());
      router.routes().add(IpPrefix.of("::/0"), subnet.ipv6Gateway());
    }
  }

  /** Stands in for nobody who is elsewhere. */
  void standForNobody() {
    for (IpPrefix prefix : detours) {
      boolean unused = router.routes().remove(prefix);
    }
    detours.clear();
    for (Leg leg : legs.values()) {
      RouterPort unused = leg.port.setProxyArp(false);
    }
  }

  /**
   * Stands in a subnet for all but those that are here: it answers for them, and reaches them by
   * way of the gateway of another subnet. Routes for its halves come before the one for all of it.
   */
  void standForAllBut(List<VirtualMachine> here, Subnet subnet, Subnet uplink) {
    RouterPort port = leg(subnet).port.setProxyArp(true);
    detour(subnet.ipv4(), uplink.gateway());
    detour(subnet.ipv6(), uplink.ipv6Gateway());
    for (VirtualMachine vm : here) {
      onLink(vm.ipv4(), port);
      onLink(vm.ipv6(), port);
    }
  }

  private void detour(IpPrefix subnet, IpAddress gateway) {
    for (IpPrefix half : subnet.halves()) {
      router.routes().add(half, gateway);
      detours.add(half);
    }
  }

  private void onLink(IpAddress ip, RouterPort port) {
    IpPrefix prefix = IpPrefix.of(ip);
    router.routes().addOnLink(prefix, port);
    detours.add(prefix);
  }

  void announce() {
    for (Leg leg : legs.values()) {
      leg.port.announce();
    }
  }

  @Override
  public String toString() {
    return "virtual router of host " + host.name() + " " + subnets() + ", joins " + pairs();
  }
}
