// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of several links: a host, or the switch that its cables are plugged into.
 *
 * <p>Of its ports those carry traffic that agree with the same partner, under the same key. It has
 * one aggregate. Not modelled: several aggregates of one system, links that carry traffic without a
 * partner (individual links), the marker protocol, port algorithms and conversations of version 2.
 *
 * <pre>{@code
 * LacpSystem network = host.lacp().network();
 * network.port("p0").setKey(7);     // configured wrongly
 * network.port("p1").silence();     // answers no longer
 * network.distributing();           // the ports that carry traffic
 * }</pre>
 */
public final class LacpSystem {

  private final World world;
  private final String place;
  private final Account account;
  private final MacAddress address;
  private final List<LacpPort> ports = new ArrayList<>(4);
  private final Selection selection = new Selection();
  private LacpConfig config;

  /**
   * Creates a system without ports.
   *
   * @param place where the journal says that things happen
   * @param name of its account
   */
  public LacpSystem(World world, String place, String name, MacAddress address, LacpConfig config) {
    this.world = world;
    this.place = place;
    this.address = address;
    this.config = config;
    this.account = world.ledger().open(Stage.LINK_PROTOCOL, name);
  }

  /** Adds a port without a link. */
  public LacpPort addPort(String name, MacAddress mac, LacpLine line) {
    LacpPort port = new LacpPort(this, name, ports.size() + 1, mac, line);
    ports.add(port);
    return port;
  }

  // ---- questions ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** Where the journal says that it is. */
  public String place() {
    return place;
  }

  /** Its messages. */
  public Account account() {
    return account;
  }

  /** Its address, which tells it from other systems. */
  public MacAddress address() {
    return address;
  }

  /** How it takes part. */
  public LacpConfig config() {
    synchronized (world) {
      return config;
    }
  }

  /** The ports, in the order in which they were added. */
  public List<LacpPort> ports() {
    synchronized (world) {
      return List.copyOf(ports);
    }
  }

  /**
   * A port by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public LacpPort port(String name) {
    List<String> names = new ArrayList<>();
    for (LacpPort port : ports()) {
      if (port.name().equals(name)) {
        return port;
      }
      names.add(port.name());
    }
    throw new IllegalArgumentException(
        "no LACP port named '" + name + "' at " + place + "; it has " + names);
  }

  /** The names of the ports that carry traffic. */
  public List<String> distributing() {
    List<String> names = new ArrayList<>();
    for (LacpPort port : ports()) {
      if (port.isDistributing()) {
        names.add(port.name());
      }
    }
    return names;
  }

  // ---- operations ----

  /** Takes part in another way from now on. */
  public void configure(LacpConfig newConfig) {
    world.run(
        () -> {
          boolean otherIdentity =
              newConfig.key() != config.key()
                  || newConfig.systemPriority() != config.systemPriority();
          config = newConfig;
          for (LacpPort port : ports) {
            port.reconsider(otherIdentity);
          }
          settle();
        });
  }

  /** Whether no port makes others wait. */
  boolean isReady() {
    for (LacpPort port : ports) {
      if (port.mux().isStillWaiting()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Lets the machines of all ports run until they rest. Who carries traffic no longer stops before
   * the partner is told; who will, begins after that.
   */
  void settle() {
    boolean sent = true;
    while (sent) {
      run();
      for (LacpPort port : ports) {
        port.stopIfNeeded();
      }
      sent = false;
      for (LacpPort port : ports) {
        sent |= port.transmitter().sendIfNeeded();
      }
    }
    for (LacpPort port : ports) {
      port.startIfNeeded();
    }
  }

  private void run() {
    boolean stepped = true;
    while (stepped) {
      selection.choose(ports, config.mostPorts());
      stepped = false;
      for (LacpPort port : ports) {
        stepped |= port.mux().step();
      }
    }
    for (LacpPort port : ports) {
      port.look();
    }
  }

  /** What each port knows and does, in the manner of {@code /proc/net/bonding}. */
  public String describe() {
    synchronized (world) {
      return LacpText.of(this, distributing().size());
    }
  }

  @Override
  public String toString() {
    return place + " (" + address + ", distributing " + distributing() + ")";
  }
}
