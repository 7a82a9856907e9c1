// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.SwitchingEntry;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.migration.SubnetPair;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.routing.Subnet;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold for migrations; each law tells what breaks it. */
final class MigrationLaws {

  private MigrationLaws() {}

  /** Law 1: a virtual machine is on one blade at any time, or has ended. */
  static List<String> oneIsOnOneBlade(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Snapshot snapshot : bench.snapshots()) {
      snapshot
          .places()
          .forEach(
              (vm, places) -> {
                if (places.size() > 1) {
                  violations.add(vm + " is on " + places);
                }
              });
    }
    return violations;
  }

  /** Law 2: MAC and IP addresses and the virtual NIC itself stay. */
  static List<String> addressesStay(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Bench.Snapshot snapshot : bench.snapshots()) {
      if (!snapshot.addresses().equals(bench.first().addresses())) {
        violations.add(snapshot.addresses() + ", were " + bench.first().addresses());
      }
    }
    return violations;
  }

  /** Laws 3 and 6: those whom a router joins reach each other by it, inside, one hop shorter. */
  static List<String> joinedReachEachOtherInside(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (VirtualRouter router : bench.lab().migrations().virtualRouters()) {
      for (int from = 0; from < bench.guests(); from++) {
        for (int to = 0; to < bench.guests(); to++) {
          if (isJoined(bench, router, from, to)) {
            check(violations, router, Probe.sent(bench.lab(), bench.vm(from), bench.vm(to), 4));
            check(violations, router, Probe.sent(bench.lab(), bench.vm(from), bench.vm(to), 6));
          }
        }
      }
    }
    return violations;
  }

  /** Both on its host, of two subnets, and one of them a guest. */
  private static boolean isJoined(Bench bench, VirtualRouter router, int from, int to) {
    int blade = Integer.parseInt(router.host().name().substring(1)) - 1;
    boolean there = bench.twin().bladeOf(from) == blade && bench.twin().bladeOf(to) == blade;
    boolean guest = isGuest(bench, from, blade) || isGuest(bench, to, blade);
    Subnet one = bench.subnetOf(from);
    Subnet other = bench.subnetOf(to);
    List<String> subnets = router.subnets();
    return there
        && guest
        && one != other
        && subnets.contains(one.name())
        && subnets.contains(other.name());
  }

  private static boolean isGuest(Bench bench, int vm, int blade) {
    return bench.topology().guests().get(vm).blade() != blade;
  }

  private static void check(List<String> violations, VirtualRouter router, Probe probe) {
    Packet arrived = probe.arrived();
    boolean right =
        probe.isWhole()
            && arrived != null
            && arrived.timeToLive() == 63
            && probe.routers().equals(List.of(router.router().name()))
            && !probe.left();
    if (!right) {
      violations.add(probe + ", expected by " + router);
    }
  }

  /** Law 4: a router's own addresses are in their subnets, usable, and nobody else's. */
  static List<String> routersHaveAddressesOfTheirOwn(Bench bench) {
    List<String> violations = new ArrayList<>();
    Set<IpAddress> taken = new LinkedHashSet<>();
    for (int vm = 0; vm < bench.guests(); vm++) {
      if (bench.twin().bladeOf(vm) >= 0) {
        taken.add(bench.vm(vm).ipv4());
        taken.add(bench.vm(vm).ipv6());
      }
    }
    for (VirtualRouter router : bench.lab().migrations().virtualRouters()) {
      for (String name : router.subnets()) {
        Subnet subnet = bench.lab().subnet(name);
        for (IpAddress ip : router.portIn(name).addresses()) {
          boolean gateway = ip.equals(subnet.gateway()) || ip.equals(subnet.ipv6Gateway());
          boolean own = subnet.contains(ip) && subnet.poolOf(ip).isUsable(ip) && taken.add(ip);
          if (!gateway && !own) {
            violations.add(ip + " of " + router + " in " + subnet);
          }
        }
      }
    }
    return violations;
  }

  /** Law 5: one router a blade, which joins each pair of subnets for those who need it. */
  static List<String> oneRouterForThoseWhoNeedIt(Bench bench) {
    List<String> violations = new ArrayList<>();
    Set<String> hosts = new LinkedHashSet<>();
    for (VirtualRouter router : bench.lab().migrations().virtualRouters()) {
      if (!hosts.add(router.host().name())) {
        violations.add("two routers on " + router.host());
      }
      Map<String, Set<String>> needed = needed(bench, router);
      Map<String, Set<String>> found = new LinkedHashMap<>();
      for (SubnetPair pair : router.pairs()) {
        found.put(pair.one() + pair.other(), new LinkedHashSet<>(pair.dependants()));
      }
      if (!found.equals(needed)) {
        violations.add(router + ", expected " + needed);
      }
    }
    return violations;
  }

  private static Map<String, Set<String>> needed(Bench bench, VirtualRouter router) {
    Map<String, Set<String>> needed = new LinkedHashMap<>();
    int blade = Integer.parseInt(router.host().name().substring(1)) - 1;
    for (int guest = 0; guest < bench.guests(); guest++) {
      for (int other = 0; other < bench.guests(); other++) {
        if (isGuest(bench, guest, blade) && isJoined(bench, router, guest, other)) {
          String one = bench.subnetOf(guest).name();
          String two = bench.subnetOf(other).name();
          String key = one.compareTo(two) < 0 ? one + two : two + one;
          needed.computeIfAbsent(key, each -> new LinkedHashSet<>()).add(ChassisTopology.vm(guest));
        }
      }
    }
    return needed;
  }

  /** Law 7: a migration that is undone leaves all as it was. */
  static List<String> whatIsUndoneHasNotBeen(Bench bench) {
    List<String> violations = new ArrayList<>();
    bench
        .undone()
        .forEach(
            (step, around) -> {
              if (!around.get(0).equals(around.get(1))) {
                violations.add("'" + step + "' made of " + around.get(0) + " " + around.get(1));
              }
            });
    return violations;
  }

  /** Law 9: once nothing is under way, every table says where everybody is. */
  static List<String> tablesAreRight(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (BladeChassis chassis : bench.lab().chassis()) {
      for (SwitchingEntry entry : chassis.switchingTable().entries()) {
        if (!entry.blade().name().equals(entry.vm().hostName())) {
          violations.add(chassis.name() + ": " + entry + ", is on " + entry.vm().hostName());
        }
      }
      for (Blade blade : chassis.blades()) {
        for (VirtualMachine vm : blade.vms()) {
          if (chassis.switchingTable().bladeOf(vm) != blade) {
            violations.add(chassis.name() + " does not find " + vm + " on " + blade);
          }
        }
      }
    }
    return violations;
  }

  /** Law 10: when all are at home again, all addresses but theirs are free. */
  static List<String> addressesComeBack(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (Subnet subnet : bench.lab().subnets()) {
      int stations = 0;
      for (int vm = 0; vm < bench.guests(); vm++) {
        stations += bench.subnetOf(vm) == subnet && bench.twin().bladeOf(vm) >= 0 ? 1 : 0;
      }
      int gateway = 1;
      if (subnet.pool().used() != stations + gateway) {
        violations.add(subnet.pool() + " for " + stations + " stations");
      }
    }
    return violations;
  }

  /** Law 11: packets of those who are elsewhere go the way that they went. */
  static List<String> othersAreLeftAlone(Bench bench) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < bench.bystanders().size(); i += 2) {
      List<Probe> before = bench.bystanders().get(i);
      List<Probe> after = bench.bystanders().get(i + 1);
      for (int j = 0; j < Math.min(before.size(), after.size()); j++) {
        if (!before.get(j).way().equals(after.get(j).way())) {
          violations.add(after.get(j) + ", before by " + before.get(j).way());
        }
      }
    }
    return violations;
  }
}
