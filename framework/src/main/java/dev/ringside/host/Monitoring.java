// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.MonitorParts;
import dev.ringside.monitor.UserMemory;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.ring.Receiver;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The monitors and inline bridges of a host. Every monitor is on every active card: a card that is
 * about to take over gets the rules before it gets packets.
 */
final class Monitoring {

  private final Host host;
  private final Site site;
  private final AddressPlan plan;
  private final Receiver guests;
  private final List<MonitoredPort> cards;
  private final List<Monitor> monitors = new ArrayList<>(2);

  Monitoring(Host host, List<HostPort> ports, Site site, AddressPlan plan, Receiver guests) {
    this.host = host;
    this.site = site;
    this.plan = plan;
    this.guests = guests;
    this.cards = new ArrayList<>(ports.size());
    for (HostPort port : ports) {
      cards.add(new MonitoredPort(host, port));
    }
  }

  // ---- monitors ----

  List<Monitor> monitors() {
    return List.copyOf(monitors);
  }

  /**
   * Registers a monitor.
   *
   * @param payer where its memory is charged, null if nowhere
   */
  Monitor add(
      PacketMatcher matcher, UserMemory memory, MonitorConfig config, @Nullable GuestMemory payer) {
    String name = config.name().isEmpty() ? "monitor" + monitors.size() : config.name();
    for (Monitor other : monitors) {
      if (other.name().equals(name)) {
        throw new IllegalArgumentException(
            "host " + host.name() + " already has a monitor named '" + name + "'; choose another");
      }
    }
    String label = host.prefix() + name;
    MonitorParts parts = MonitorParts.of(host.world());
    Monitor monitor =
        parts.monitor(host.world(), host.name(), name, label, matcher, memory, config);
    try {
      if (payer != null) {
        payer.charge(monitor);
      }
      for (MonitoredPort card : cards) {
        if (card.nic().isActive()) {
          monitor.attach(card);
        }
      }
    } catch (RuntimeException e) {
      monitor.close();
      throw e;
    }
    monitors.add(monitor);
    return monitor;
  }

  void added(HostPort port) {
    MonitoredPort card = new MonitoredPort(host, port);
    cards.add(card);
    if (!host.hasAggregator()) {
      attachAll(card);
    }
  }

  /** In the order in which the monitors came, which is the order of their rules. */
  private void attachAll(MonitoredPort card) {
    for (Monitor monitor : monitors) {
      try {
        monitor.attach(card);
      } catch (RuntimeException e) { // the card takes over all the same
        host.world().remember(e);
      }
    }
  }

  void activating(PhysicalNic nic) {
    MonitoredPort card = find(nic);
    if (card != null) {
      attachAll(card);
    }
  }

  void deactivated(PhysicalNic nic) {
    MonitoredPort card = find(nic);
    if (card != null) {
      for (Monitor monitor : monitors) {
        monitor.detach(card);
      }
    }
  }

  void stateChanged(PhysicalNic nic) {
    MonitoredPort card = find(nic);
    if (card == null) {
      return;
    }
    if (nic.isFailed()) {
      for (Monitor monitor : monitors) {
        monitor.cardFailed(card);
      }
    }
    for (MonitoredPort other : cards) {
      other.outletChanged(nic);
    }
  }

  private @Nullable MonitoredPort find(PhysicalNic nic) {
    for (MonitoredPort card : cards) {
      if (card.nic() == nic) {
        return card;
      }
    }
    return null;
  }

  // ---- bridges ----

  InlineBridge join(PhysicalNic near, PhysicalNic far, int waiting) {
    MonitoredPort nearCard = free(near);
    MonitoredPort farCard = free(far);
    if (near == far) {
      throw new IllegalArgumentException(
          "cannot bridge " + near.name() + " of host " + host.name() + " with itself; name two");
    }
    if (waiting < 0) {
      throw new IllegalArgumentException(
          "a bridge in which " + waiting + " packets can wait: say 0 or more");
    }
    return HostParts.of(host.world())
        .inlineBridge(
            host, nearCard, farCard, waiting, site.switchFor(farCard.name()), plan, guests);
  }

  /** Refuses a guest whose packets would have to pass a card that is bridged. */
  void checkUplink(String vm) {
    InlineBridge bridge = host.hasAggregator() ? null : cards.get(0).bridge();
    if (bridge != null) {
      throw new IllegalStateException(
          "cannot start VM '"
              + vm
              + "' on host "
              + host.name()
              + ": it would reach the network through "
              + cards.get(0).nic().name()
              + ", which is part of bridge "
              + bridge
              + "; close that first, or give the VM a virtual function");
    }
  }

  /** Refuses a card that already has something to do. */
  private MonitoredPort free(PhysicalNic nic) {
    MonitoredPort card = find(nic);
    if (card == null) {
      throw new AssertionError(nic.name() + " is not monitored; please report this bug");
    }
    if (host.hasAggregator()) {
      throw new IllegalStateException(
          "cannot bridge "
              + nic.name()
              + ": it is a member of "
              + host.aggregator().name()
              + "; build host "
              + host.name()
              + " with aggregation(NONE)");
    }
    if (card.bridge() != null) {
      throw new IllegalStateException(
          nic.name() + " is part of bridge " + card.bridge() + " already; close that first");
    }
    if (card == cards.get(0)) {
      refuseGuestsWithoutFunction(nic);
    }
    return card;
  }

  /** The virtual switch sends by the first card. */
  private void refuseGuestsWithoutFunction(PhysicalNic first) {
    for (VirtualMachine vm : host.vms()) {
      if (vm.directAccessThrough() == null) {
        throw new IllegalStateException(
            "cannot bridge "
                + first.name()
                + " of host "
                + host.name()
                + ": VM '"
                + vm.name()
                + "' reaches the network through it; bridge two other NICs, or give the VM a"
                + " virtual function");
      }
    }
  }
}
