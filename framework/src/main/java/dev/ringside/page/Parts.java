// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a picture of a lab shows, and which of its parts a place of the journal belongs to. */
final class Parts {

  private static final Set<Stage> OF_CARDS =
      EnumSet.of(
          Stage.PNIC,
          Stage.RECEIVE_RING,
          Stage.STANDBY_RING,
          Stage.TRANSMIT_RING,
          Stage.VIRTUAL_FUNCTION,
          Stage.SOFTWARE_RING,
          Stage.LINK_PROTOCOL);
  private static final Set<Stage> OF_FUNCTIONS =
      EnumSet.of(Stage.VIRTUAL_FUNCTION, Stage.RECEIVE_RING, Stage.TRANSMIT_RING);
  private static final Set<Stage> OF_GUESTS =
      EnumSet.of(
          Stage.STACK,
          Stage.VNIC,
          Stage.PROXY_VNIC,
          Stage.CHANNEL,
          Stage.SOFTWARE_RING,
          Stage.USER_MEMORY);
  private static final Set<Stage> OF_STATIONS = EnumSet.of(Stage.STATION, Stage.STACK);

  private final List<Part> parts = new ArrayList<>();

  /**
   * A part of the picture.
   *
   * @param title how its title in the picture begins
   * @param name what the places begin with that belong to it
   * @param stages the kinds of these places
   */
  private record Part(String title, String name, Set<Stage> stages) {

    boolean has(Stage stage, String place) {
      return stages.contains(stage) && (place.equals(name) || place.startsWith(name + "/"));
    }
  }

  Parts(Lab lab) {
    String outside = lab.externalSwitch().name();
    add("switch ", outside, EnumSet.of(Stage.EXTERNAL_SWITCH));
    add("station ", lab.wire().name(), OF_STATIONS);
    if (!lab.subnets().isEmpty()) {
      add("router ", lab.router().name(), EnumSet.of(Stage.ROUTER));
    }
    for (Cable cable : lab.cables()) {
      add("cable ", cable.name(), EnumSet.of(Stage.WIRE));
    }
    for (BladeChassis chassis : lab.chassis()) {
      addCard(chassis.networkInterface());
      add("interconnect ", chassis.interconnect().name(), EnumSet.of(Stage.INTERCONNECT));
    }
    for (Host host : lab.hosts()) {
      addHost(host);
    }
  }

  static String titleOf(Host host) {
    return (host instanceof Blade ? "blade " : "host ") + host.name();
  }

  private void addHost(Host host) {
    parts.add(new Part(titleOf(host), host.name(), EnumSet.allOf(Stage.class)));
    String bridge = host.virtualSwitch().name();
    add("virtual switch ", bridge, EnumSet.of(Stage.VIRTUAL_SWITCH));
    if (host.hasAggregator()) {
      String title = "virtual switch " + bridge;
      parts.add(new Part(title, host.aggregator().name(), EnumSet.of(Stage.HOLD_QUEUE)));
    }
    for (PhysicalNic nic : host.pnics()) {
      addCard(nic);
    }
    for (VirtualMachine vm : host.vms()) {
      add("VM ", vm.name(), OF_GUESTS);
    }
  }

  private void addCard(PhysicalNic nic) {
    add("PNIC ", nic.label(), OF_CARDS);
    for (VirtualFunction function : nic.virtualFunctions()) {
      add("VF ", function.name(), OF_FUNCTIONS);
    }
  }

  private void add(String kind, String name, Set<Stage> stages) {
    parts.add(new Part(kind + name, name, stages));
  }

  /** The titles of the parts that this place belongs to, a card before its function. */
  List<String> of(Stage stage, String place) {
    List<String> titles = new ArrayList<>();
    boolean precise = false;
    for (Part part : parts) {
      precise |= part.has(stage, place) && !isHost(part);
    }
    for (Part part : parts) {
      if (part.has(stage, place) && (!precise || !isHost(part))) {
        titles.add(part.title());
      }
    }
    return titles;
  }

  /** All sorts of places are named after a host; what is within is more precise. */
  private static boolean isHost(Part part) {
    return part.stages().size() == Stage.values().length;
  }
}
