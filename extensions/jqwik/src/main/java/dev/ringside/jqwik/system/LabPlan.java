// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.PortSelectionPolicies;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.NumaTopology;
import dev.ringside.nic.NicConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lab of a few hosts, h1, h2, ..., whose parts vary, and of virtual machines vm1, vm2, ... on
 * them.
 *
 * <pre>{@code
 * LabPlan plan = new LabPlan(List.of(HostPlan.pnics(2)), List.of(new VmPlan(0, true)));
 * try (LabRun run = new LabRun(Lab.of(plan))) { ... }
 * }</pre>
 *
 * @param hosts the hosts
 * @param vms the virtual machines that are there from the start
 */
public record LabPlan(List<HostPlan> hosts, List<VmPlan> vms) implements Topology {

  /** The most NICs of a host. */
  public static final int MAX_PNICS = 4;

  /** The most virtual machines of a lab. */
  public static final int MAX_VMS = 6;

  /** The most NUMA nodes of a host. */
  public static final int MAX_NODES = 4;

  /** The most chassis of a lab. */
  public static final int MAX_CHASSIS = 3;

  private static final int BUFFERS = 2;

  /** Copies the lists. */
  public LabPlan {
    hosts = List.copyOf(hosts);
    vms = List.copyOf(vms);
  }

  /**
   * A host.
   *
   * <pre>{@code
   * LabPlan.HostPlan.pnics(2) // active/standby
   * }</pre>
   *
   * @param pnics how many NICs
   * @param functions how many virtual functions each of them has
   * @param slots how many packets a ring can hold
   * @param nodes how many NUMA nodes, each with few transmit buffers; 0: it needs no buffers
   * @param activeActive whether all NICs are active; if not, one
   * @param proxies whether its virtual machines have proxies for each other
   * @param chassis the number of the chassis in which it is a blade; 0: it is in none
   * @param stepDelay how long a step of a failover takes
   */
  public record HostPlan(
      int pnics,
      int functions,
      int slots,
      int nodes,
      boolean activeActive,
      boolean proxies,
      int chassis,
      Duration stepDelay) {

    /** Active/standby, with two virtual functions each, and as little else as there can be. */
    public static HostPlan pnics(int number) {
      return new HostPlan(number, 2, 512, 0, false, false, 0, Duration.ZERO);
    }

    private void build(HostBuilder host) {
      NicConfig nic = NicConfig.DEFAULT.withVirtualFunctions(functions).withRingCapacity(slots);
      host.pnics(pnics).nic(nic);
      if (activeActive) {
        host.portSelection(PortSelectionPolicies.roundRobin());
      }
      host.aggregator(AggregatorConfig.DEFAULT.withStepDelay(stepDelay));
      if (nodes > 0) {
        host.numa(NumaTopology.nodes(nodes).buffers(BUFFERS));
      }
      if (proxies) {
        host.proxies();
      }
    }

    /** What differs from the simplest host. */
    @Override
    public String toString() {
      String text = pnics + (pnics == 1 ? " PNIC" : " PNICs") + " with " + functions + " VFs";
      text += slots == 512 ? "" : ", rings of " + slots;
      text += nodes == 0 ? "" : ", " + nodes + " NUMA nodes";
      text += activeActive ? ", active/active" : "";
      text += proxies ? ", proxies" : "";
      text += chassis == 0 ? "" : ", in c" + chassis;
      return text + (stepDelay.isZero() ? "" : ", step delay " + stepDelay);
    }
  }

  /**
   * A virtual machine.
   *
   * <pre>{@code
   * new LabPlan.VmPlan(0, false) // on the first host, through its virtual switch
   * }</pre>
   *
   * @param host the number of its host, which counts round
   * @param direct whether it shall have virtual functions
   */
  public record VmPlan(int host, boolean direct) {

    VmSpec spec(String name) {
      VmSpec spec = VmSpec.named(name);
      return direct ? spec : spec.switched();
    }
  }

  @Override
  public void build(LabBuilder lab) {
    lab.withoutTracing();
    Map<Integer, ChassisBuilder> chassis = new LinkedHashMap<>();
    for (int i = 0; i < hosts.size(); i++) {
      int slot = hosts.get(i).chassis();
      String name = "h" + (i + 1);
      HostBuilder host =
          slot == 0
              ? lab.host(name)
              : chassis.computeIfAbsent(slot, number -> lab.chassis("c" + number)).blade(name);
      hosts.get(i).build(host);
      for (int vm = 0; vm < vms.size(); vm++) {
        if (vms.get(vm).host() % hosts.size() == i) {
          host.vm(vms.get(vm).spec("vm" + (vm + 1)));
        }
      }
    }
  }

  /** A line for each host. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(96 * hosts.size());
    for (int i = 0; i < hosts.size(); i++) {
      text.append(i == 0 ? "h" : "\nh").append(i + 1).append(": ").append(hosts.get(i));
      String separator = "; ";
      for (int vm = 0; vm < vms.size(); vm++) {
        if (vms.get(vm).host() % hosts.size() == i) {
          text.append(separator).append("vm").append(vm + 1);
          text.append(vms.get(vm).direct() ? "" : " switched");
          separator = ", ";
        }
      }
    }
    return text.toString();
  }
}
