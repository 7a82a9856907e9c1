// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.trace.Event;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;

/**
 * A cable between a port of a host and a port of the network, full duplex.
 *
 * <pre>{@code
 * Cable cable = lab.cable("h1/p0");
 * cable.toHost().setLatency(Duration.ofNanos(2_000));
 * cable.unplug(); // both ends see their link go down
 * cable.plug();
 * }</pre>
 */
public class Cable implements Account.Holder {

  /** What the name of a direction ends with, also in captures. */
  static final String TO_HOST = " to host";

  static final String TO_NETWORK = " to network";

  private final World world;
  private final String name;
  private final Account account;
  private final CableDirection toHost;
  private final CableDirection toNetwork;
  private boolean plugged = true;
  private boolean hostSignal = true;
  private boolean networkSignal = true;

  /** A cable that ends nowhere yet. */
  public Cable(World world, String name) {
    this.world = world;
    this.name = name;
    this.account = world.ledger().open(Stage.WIRE, name, this);
    this.toHost = WireParts.of(world).cableDirection(world, name, TO_HOST, account);
    this.toNetwork = WireParts.of(world).cableDirection(world, name, TO_NETWORK, account);
  }

  /** How many packets are under way in it. */
  @Override
  public long live() {
    return (long) toHost.inFlight() + toNetwork.inFlight();
  }

  /** Plugs both ends in. */
  public void connect(Port host, Port network) {
    toHost.connect(network, host);
    toNetwork.connect(host, network);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name, that of the port of the host. */
  public String name() {
    return name;
  }

  /** The packets that went through, both directions together. */
  public Account account() {
    return account;
  }

  /** From the network to the host. */
  public CableDirection toHost() {
    return toHost;
  }

  /** From the host to the network. */
  public CableDirection toNetwork() {
    return toNetwork;
  }

  /** Hands every packet that arrives at either end to this sink too; it must only look. */
  public void tap(PacketSink tap) {
    toHost.tap(tap);
    toNetwork.tap(tap);
  }

  /** Whether there is a signal. */
  public boolean isUp() {
    synchronized (world) {
      return plugged;
    }
  }

  /** Takes the signal away from both ends. What is under way still arrives. */
  public void unplug() {
    setPlugged(false);
  }

  /** Gives the signal back. */
  public void plug() {
    setPlugged(true);
  }

  private void setPlugged(boolean nowPlugged) {
    world.run(
        () -> {
          if (plugged != nowPlugged) {
            plugged = nowPlugged;
            world.record(
                name,
                nowPlugged ? Event.linkUp("cable " + name) : Event.linkDown("cable " + name),
                "");
            if (nowPlugged) { // the host sends what has waited as soon as it sees the signal
              toNetwork.carrierChanged(hostSignal);
              toHost.carrierChanged(networkSignal);
            } else {
              toHost.carrierChanged(false);
              toNetwork.carrierChanged(false);
            }
          }
        });
  }

  /** The host's port turns its transmitter on or off, which the far end sees. */
  public void setHostSignal(boolean on) {
    if (hostSignal != on) {
      hostSignal = on;
      toNetwork.carrierChanged(plugged && on);
    }
  }

  /** The far end turns its transmitter on or off, which the host's port sees. */
  public void setNetworkSignal(boolean on) {
    if (networkSignal != on) {
      networkSignal = on;
      toHost.carrierChanged(plugged && on);
    }
  }

  @Override
  public String toString() {
    return "cable " + name + (plugged ? "" : " (unplugged)");
  }
}
