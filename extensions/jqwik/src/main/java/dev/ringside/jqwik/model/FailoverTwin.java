// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Active/standby failover as one would explain it: which NIC is active, and which guests have a
 * virtual function of it. The first healthy NIC takes over, at once, and there is no way back.
 *
 * <pre>{@code
 * FailoverTwin twin = new FailoverTwin(topology);
 * twin.apply(step);
 * twin.active(); // p1
 * }</pre>
 */
public final class FailoverTwin {

  private static final class Nic {
    final String name;
    int strangers;
    boolean failed;
    boolean hung;
    boolean off;
    boolean unplugged;

    Nic(String name) {
      this.name = name;
    }

    boolean looksHealthy() {
      return !failed && !off && !unplugged;
    }
  }

  private static final class Guest {
    final VmSpec spec;
    boolean mapped;

    Guest(VmSpec spec) {
      this.spec = spec;
    }
  }

  private final int functions;
  private final List<Nic> nics = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();
  private @Nullable Nic active;

  /** The state of a lab of this topology before anything has happened. */
  public FailoverTwin(LabTopology topology) {
    functions = topology.nic().virtualFunctions();
    for (String name : topology.nicNames()) {
      nics.add(new Nic(name));
    }
    active = nics.get(0);
    for (VmSpec vm : topology.vms()) {
      guests.add(new Guest(vm));
    }
    mapGuests();
  }

  // ---- what holds ----

  /** The active NIC, null if none is healthy. */
  public @Nullable String active() {
    return active == null ? null : active.name;
  }

  /** Whether the active NIC passes packets; one that hangs does not, though it looks healthy. */
  public boolean activeWorks() {
    return active != null && !active.hung;
  }

  /** Whether a NIC looks healthy. */
  public boolean isHealthy(String nic) {
    return nic(nic).looksHealthy();
  }

  /** The guests that are there, in order. */
  public List<VmSpec> guests() {
    List<VmSpec> specs = new ArrayList<>();
    for (Guest guest : guests) {
      specs.add(guest.spec);
    }
    return specs;
  }

  /** The NIC that a guest has a virtual function of, null if it has none. */
  public @Nullable String directAccess(String vm) {
    for (Guest guest : guests) {
      if (guest.spec.name().equals(vm)) {
        return guest.mapped ? active() : null;
      }
    }
    return null;
  }

  // ---- what happens ----

  /** A step of a script; steps that are not about failover change nothing. */
  public void apply(Step step) {
    apply(step, false);
  }

  /**
   * A step of a script, with what a twin that counts no packets cannot know: a NIC that hangs takes
   * no more packets than its ring has slots for, and until the active one has taken all that was
   * held, no guest has a virtual function of it, so that no packet overtakes another.
   *
   * @param flushing whether packets are held for the active NIC after this step
   */
  public void apply(Step step, boolean flushing) {
    switch (step.action()) {
      case FAIL -> nic(step.subject()).failed = true;
      case HANG -> hang(nic(step.subject()));
      case REPAIR -> repair(nic(step.subject()));
      case LINK_DOWN -> nic(step.subject()).off = true;
      case LINK_UP -> nic(step.subject()).off = false;
      case FLAP -> flap(nic(step.subject()));
      case UNPLUG -> nic(step.subject()).unplugged = true;
      case PLUG -> nic(step.subject()).unplugged = false;
      case SWITCH_TO -> switchTo(nic(step.subject()));
      case OCCUPY -> occupy(nic(step.subject()));
      case RELEASE -> release(nic(step.subject()));
      case ADD_VM -> add(VmSpec.named(step.subject()).vlan((int) step.amount()));
      case REMOVE_VM -> guests.removeIf(guest -> guest.spec.name().equals(step.subject()));
      default -> {}
    }
    replaceUnhealthy();
    if (!flushing) {
      mapGuests();
    }
  }

  private static void hang(Nic nic) {
    nic.hung = nic.hung || !nic.failed;
  }

  private static void repair(Nic nic) {
    nic.failed = false;
    nic.hung = false;
  }

  private void flap(Nic nic) {
    nic.off = true;
    replaceUnhealthy();
    nic.off = false;
  }

  private void switchTo(Nic nic) {
    if (nic.looksHealthy()) {
      activate(nic);
    }
  }

  private void occupy(Nic nic) {
    if (used(nic) < functions) {
      nic.strangers++;
    }
  }

  private static void release(Nic nic) {
    nic.strangers = Math.max(0, nic.strangers - 1);
  }

  private void add(VmSpec vm) {
    if (guests().stream().noneMatch(guest -> guest.name().equals(vm.name()))) {
      guests.add(new Guest(vm));
    }
  }

  private void replaceUnhealthy() {
    if (active == null || !active.looksHealthy()) {
      activate(nics.stream().filter(Nic::looksHealthy).findFirst().orElse(null));
    }
  }

  private void activate(@Nullable Nic nic) {
    if (nic != active) {
      active = nic;
      guests.forEach(guest -> guest.mapped = false);
    }
  }

  private void mapGuests() {
    for (Guest guest : guests) {
      if (active != null && guest.spec.direct() && used(active) < functions) {
        guest.mapped = true;
      }
    }
  }

  private int used(Nic nic) {
    int mapped = (int) guests.stream().filter(guest -> guest.mapped).count();
    return nic.strangers + (nic == active ? mapped : 0);
  }

  private Nic nic(String name) {
    return nics.stream().filter(nic -> nic.name.equals(name)).findFirst().orElseThrow();
  }
}
