// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.chassis.Blade;
import dev.ringside.host.Host;
import dev.ringside.migration.Migration;
import dev.ringside.migration.Migrations;
import dev.ringside.monitor.Monitor;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.routing.Subnet;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Cable;
import java.util.List;

/** A host or blade: its cards at the edge where the cables are, below them switch and guests. */
final class HostPicture {

  private static final int MAX_NICS = 16;
  private static final int MAX_VMS = 16;
  private static final int SQUARE = 7;
  private static final int PITCH = 10;
  private static final int GAP = 4;

  private final Svg svg;
  private final Inspectable lab;
  private final Host host;
  private final int x;
  private final int width;
  private int y;

  HostPicture(Svg svg, Inspectable lab, Host host, int x, int y, int width) {
    this.svg = svg;
    this.lab = lab;
    this.host = host;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  /** How high it is when it is drawn. */
  int height() {
    int height = Svg.LINE + 2 * GAP + 2 * Svg.LINE;
    List<PhysicalNic> nics = host.pnics();
    for (int i = 0; i < Math.min(MAX_NICS, nics.size()); i++) {
      height += heightOf(nics.get(i)) + GAP;
    }
    int vms = host.vms().size();
    height += Math.min(MAX_VMS, vms) * (2 * Svg.LINE + GAP);
    height += (nics.size() > MAX_NICS ? Svg.LINE : 0) + (vms > MAX_VMS ? Svg.LINE : 0);
    height += Svg.LINE * host.monitors().size();
    return height + (lab.migrations().hasRouter(host) ? Svg.LINE : 0);
  }

  private static int heightOf(PhysicalNic nic) {
    return nic.virtualFunctions().isEmpty() ? Svg.LINE : Svg.LINE + PITCH;
  }

  /**
   * Draws it.
   *
   * @param near what its cables are plugged into
   * @param outside the same, or for the cards of a blade that lead past the interconnect another
   */
  void draw(Bus near, Bus outside, boolean onTheLeft) {
    String kind = host instanceof Blade ? "blade " : "host ";
    String name = kind + host.name() + (host.isFailed() ? ", failed" : "");
    svg.open(!host.isFailed(), name);
    svg.box("host", x, y, width, height());
    line("name", name);
    drawNics(near, outside, onTheLeft);
    drawSwitch();
    drawGuests();
    svg.close();
  }

  private void line(String css, String text) {
    svg.text(css, x, y, width, text);
    y += Svg.LINE;
  }

  private void drawNics(Bus near, Bus outside, boolean onTheLeft) {
    List<PhysicalNic> nics = host.pnics();
    List<String> external = host instanceof Blade blade ? blade.externalPnics() : List.of();
    for (int i = 0; i < Math.min(MAX_NICS, nics.size()); i++) {
      PhysicalNic nic = nics.get(i);
      Cable cable = host.cable(nic.name());
      Bus bus = external.contains(nic.name()) ? outside : near;
      String title = "cable " + cable.name() + ": " + (cable.isUp() ? "plugged" : "unplugged");
      int edge = onTheLeft ? x : x + width;
      bus.cable(cable.isUp() && nic.isLinkUp(), edge, y + Svg.LINE / 2, title);
      drawNic(svg, nic, onTheLeft ? x : x + 2 * GAP, y, width - 2 * GAP);
      y += heightOf(nic) + GAP;
    }
    if (nics.size() > MAX_NICS) {
      line("soft", "... and " + (nics.size() - MAX_NICS) + " more PNICs");
    }
  }

  static void drawNic(Svg svg, PhysicalNic nic, int x, int y, int width) {
    String state = LinkTables.state(nic) + (nic.isActive() ? ", active" : ", standby");
    svg.open(nic.isUsable(), "PNIC " + nic.label() + ": " + state + ", " + nic.mac());
    svg.box("nic", x, y, width, heightOf(nic));
    svg.text("", x, y, width, nic.name() + " " + state);
    drawFunctions(svg, nic.virtualFunctions(), x + GAP, y + Svg.LINE, (width - 40) / PITCH);
    svg.close();
  }

  private static void drawFunctions(
      Svg svg, List<VirtualFunction> functions, int x, int y, int most) {
    int shown = Math.min(most, functions.size());
    for (int i = 0; i < shown; i++) {
      VirtualFunction function = functions.get(i);
      String owner = function.owner();
      svg.square(
          owner == null ? "vf" : "vf bound",
          x + i * PITCH,
          y,
          SQUARE,
          "VF " + function.name() + (owner == null ? ": free" : ": bound to " + owner));
    }
    if (functions.size() > shown) {
      svg.text("soft", x + shown * PITCH, y - 3, 40, "+" + (functions.size() - shown));
    }
  }

  private void drawSwitch() {
    String aggregate = "";
    if (host.hasAggregator()) {
      List<String> active = host.aggregator().activeNames();
      aggregate =
          host.aggregator().name() + ": " + (active.isEmpty() ? "none" : active) + " active";
    }
    svg.open(!host.isFailed(), "virtual switch " + host.virtualSwitch().name());
    svg.box("net", x + GAP, y, width - 2 * GAP, 2 * Svg.LINE);
    svg.text("", x + GAP, y, width - 2 * GAP, host.virtualSwitch().name());
    svg.text("soft", x + GAP, y + Svg.LINE, width - 2 * GAP, aggregate);
    svg.close();
    y += 2 * Svg.LINE + GAP;
  }

  private void drawGuests() {
    Migrations migrations = lab.migrations();
    if (migrations.hasRouter(host)) {
      List<String> subnets = migrations.routerOf(host).subnets();
      line("soft", "virtual router " + String.join(", ", subnets));
    }
    for (Monitor monitor : host.monitors()) {
      line("soft", "monitor " + monitor.name());
    }
    List<VirtualMachine> vms = host.vms();
    for (int i = 0; i < Math.min(MAX_VMS, vms.size()); i++) {
      drawGuest(vms.get(i));
    }
    if (vms.size() > MAX_VMS) {
      line("soft", "... and " + (vms.size() - MAX_VMS) + " more VMs");
    }
  }

  private void drawGuest(VirtualMachine vm) {
    Vnic vnic = host.vnic(vm.name());
    String via = vnic.through().isEmpty() ? "switched" : vnic.through();
    String title = "VM " + vm.name() + ": " + vm.ipv4() + ", " + vm.mac() + ", " + via;
    String state = stateOf(vm);
    int inner = width - 2 * GAP;
    svg.open(!host.isFailed(), title + subnetOf(vm) + (state.isEmpty() ? "" : "," + state));
    svg.box("vm", x + GAP, y, inner, 2 * Svg.LINE);
    svg.text("name", x + GAP, y, inner, vm.name() + (state.isEmpty() ? subnetOf(vm) : state));
    svg.text("soft", x + GAP, y + Svg.LINE, inner, vm.ipv4() + " " + via);
    svg.close();
    y += 2 * Svg.LINE + GAP;
  }

  private String subnetOf(VirtualMachine vm) {
    for (Subnet subnet : lab.subnets()) {
      if (subnet.contains(vm.ipv4())) {
        return " in " + subnet.name();
      }
    }
    return "";
  }

  private String stateOf(VirtualMachine vm) {
    for (Migration migration : lab.migrations().running()) {
      if (migration.vm() == vm) {
        return " to " + migration.target().name() + ": " + migration.phase();
      }
    }
    return vm.isPaused() ? " paused" : "";
  }
}
