// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

import dev.ringside.Lab;
import dev.ringside.jqwik.model.MigrationActions;
import dev.ringside.jqwik.model.MigrationStep;
import dev.ringside.jqwik.model.MigrationStep.What;
import dev.ringside.jqwik.model.MigrationTwin;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationConfig;
import dev.ringside.migration.MigrationState;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.IpAddress;
import dev.ringside.routing.Subnet;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blades whose virtual machines are moved, as a script says; the laws ask what has happened. */
final class Bench implements AutoCloseable {

  private final ChassisTopology topology;
  private final MigrationActions.Pair pair;
  private final Defect defect;
  private final List<Vnic> vnics = new ArrayList<>();
  private final Snapshot first;
  private final Map<MigrationStep, List<Snapshot>> undone = new LinkedHashMap<>();
  private final List<List<Probe>> bystanders = new ArrayList<>();
  private final List<Snapshot> snapshots = new ArrayList<>();
  private boolean harmed;

  /**
   * What is there at a time.
   *
   * @param places the blades that each virtual machine is on
   * @param addresses of each virtual machine
   * @param used how many addresses of each pool are used
   * @param routers as they describe themselves
   * @param access who has direct access, and who stands still
   */
  record Snapshot(
      Map<String, List<String>> places,
      Map<String, String> addresses,
      List<Integer> used,
      List<String> routers,
      List<String> access) {}

  Bench(ChassisTopology topology, Defect defect) {
    this.topology = topology;
    this.defect = defect;
    this.pair = new MigrationActions.Pair(topology);
    for (int vm = 0; vm < guests(); vm++) {
      vnics.add(vm(vm).vnic());
    }
    this.first = snapshot();
  }

  Lab lab() {
    return pair.lab();
  }

  MigrationTwin twin() {
    return pair.twin();
  }

  VirtualMachine vm(int number) {
    return pair.vm(number);
  }

  int guests() {
    return topology.guests().size();
  }

  ChassisTopology topology() {
    return topology;
  }

  Subnet subnetOf(int vm) {
    return lab().subnet(ChassisTopology.subnet(topology.guests().get(vm).subnet()));
  }

  Snapshot first() {
    return first;
  }

  /** Before and after each migration that was undone at once, or was called off at once. */
  Map<MigrationStep, List<Snapshot>> undone() {
    return undone;
  }

  /** Probes between others, before and after a move. */
  List<List<Probe>> bystanders() {
    return bystanders;
  }

  /** After each step. */
  List<Snapshot> snapshots() {
    return snapshots;
  }

  // ---- what happens ----

  Bench run(List<MigrationStep> script) {
    for (MigrationStep step : script) {
      Snapshot before = snapshot();
      List<int[]> others = step.what() == What.MOVE ? others(step) : List.of();
      List<Probe> probes = probesOf(others);
      pair.apply(step);
      harm(step);
      Snapshot after = snapshot();
      snapshots.add(after);
      if (wasUndone(step)) {
        undone.put(step, List.of(before, after));
      }
      if (!probes.isEmpty()) {
        bystanders.add(probes);
        bystanders.add(probesOf(others));
      }
    }
    return this;
  }

  private boolean wasUndone(MigrationStep step) {
    Migration migration = step.what() == What.MOVE ? pair.migration(step.subject()) : null;
    return migration != null
        && migration.state() == MigrationState.ROLLED_BACK
        && migration.config().equals(step.config())
        && !migration.config().routerAfterMove();
  }

  /** Ends what is under way, and mends what is broken. */
  Bench settle() {
    for (int blade = 0; blade < topology.blades(); blade++) {
      happens(What.REPAIR, blade, 0);
    }
    for (int subnet = 0; subnet < ChassisTopology.SUBNETS; subnet++) {
      happens(What.GIVE_ADDRESSES, subnet, 0);
    }
    happens(What.WAIT, 20, 0);
    return this;
  }

  /** All go back to where they are at home. */
  Bench goHome() {
    settle();
    for (int round = 0; round < guests(); round++) { // room may have to be made first
      for (int vm = 0; vm < guests(); vm++) {
        happens(What.MOVE, vm, topology.guests().get(vm).blade());
      }
    }
    return this;
  }

  private void happens(What what, int subject, int object) {
    pair.apply(new MigrationStep(what, subject, object, MigrationConfig.DEFAULT));
  }

  // ---- others ----

  private List<int[]> others(MigrationStep step) {
    List<int[]> pairs = new ArrayList<>();
    int source = twin().bladeOf(step.subject());
    for (int from = 0; from < guests(); from++) {
      for (int to = 0; to < guests(); to++) {
        if (from != to && isApart(from, step, source) && isApart(to, step, source)) {
          pairs.add(new int[] {from, to});
        }
      }
    }
    return pairs;
  }

