// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.flow.RingTarget;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.Packets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine whose packets the software rings classify, instead of the virtual switch.
 *
 * <pre>{@code
 * host.steering().steer("web").toRing(1); // a busy one gets a hardware receive ring of its own
 * }</pre>
 *
 * <p>What goes past the virtual switch teaches it nothing about where its senders are. A guest with
 * direct access gets its packets through its virtual function whatever is said here.
 */
public final class SteeredDestination {

  private static final int HIGHEST_PRIORITY = 65_535;

  private final Steering steering;
  private final String vm;
  private final PacketMatcher match;
  private final RingTarget target;
  private final List<FlowEntry> softwareEntries = new ArrayList<>();
  private final List<FlowEntry> hardwareEntries = new ArrayList<>(0);
  private int ring = -1;

  SteeredDestination(Steering steering, String vm, SteeringSite site) {
    this.steering = steering;
    this.vm = vm;
    this.match = Packets.ethernet().toMac(site.mac(vm));
    this.target = site.destination(vm);
  }

  /** The name of the virtual machine. */
  public String vm() {
    return vm;
  }

  /** The receive ring of the host that its packets go to, null as long as they are spread. */
  public @Nullable Integer ring() {
    synchronized (steering.world()) {
      return ring < 0 ? null : ring;
    }
  }

  /**
   * Sends its packets to this receive ring of the host, on every card.
   *
   * @throws IllegalArgumentException if there is no such ring
   * @throws IllegalStateException if the classifier of a card has no room
   */
  public SteeredDestination toRing(int number) {
    steering.world().run(() -> moveTo(number));
    return this;
  }

  private void moveTo(int number) {
    for (Card card : steering.cards()) {
      card.nic().receiveRing(number); // refuses a ring that there is not
    }
    withdraw(hardwareEntries);
    ring = number;
    try {
      for (Card card : steering.cards()) {
        installOnCard(card);
      }
    } catch (RuntimeException e) {
      withdraw(hardwareEntries);
      ring = -1;
      throw e;
    }
  }

  /** Ends it: the virtual switch takes its packets again. Idempotent. */
  public void remove() {
    steering.remove(this);
  }

  // ---- by the steering ----

  void install(Card card) {
    card.software().steer(match, target, softwareEntries);
    if (ring >= 0) {
      installOnCard(card);
    }
  }

  private void installOnCard(Card card) {
    FlowTable table = card.nic().classifier().table();
    Destination to = Destination.ring(ring);
    hardwareEntries.add(
        table.dialect() == FlowDialect.PRIORITIES
            ? table.insert(HIGHEST_PRIORITY, match, to)
            : table.insert(match, to));
  }

  void withdraw() {
    withdraw(softwareEntries);
    withdraw(hardwareEntries);
  }

  private static void withdraw(List<FlowEntry> entries) {
    for (FlowEntry entry : entries) {
      entry.table().remove(entry);
    }
    entries.clear();
  }

  @Override
  public String toString() {
    return vm + (ring < 0 ? " in software" : " to ring " + ring);
  }
}
