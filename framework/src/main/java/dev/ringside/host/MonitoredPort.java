// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.monitor.BridgeVnic;
import dev.ringside.monitor.MonitorRing;
import dev.ringside.monitor.MonitoredCard;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A NIC of the host, as monitors see it, and the end of an inline bridge, if it is one. */
final class MonitoredPort implements MonitoredCard {

  private static final int HIGHEST_PRIORITY = 65_535;

  private final Host host;
  private final HostPort port;
  private @Nullable InlineBridge bridge;
  private @Nullable BridgeVnic leg;
  private List<PacketSink> samplers = List.of();
  private int installed;

  MonitoredPort(Host host, HostPort port) {
    this.host = host;
    this.port = port;
  }

  HostPort port() {
    return port;
  }

  PhysicalNic nic() {
    return port.nic();
  }

  @Nullable InlineBridge bridge() {
    return bridge;
  }

  /** What comes in by this card goes through this virtual NIC; null: to the guests again. */
  void setBridge(@Nullable InlineBridge newBridge, @Nullable BridgeVnic newLeg) {
    bridge = newBridge;
    leg = newLeg;
  }

  /** A card has changed: the one that packets of this one leave by, perhaps. */
  void outletChanged(PhysicalNic changed) {
    if (leg != null && bridge != null && bridge.otherThan(nic()) == changed) {
      leg.outletChanged();
    }
  }

  // ---- for monitors ----

  @Override
  public String name() {
    return nic().name();
  }

  @Override
  public String label() {
    return nic().label();
  }

  @Override
  public int ringCapacity() {
    return nic().config().ringCapacity();
  }

  @Override
  public Rule install(PacketMatcher match, MonitorRing ring) {
    HardwareClassifier classifier = nic().classifier();
    classifier.addTarget(ring);
    try {
      return new InstalledRule(classifier, ring, append(classifier.monitoring(), match, ring));
    } catch (RuntimeException e) {
      classifier.removeTarget(ring);
      throw e;
    }
  }

  /** The monitor that was there first comes first, however the card puts its entries in order. */
  private FlowEntry append(FlowTable table, PacketMatcher match, MonitorRing ring) {
    return table.dialect() == FlowDialect.PRIORITIES
        ? table.insert(HIGHEST_PRIORITY - installed++, match, Destination.ring(ring))
        : table.append(match, Destination.ring(ring));
  }

  @Override
  public void passOn(Packet packet, boolean bridgeFirst) {
    if (leg != null) {
      leg.reinject(packet, bridgeFirst);
    } else {
      goesOnThrough().resume(packet);
    }
  }

  /** The active card of an aggregation: the one that took the packet may have failed since. */
  private PhysicalNic goesOnThrough() {
    String active =
        host.hasAggregator() && !nic().isActive() ? host.aggregator().activeName() : null;
    return active == null ? nic() : host.pnic(active);
  }

  @Override
  public void addSampler(PacketSink sampler) {
    List<PacketSink> more = new ArrayList<>(samplers);
    more.add(sampler);
    setSamplers(more);
  }

  @Override
  public void removeSampler(PacketSink sampler) {
    List<PacketSink> fewer = new ArrayList<>(samplers);
    fewer.remove(sampler);
    setSamplers(fewer);
  }

  private void setSamplers(List<PacketSink> newSamplers) {
    samplers = newSamplers;
    PacketSink tap = newSamplers.isEmpty() ? null : this::show;
    for (int i = 0; i < nic().config().standbyRings(); i++) {
      nic().standbyRing(i).setTap(tap);
    }
  }

  private void show(Packet packet) {
    for (PacketSink sampler : samplers) {
      sampler.accept(packet);
    }
  }

  @Override
  public Rest rest() {
    long offered = 0;
    long waiting = 0;
    for (int i = 0; i < nic().config().receiveRings(); i++) {
      ReceiveRing ring = nic().receiveRing(i);
      offered += ring.received() + ring.droppedFull();
      waiting += ring.size() + ring.backlog();
    }
    BridgeVnic through = leg;
    if (through == null || bridge == null) {
      return new Rest(label(), offered, 0, waiting, "");
    }
    return new Rest(
        label(), offered, through.bridged(), waiting + through.waiting(), bridge.label());
  }

  /** An entry of the card's table of what is monitored. */
  private static final class InstalledRule implements Rule {
    private final HardwareClassifier classifier;
    private final MonitorRing ring;
    private FlowEntry entry;

    InstalledRule(HardwareClassifier classifier, MonitorRing ring, FlowEntry entry) {
      this.classifier = classifier;
      this.ring = ring;
      this.entry = entry;
    }

    @Override
    public void replace(PacketMatcher match) {
      entry = classifier.monitoring().replace(entry, match, entry.destination());
    }

    @Override
    public void remove() {
      classifier.monitoring().remove(entry);
      classifier.removeTarget(ring);
    }
  }
}