  private List<Probe> probesOf(List<int[]> pairs) {
    List<Probe> probes = new ArrayList<>();
    for (int[] pair : pairs) {
      probes.add(Probe.sent(lab(), vm(pair[0]), vm(pair[1]), 4));
    }
    return probes;
  }

  /** Neither moved, nor where the move is seen. */
  private boolean isApart(int vm, MigrationStep step, int source) {
    int blade = twin().bladeOf(vm);
    return vm != step.subject()
        && twin().isRunning(vm)
        && blade != step.object()
        && blade != source;
  }

  // ---- what is there ----

  private Snapshot snapshot() {
    Map<String, List<String>> places = new LinkedHashMap<>();
    Map<String, String> addresses = new LinkedHashMap<>();
    List<String> access = new ArrayList<>();
    for (int i = 0; i < guests(); i++) {
      VirtualMachine vm = vm(i);
      places.put(vm.name(), placesOf(i));
      String mac = defect == Defect.OTHER_MAC && harmed && i == 0 ? "another" : vm.mac() + "";
      addresses.put(vm.name(), mac + vm.ipv4() + vm.ipv6() + vnics.indexOf(vm.vnic()));
      boolean gone = twin().bladeOf(i) < 0;
      access.add(gone ? "gone" : vm.directAccessThrough() + (vm.isPaused() ? ", stands" : ""));
    }
    List<Integer> used = new ArrayList<>();
    for (Subnet subnet : lab().subnets()) {
      used.add(subnet.pool().used());
      used.add(subnet.ipv6Pool().used());
    }
    List<String> routers = new ArrayList<>();
    for (VirtualRouter router : lab().migrations().virtualRouters()) {
      routers.add(router.toString());
    }
    return new Snapshot(places, addresses, used, routers, access);
  }

  private List<String> placesOf(int vm) {
    List<String> places = new ArrayList<>();
    for (int blade = 0; blade < topology.blades(); blade++) {
      if (lab().blade(ChassisTopology.blade(blade)).hasVm(ChassisTopology.vm(vm))) {
        places.add(ChassisTopology.blade(blade));
      }
    }
    if (defect == Defect.TWICE && harmed && vm == 0) {
      places.add(ChassisTopology.blade(0));
    }
    return places;
  }

  // ---- what goes wrong ----

  private void harm(MigrationStep step) {
    int vm = step.subject();
    if (step.what() != What.MOVE || twin().bladeOf(vm) != step.object()) {
      if (defect == Defect.UNDONE_BY_HALF && step.what() == What.MOVE) {
        vm(vm).pause();
      }
      return;
    }
    harmed = true;
    switch (defect) {
      case TABLE_WRONG -> lead(vm(vm), otherBlade(step.object()));
      case NOT_RESUMED -> vm(vm).pause();
      case ROUTES_LOST -> loseRoutes(step.object());
      case OTHER_LED_ASTRAY -> leadOthersAstray(step);
      case ADDRESS_OF_STATION -> giveRouters(vm(vm).ipv4());
      case ADDRESS_OUTSIDE -> giveRouters(IpAddress.of("203.0.113.9"));
      default -> {}
    }
  }

  private int otherBlade(int blade) {
    return (blade + 1) % topology.blades();
  }

  private void lead(VirtualMachine vm, int blade) {
    int at = Integer.parseInt(vm.hostName().substring(1)) - 1;
    lab()
        .blade(ChassisTopology.blade(at))
        .chassis()
        .switchingTable()
        .point(vm, lab().blade(ChassisTopology.blade(blade)));
  }

  private void leadOthersAstray(MigrationStep step) {
    for (int vm = 0; vm < guests(); vm++) {
      if (vm != step.subject() && twin().bladeOf(vm) >= 0) {
        lead(vm(vm), step.object());
      }
    }
  }

  private void loseRoutes(int blade) {
    for (int vm = 0; vm < guests(); vm++) {
      if (twin().bladeOf(vm) == blade) {
        List.copyOf(vm(vm).stack().routes().lines())
            .forEach(line -> vm(0).stack().routes().remove(line.split(" ", -1)[0]));
        vm(vm).stack().routes().remove("0.0.0.0/0");
      }
    }
  }

  private void giveRouters(IpAddress ip) {
    for (VirtualRouter router : lab().migrations().virtualRouters()) {
      String subnet = router.subnets().get(0);
      if (!router.portIn(subnet).addresses().contains(ip)) {
        router.portIn(subnet).takeOver(ip);
      }
    }
  }

  @Override
  public void close() {
    pair.close();
  }
}
