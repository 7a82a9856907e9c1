// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.chassis.BladeChassis;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.routing.Router;
import dev.ringside.routing.Subnet;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture of a lab: the switch outside with station, router and subnets on it, below it the hosts
 * and chassis with their cards, virtual functions, switches and virtual machines.
 *
 * <pre>{@code
 * Files.writeString(Path.of("target/lab.svg"), Picture.of(lab));
 * }</pre>
 *
 * <p>It is SVG without scripts, in light or dark as the reader has it, and can be read at a width
 * of 400 pixels. Whatever has failed or is down is dashed, and says so; a full square is a virtual
 * function that is bound. To point at a part shows its addresses and state. Of very large labs the
 * first 32 hosts, 8 chassis and 16 virtual machines of each host are drawn, and the number of the
 * others.
 */
public final class Picture {

  private static final int WIDTH = 400;
  private static final int MARGIN = 8;
  private static final int GAP = 8;
  private static final int COLUMN = 172;
  private static final int BLADE_COLUMN = 156;
  private static final int MAX_HOSTS = 32;
  private static final int MAX_CHASSIS = 8;
  private static final int MAX_SUBNETS = 16;

  private final Svg svg;
  private final Inspectable lab;
  private int y = MARGIN;

  private Picture(Inspectable lab, List<String> marks) {
    this.lab = lab;
    this.svg = new Svg(List.copyOf(marks));
  }

  /** The picture of a lab as it is now, as the text of an SVG file. */
  public static String of(Inspectable lab) {
    return of(lab, List.of());
  }

  /**
   * The picture of a lab in which some devices are pointed out, with a thick frame and an
   * exclamation mark.
   *
   * <pre>{@code
   * Picture.of(lab, List.of("PNIC h1/p0", "cable h1/p1", "VM web"));
   * }</pre>
   *
   * @param marks kinds and names, as the titles of devices begin; those that are not drawn are left
   *     out
   */
  public static String of(Inspectable lab, List<String> marks) {
    synchronized (lab.externalSwitch().world()) {
      return new Picture(lab, marks).draw();
    }
  }

  private String draw() {
    drawOutside();
    String name = lab.externalSwitch().name();
    svg.open(true, "switch " + name);
    svg.box("net", MARGIN - 1, y, WIDTH - 2 * MARGIN + 2, Svg.LINE);
    svg.text("name", MARGIN, y, WIDTH, name);
    svg.close();
    y += Svg.LINE;
    Bus left = new Bus(svg, MARGIN, y);
    Bus right = new Bus(svg, WIDTH - MARGIN, y);
    y += GAP;
    drawHosts(alone(), 3 * MARGIN, COLUMN, left, right, left, right);
    drawAllChassis(left, right);
    left.draw();
    right.draw();
    return svg.document(WIDTH, y, "lab of " + lab.hosts().size() + " hosts");
  }

  private List<Host> alone() {
    List<Host> hosts = new ArrayList<>(lab.hosts());
    for (BladeChassis chassis : lab.chassis()) {
      hosts.removeAll(chassis.blades());
    }
    return hosts;
  }

  // ---- station, router, subnets ----

  private void drawOutside() {
    int half = WIDTH / 2 - 2 * MARGIN;
    int top = y;
    String station = lab.wire().name() + " " + lab.wire().ipv4();
    svg.open(true, "station " + station + ", " + lab.wire().mac());
    svg.box("vm", MARGIN, top, half, Svg.LINE);
    svg.text("", MARGIN, top, half, station);
    svg.close();
    y += Svg.LINE;
    if (!lab.subnets().isEmpty()) {
      drawRouter(lab.router(), WIDTH / 2 + MARGIN, top, half);
      svg.line(WIDTH - 2 * MARGIN, top + Svg.LINE, WIDTH - 2 * MARGIN, y + GAP);
    }
    svg.line(2 * MARGIN, top + Svg.LINE, 2 * MARGIN, y + GAP);
    y += GAP;
  }

