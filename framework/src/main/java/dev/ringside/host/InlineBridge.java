// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.bridge.LearningSwitch;
import dev.ringside.bridge.VlanMode;
import dev.ringside.monitor.BridgeVnic;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.EventKind;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.wire.Station;
import dev.ringside.wire.WireParts;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Two cards joined inline: the host stands in the way between two networks, and what no monitor
 * takes goes through it.
 *
 * <pre>
 *   station -- switch -- near card ==&gt; forward() ==&gt; far card -- network() -- beyond()
 *                                  &lt;== backward() &lt;==
 * </pre>
 *
 * <pre>{@code
 * InlineBridge bridge = host.bridge("p0", "p1");
 * lab.wire().send(udp().to(bridge.beyond()).port(53));
 * bridge.beyond().received();
 * }</pre>
 *
 * <p>Each card uses one receive ring, so that the order of packets is kept. Both take frames for
 * any address. Guests with a virtual function on one of them keep it.
 */
public class InlineBridge {

  /** How many packets can wait in each direction unless it is told. */
  public static final int DEFAULT_CAPACITY = 256;

  private final Host host;
  private final World world;
  private final String name;
  private final String label;
  private final MonitoredPort near;
  private final MonitoredPort far;
  private final LearningSwitch nearNetwork;
  private final ExternalSwitch network;
  private final Station beyond;
  private final Receiver guests;
  private final BridgeVnic forward;
  private final BridgeVnic backward;
  private final JoinedCard nearCard;
  private final JoinedCard farCard;
  private boolean open = true;

  InlineBridge(
      Host host,
      MonitoredPort near,
      MonitoredPort far,
      int capacity,
      LearningSwitch nearNetwork,
      AddressPlan plan,
      Receiver guests) {
    this.host = host;
    this.world = host.world();
    this.near = near;
    this.far = far;
    this.nearNetwork = nearNetwork;
    this.guests = guests;
    this.name = near.name() + "-" + far.name();
    this.label = near.label() + "-" + far.name();
    this.network = new ExternalSwitch(world, label + "/network");
    this.beyond = WireParts.of(world).station(world, plan.nextFarStation(label + "/station"));
    beyond.connect(network.addPort("station", beyond, VlanMode.transparent()));
    this.forward = new BridgeVnic(world, label + "/forward", capacity, new Outlet(near, far));
    this.backward = new BridgeVnic(world, label + "/backward", capacity, new Outlet(far, near));
    this.nearCard = new JoinedCard(near);
    this.farCard = new JoinedCard(far);
    join();
  }

  private void join() {
    far.port().unplugFrom(nearNetwork);
    far.port()
        .plugInto(
            network.addPort(far.label(), far.port().cable().toHost(), VlanMode.transparent()));
    nearCard.join(forward);
    farCard.join(backward);
    world.record(host.name(), EventKind.CREATED, "bridge " + name);
  }

  /** The name, such as p0-p1. */
  public String name() {
    return name;
  }

  /** The name in the lab: that of the host in front where there are several hosts. */
  public String label() {
    return label;
  }

  /** From the near card to the far one. */
  public BridgeVnic forward() {
    return forward;
  }

  /** From the far card to the near one. */
  public BridgeVnic backward() {
    return backward;
  }

  /** The network behind the far card. */
  public ExternalSwitch network() {
    return network;
  }

  /** The test's place on the network behind the far card. */
  public Station beyond() {
    return beyond;
  }

  /** Whether it was not closed. */
  public boolean isOpen() {
    synchronized (world) {
      return open;
    }
  }

  /**
   * Takes it apart: both cards are as before and on one network again. What waits in it is dropped.
   * Idempotent.
   */
  public void close() {
    world.run(
        () -> {
          if (open) {
            open = false;
            nearCard.part();
            farCard.part();
            forward.close();
            backward.close();
            far.port().unplugFrom(network);
            far.port()
                .plugInto(
                    nearNetwork.addPort(
                        far.label(), far.port().cable().toHost(), VlanMode.transparent()));
            world.record(host.name(), EventKind.REMOVED, "bridge " + name);
          }
        });
  }

  PhysicalNic otherThan(PhysicalNic nic) {
    return nic == near.nic() ? far.nic() : near.nic();
  }

  @Override
  public String toString() {
    return name;
  }

  /** A card, which has its settings back in the end. */
  private final class JoinedCard {
    private final MonitoredPort card;
    private final boolean wasPromiscuous;
    private final @Nullable Integer formerRing;

    JoinedCard(MonitoredPort card) {
      this.card = card;
      this.wasPromiscuous = card.nic().filter().isPromiscuous();
      this.formerRing = card.nic().classifier().defaultRing();
    }

    void join(BridgeVnic leg) {
      card.setBridge(InlineBridge.this, leg);
      card.nic().classifier().setDefaultRing(0);
      card.nic().filter().setPromiscuous(true);
      card.nic().connectHost(leg);
    }

    void part() {
      card.setBridge(null, null);
      card.nic().filter().setPromiscuous(wasPromiscuous);
      if (formerRing == null) {
        card.nic().classifier().spreadByDefault();
      } else {
        card.nic().classifier().setDefaultRing(formerRing);
      }
      card.nic().connectHost(guests);
      card.nic().hostReady();
    }
  }

  /** The transmit ring of the card that packets leave by. */
  private static final class Outlet implements BridgeVnic.Outlet {
    private final PhysicalNic from;
    private final PhysicalNic to;

    Outlet(MonitoredPort from, MonitoredPort to) {
      this.from = from.nic();
      this.to = to.nic();
    }

    @Override
    public boolean isUsable() {
      return to.isUsable();
    }

    @Override
    public boolean hasRoom() {
      return to.hasRoomForHost();
    }

    @Override
    public boolean isIdle() {
      return to.transmitRing().size() == 0;
    }

    @Override
    public void whenNextHasLeft(Runnable action) {
      to.whenNextOfHostHasLeft(action);
    }

    @Override
    public void transmit(Packet packet) {
      to.transmit(packet);
    }

    @Override
    public void ready() {
      from.hostReady();
    }

    /** As a message needs it: {@code p1 (failed)}. */
    @Override
    public String toString() {
      return to.toString();
    }
  }
}
