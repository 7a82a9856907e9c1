// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several cables that a switch takes for one port: a static port group (IEEE 802.1AX without LACP;
 * "port-channel mode on").
 *
 * <pre>
 *                        +-- link p0   up     what hashes highest with p0
 *   switch == port ======+-- link p1   down   nothing
 *                        +-- link p2   up     what hashes highest with p2
 * </pre>
 *
 * <p>A flood leaves by one of the links, and nothing that came in by one goes back by another. What
 * was learned is behind the group, so it stays while links come and go. Each connection leaves by
 * the link that is up and has the highest hash together with it (rendezvous), so that only the
 * connections of a link move that goes down, and a new link takes its share from all.
 *
 * <p>It knows links, not health: while the link of a NIC is up that hangs, the switch goes on
 * sending to it. Where both ends speak LACP, a link counts as up only while they agree on it.
 *
 * <pre>{@code
 * lab.externalSwitch().portGroup("aggr0").linkFor(packet); // p1
 * }</pre>
 */
public final class PortGroup implements PacketSink {

  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private final World world;
  private final String name;
  private final SwitchPort port;
  private final List<Link> links = new ArrayList<>(4);

  PortGroup(LearningSwitch owner, String name, VlanMode vlanMode) {
    this.world = owner.world();
    this.name = name;
    this.port = owner.addPort(name, this, vlanMode);
    port.carrierChanged(false);
  }

  /** The port that the switch knows. */
  public SwitchPort port() {
    return port;
  }

  /** Adds a cable, which is down; frames leave through the sink. */
  public Link addLink(String linkName, PacketSink out) {
    Link link = new Link(this, linkName, links.size(), out);
    links.add(link);
    return link;
  }

  /** The names of the cables that carry traffic, in the order in which they were added. */
  public List<String> activeLinks() {
    synchronized (world) {
      List<String> names = new ArrayList<>(links.size());
      for (Link link : links) {
        if (link.up) {
          names.add(link.name);
        }
      }
      return names;
    }
  }

  /**
   * The name of the cable that a packet would leave by.
   *
   * @throws IllegalStateException if all are down
   */
  public String linkFor(Packet packet) {
    synchronized (world) {
      Link best = choose(packet);
      if (best == null) {
        throw new IllegalStateException("all links of port group " + name + " are down");
      }
      return best.name;
    }
  }

  /**
   * A frame leaves the switch. One that goes by a table of its own may send though all links are
   * down: a cable loses the frame then.
   */
  @Override
  public void accept(Packet packet) {
    Link best = choose(packet);
    (best == null ? links.get(0) : best).out.accept(packet);
  }

  private @Nullable Link choose(Packet packet) {
    long connection = Connection.keyOf(packet);
    Link best = null;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (link.up && (best == null || link.score(connection) > best.score(connection))) {
        best = link;
      }
    }
    return best;
  }

  private void linkChanged() {
    boolean anyUp = false;
    for (Link link : links) {
      anyUp |= link.up;
    }
    if (anyUp != port.isUp()) {
      port.carrierChanged(anyUp);
    }
  }

  @Override
  public String toString() {
    return "port group " + name + " " + activeLinks();
  }

  /**
   * One of the cables.
   *
   * <pre>{@code
   * PortGroup.Link link = group.addLink("p0", cable.toHost());
   * }</pre>
   */
  public static final class Link implements PacketSink {
    private final PortGroup group;
    private final String name;
    private final long salt;
    private final PacketSink out;
    private boolean up;

    Link(PortGroup group, String name, int index, PacketSink out) {
      this.group = group;
      this.name = name;
      this.salt = (index + 1) * GOLDEN;
      this.out = out;
    }

    /** Positive, and as good as never the same for two links. */
    private long score(long connection) {
      long mixed = (connection ^ salt) * 0xbf58_476d_1ce4_e5b9L;
      mixed = (mixed ^ (mixed >>> 29)) * 0x94d0_49bb_1331_11ebL;
      return (mixed ^ (mixed >>> 32)) >>> 1;
    }

    /** A frame comes into the switch. */
    @Override
    public void accept(Packet packet) {
      group.port.accept(packet);
    }

    /** The link came up or went down. */
    public void carrierChanged(boolean nowUp) {
      up = nowUp;
      group.linkChanged();
    }

    @Override
    public String toString() {
      return "link " + name + " of " + group.name + (up ? "" : " (down)");
    }
  }
}
