// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.Interconnect;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.system.LabTwin.Fate;
import dev.ringside.jqwik.system.LabTwin.Sent;
import dev.ringside.migration.Migration;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to NICs, interconnects and virtual machines, and to time. */
final class Devices {

  private static final Duration[] TICKS = {
    Duration.ofNanos(1_000), Duration.ofMillis(1), Duration.ofSeconds(1)
  };

  private Devices() {}

  // ---- what can fail ----

  /**
   * A NIC, or an interconnect.
   *
   * @param blades the hosts whose NICs lose their links with it
   */
  private record Device(
      String name,
      String site,
      int number,
      @Nullable PhysicalNic nic,
      @Nullable Interconnect interconnect,
      List<? extends Host> blades) {

    boolean isFailed() {
      return nic != null ? nic.isFailed() : interconnect != null && interconnect.isFailed();
    }

    void setFailed(boolean failed) {
      if (nic != null && failed) {
        nic.fail();
      } else if (nic != null) {
        nic.repair();
      } else if (interconnect != null && failed) {
        interconnect.fail();
      } else if (interconnect != null) {
        interconnect.repair();
      }
    }
  }

  private static List<Device> devices(LabRun run) {
    List<Device> devices = new ArrayList<>();
    for (Host host : run.lab().hosts()) {
      List<PhysicalNic> nics = host.pnics();
      for (int i = 0; i < nics.size(); i++) {
        String name = host.name() + "/" + nics.get(i).name();
        devices.add(new Device(name, host.name(), i, nics.get(i), null, List.of()));
      }
    }
    for (BladeChassis chassis : run.lab().chassis()) {
      String name = chassis.name();
      PhysicalNic shared = chassis.networkInterface();
      Interconnect joint = chassis.interconnect();
      String interconnect = LabTwin.interconnectOf(name);
      devices.add(new Device(name + "/ni0", name, 0, shared, null, List.of()));
      devices.add(new Device(interconnect, interconnect, 0, null, joint, chassis.blades()));
    }
    return devices;
  }

  /** The first from there on that has failed, or has not; null: there is none. */
  private static @Nullable Device device(LabRun run, LabStep step, boolean failed) {
    return LabRun.firstFrom(step.subject(), devices(run), one -> one.isFailed() == failed);
  }

  static void fail(LabRun run, LabStep step) {
    Device device = device(run, step, false);
    if (device != null) {
      run.says("fail " + device.name());
      if (device.nic() != null) {
        loseContent(run, device.nic());
      }
      for (Host blade : device.blades()) {
        for (PhysicalNic nic : blade.pnics()) {
          loseContent(run, nic);
        }
      }
      device.setFailed(true);
      run.twin().fails(device.site(), device.number());
    }
  }

  /** What waits in its rings is lost; of what was pulled from them already nobody knows. */
  private static void loseContent(LabRun run, PhysicalNic card) {
    for (VirtualFunction function : card.boundFunctions()) {
      Set<Integer> inRings = new LinkedHashSet<>();
      boolean pulled = false;
      for (int i = 0; i < card.config().functionReceiveRings(); i++) {
        ReceiveRing ring = function.receiveRing(i);
        pulled |= ring.backlog() > 0;
        for (Packet packet : ring.packets()) {
          inRings.add(Traffic.numberOf(packet));
        }
      }
      for (Sent packet : run.twin().due(String.valueOf(function.owner()))) {
        if (inRings.contains(packet.number())) {
          run.twin().forgets(packet, Fate.LOST);
        } else if (pulled) {
          run.twin().forgets(packet, Fate.UNKNOWN);
        }
      }
    }
  }

  static void repair(LabRun run, LabStep step) {
    Device device = device(run, step, true);
    if (device != null) {
      run.says("repair " + device.name());
      repair(run, device);
    }
  }

  private static void repair(LabRun run, Device device) {
    device.setFailed(false);
    run.twin().repairs(device.site(), device.number());
  }

  static void repairAll(LabRun run) {
    for (Device device : devices(run)) {
      repair(run, device);
    }
  }

  static void addPnic(LabRun run, LabStep step) {
    Host host = run.host(step.subject());
    if (host.pnics().size() < LabPlan.MAX_PNICS) {
      run.says("add a PNIC to " + host.name());
      PhysicalNic unused = host.addPnic();
      run.twin().addsPnic(host.name());
    }
  }

  // ---- virtual machines ----

  /** Amount: one in four has no virtual function. */
  static void addVm(LabRun run, LabStep step) {
    if (run.vms().size() < LabPlan.MAX_VMS) {
      Host host = run.host(step.subject());
      String name = run.newName();
      boolean direct = step.amount() % 4 != 3;
      run.says("add " + name + (direct ? "" : " switched") + " to " + host.name());
      VmSpec spec = VmSpec.named(name);
      VirtualMachine unused = host.addVm(direct ? spec : spec.switched());
      run.twin().starts(name, host.name());
    }
  }

  static void removeVm(LabRun run, LabStep step) {
    List<VirtualMachine> vms = run.vms();
    if (!vms.isEmpty()) {
      String name = vms.get(step.subject() % vms.size()).name();
      run.says("remove " + name);
      run.hostOf(name).removeVm(name);
      run.twin().ends(name);
      run.memory().ends(name);
    }
  }

  /** At once, and what comes late to the former host is not sent on. */
  static void migrate(LabRun run, LabStep step) {
    List<VirtualMachine> vms = run.vms();
    List<Host> hosts = run.lab().hosts();
    if (!vms.isEmpty() && hosts.size() > 1) {
      VirtualMachine vm = vms.get(step.subject() % vms.size());
      if (isUnderWay(run, vm)) {
        return;
      }
      Host source = run.hostOf(vm.name());
      int away = 1 + step.object() % (hosts.size() - 1);
      Host target = hosts.get((hosts.indexOf(source) + away) % hosts.size());
      run.says("migrate " + vm.name() + " to " + target.name());
      if (source.hasProxies() || target.hasProxies()) {
        run.twin().losesOrder(vm.name());
      }
      Migration unused = run.lab().migrate(vm).forward(Duration.ZERO).to(target);
      if (run.twin().isCalm(source.name()) && run.twin().isCalm(target.name())) {
        run.twin().starts(vm.name(), target.name());
      }
      followMigrations(run);
    }
  }

  private static boolean isUnderWay(LabRun run, VirtualMachine vm) {
    for (Migration migration : run.lab().migrations().running()) {
      if (migration.vm() == vm) {
        return true;
      }
    }
    return false;
  }

  /** Where something takes time, the twin is told who has arrived and who has come back. */
  static void followMigrations(LabRun run) {
    for (VirtualMachine vm : run.vms()) {
      String place = String.valueOf(run.twin().placeOf(vm.name()));
      boolean calm = run.twin().isCalm(place) && run.twin().isCalm(vm.hostName());
      if (!place.equals(vm.hostName()) && !calm) {
        run.twin().starts(vm.name(), vm.hostName());
      }
    }
  }

  // ---- time ----

  static void tick(LabRun run, LabStep step) {
    Duration time = TICKS[step.amount() % TICKS.length];
    run.says("advance " + time);
    run.lab().advance(time);
  }
}
