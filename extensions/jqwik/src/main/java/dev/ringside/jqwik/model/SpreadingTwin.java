// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spreading over all healthy NICs as one would explain it: which guest has a function of which NIC,
 * and which NIC each connection has. Connections take NICs one after the other (round robin).
 *
 * <pre>{@code
 * SpreadingTwin twin = new SpreadingTwin(topology);
 * twin.apply(new Step(1, Action.FAIL, "p0", "", 0));
 * twin.sends("vm1", "udp 192.0.2.1:9 <> 192.0.2.2:53");
 * twin.ports("vm1");                                          // [p1]
 * twin.through("vm1", "udp 192.0.2.1:9 <> 192.0.2.2:53"); // p1
 * }</pre>
 */
public final class SpreadingTwin {

  private static final class Nic {
    final String name;
    final List<String> mapped = new ArrayList<>();
    int strangers;
    int departures;
    boolean failed;
    boolean off;
    boolean unplugged;

    Nic(String name) {
      this.name = name;
    }

    boolean looksHealthy() {
      return !failed && !off && !unplugged;
    }
  }

  /** A NIC that a connection has, and how often it had left the guest's list by then. */
  private record Place(Nic nic, int departures) {}

  private static final class Guest {
    final VmSpec spec;
    final Map<String, Place> connections = new LinkedHashMap<>();
    int asked;

    Guest(VmSpec spec) {
      this.spec = spec;
    }
  }

  private final int functions;
  private final List<Nic> nics = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();

  /** The state of a lab of this topology before anything has happened. */
  public SpreadingTwin(LabTopology topology) {
    functions = topology.nic().virtualFunctions();
    for (String name : topology.nicNames()) {
      nics.add(new Nic(name));
    }
    for (VmSpec vm : topology.vms()) {
      guests.add(new Guest(vm));
    }
    mapGuests();
  }

  // ---- what holds ----

  /** The NICs that carry traffic. */
  public List<String> active() {
    List<String> active = new ArrayList<>();
    for (Nic nic : nics) {
      if (nic.looksHealthy()) {
        active.add(nic.name);
      }
    }
    return active;
  }

  /** The guests that are there, in order. */
  public List<VmSpec> guests() {
    List<VmSpec> specs = new ArrayList<>();
    for (Guest guest : guests) {
      specs.add(guest.spec);
    }
    return specs;
  }

  /** The NICs that a guest has a virtual function of. */
  public List<String> ports(String vm) {
    List<String> ports = new ArrayList<>();
    for (Nic nic : nics) {
      if (nic.mapped.contains(vm)) {
        ports.add(nic.name);
      }
    }
    return ports;
  }

  /** The NIC that a connection's latest packet took, null if it went another way. */
  public @Nullable String through(String vm, String connection) {
    Place place = guest(vm).connections.get(connection);
    return place == null ? null : place.nic.name;
  }

  /** The connections of a guest, in the order of their first packets. */
  public List<String> connections(String vm) {
    return List.copyOf(guest(vm).connections.keySet());
  }

  // ---- what happens ----

  /** A guest sends a packet of a connection. */
  public void sends(String vm, String connection) {
    Guest guest = guest(vm);
    List<String> ports = ports(vm);
    Place place = guest.connections.get(connection);
    boolean placed = place != null && place.departures == place.nic.departures;
    if (!placed && !ports.isEmpty()) {
      Nic next = nic(ports.get(guest.asked++ % ports.size()));
      guest.connections.put(connection, new Place(next, next.departures));
    }
  }

  /** A step of a script; steps that are not about NICs and guests change nothing. */
  public void apply(Step step) {
    switch (step.action()) {
      case FAIL -> nic(step.subject()).failed = true;
      case REPAIR -> nic(step.subject()).failed = false;
      case LINK_DOWN -> nic(step.subject()).off = true;
      case LINK_UP -> nic(step.subject()).off = false;
      case FLAP -> flap(nic(step.subject()));
      case UNPLUG -> nic(step.subject()).unplugged = true;
      case PLUG -> nic(step.subject()).unplugged = false;
      case OCCUPY -> occupy(nic(step.subject()));
      case RELEASE -> release(nic(step.subject()));
      case ADD_VM -> add(VmSpec.named(step.subject()).vlan((int) step.amount()));
      case REMOVE_VM -> remove(step.subject());
      default -> {}
    }
    unmapUnhealthy();
    mapGuests();
  }

  private void flap(Nic nic) {
    nic.off = true;
    unmapUnhealthy();
    nic.off = false;
  }

  private void occupy(Nic nic) {
    if (nic.mapped.size() + nic.strangers < functions) {
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

  private void remove(String vm) {
    guests.removeIf(guest -> guest.spec.name().equals(vm));
    nics.forEach(nic -> nic.mapped.remove(vm));
  }

  private void unmapUnhealthy() {
    for (Nic nic : nics) {
      if (!nic.looksHealthy() && !nic.mapped.isEmpty()) {
        nic.mapped.clear();
        nic.departures++;
      }
    }
  }

  private void mapGuests() {
    for (Nic nic : nics) {
      for (Guest guest : guests) {
        String name = guest.spec.name();
        boolean free = nic.mapped.size() + nic.strangers < functions;
        if (guest.spec.direct() && nic.looksHealthy() && free && !nic.mapped.contains(name)) {
          nic.mapped.add(name);
        }
      }
    }
  }

  private Nic nic(String name) {
    return nics.stream().filter(nic -> nic.name.equals(name)).findFirst().orElseThrow();
  }

  private Guest guest(String name) {
    return guests.stream()
        .filter(guest -> guest.spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