  private void drawRouter(Router router, int x, int top, int width) {
    svg.open(true, "router " + router.name());
    svg.box("net", x, top, width, Svg.LINE);
    svg.text("name", x, top, width, router.name());
    svg.close();
    List<Subnet> subnets = lab.subnets();
    for (int i = 0; i < Math.min(MAX_SUBNETS, subnets.size()); i++) {
      Subnet subnet = subnets.get(i);
      String text = subnet.name() + " " + subnet.ipv4() + " VLAN " + subnet.vlan();
      svg.open(true, "subnet " + text + ", gateway " + subnet.gateway());
      svg.text("soft", x - MARGIN, y, width, text);
      svg.close();
      y += Svg.LINE;
    }
    if (subnets.size() > MAX_SUBNETS) {
      svg.text("soft", x, y, width, more(subnets.size() - MAX_SUBNETS, "subnets"));
      y += Svg.LINE;
    }
  }

  private static String more(int number, String what) {
    return "... and " + number + " more " + what;
  }

  // ---- hosts ----

  private void drawHosts(
      List<Host> hosts, int x, int width, Bus left, Bus right, Bus farLeft, Bus farRight) {
    int shown = Math.min(MAX_HOSTS, hosts.size());
    for (int i = 0; i < shown; i += 2) {
      HostPicture one = new HostPicture(svg, lab, hosts.get(i), x, y, width);
      one.draw(left, farLeft, true);
      int height = one.height();
      if (i + 1 < shown) {
        int column = WIDTH - x - width;
        HostPicture other = new HostPicture(svg, lab, hosts.get(i + 1), column, y, width);
        other.draw(right, farRight, false);
        height = Math.max(height, other.height());
      }
      y += height + GAP;
    }
    if (hosts.size() > shown) {
      svg.text("soft", x, y, WIDTH, more(hosts.size() - shown, "hosts"));
      y += Svg.LINE;
    }
  }

  // ---- chassis ----

  private void drawAllChassis(Bus left, Bus right) {
    List<BladeChassis> all = lab.chassis();
    for (int i = 0; i < Math.min(MAX_CHASSIS, all.size()); i++) {
      drawChassis(all.get(i), left, right);
    }
    if (all.size() > MAX_CHASSIS) {
      svg.text("soft", 3 * MARGIN, y, WIDTH, more(all.size() - MAX_CHASSIS, "chassis"));
      y += Svg.LINE;
    }
  }

  private void drawChassis(BladeChassis chassis, Bus outerLeft, Bus outerRight) {
    int frame = 2 * MARGIN + 4;
    svg.open(true, "chassis " + chassis.name());
    svg.text("name", WIDTH / 2, y, WIDTH / 2 - frame, "chassis " + chassis.name());
    drawSharedNic(chassis, outerLeft, frame);
    Bus left = new Bus(svg, frame + MARGIN, y);
    Bus right = new Bus(svg, WIDTH - frame - MARGIN, y);
    y += GAP;
    List<Host> blades = new ArrayList<>(chassis.blades());
    drawHosts(blades, frame + 3 * MARGIN - 4, BLADE_COLUMN, left, right, outerLeft, outerRight);
    left.draw();
    right.draw();
    svg.close();
  }

  private void drawSharedNic(BladeChassis chassis, Bus bus, int frame) {
    PhysicalNic nic = chassis.networkInterface();
    boolean up = chassis.cable().isUp();
    String state = ": " + (up ? "plugged" : "unplugged");
    bus.cable(up && nic.isLinkUp(), frame, y + 7, "cable " + chassis.cable().name() + state);
    HostPicture.drawNic(svg, nic, frame, y, WIDTH / 2 - frame);
    int below = y + (nic.virtualFunctions().isEmpty() ? Svg.LINE : Svg.LINE + 10);
    svg.line(2 * frame, below, 2 * frame, below + GAP);
    y = below + GAP;
    boolean good = !chassis.interconnect().isFailed();
    String name = chassis.interconnect().name() + (good ? "" : ", failed");
    svg.open(good, "interconnect " + name);
    svg.box("net", frame + MARGIN - 1, y, WIDTH - 2 * (frame + MARGIN) + 2, Svg.LINE);
    svg.text("name", frame + MARGIN, y, WIDTH - 2 * frame, name);
    svg.close();
    y += Svg.LINE;
  }
}
