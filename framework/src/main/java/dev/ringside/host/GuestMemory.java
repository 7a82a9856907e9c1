// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.memory.MemoryParts;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.MemorySite;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorState;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network memory of a host: what its guests have of it, and its monitors. */
final class GuestMemory implements MemorySite {

  private final Host host;
  private final Guests guests;
  private final MemoryPool pool;
  private boolean gatesOpen;

  GuestMemory(Host host, Guests guests, @Nullable MemorySize size) {
    this.host = host;
    this.guests = guests;
    this.pool = MemoryParts.of(world()).memoryPool(this, size);
    for (Monitor monitor : host.monitors()) {
      charge(monitor);
    }
  }

  MemoryPool pool() {
    return pool;
  }

  @Override
  public World world() {
    return host.world();
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public List<String> vms() {
    return guests.names();
  }

  // ---- guests ----

  @Override
  public void openGates(MemoryPool opening) {
    gatesOpen = true;
    for (Guest guest : guests) {
      guest.openGate(opening);
    }
  }

  void added(Guest guest) {
    if (gatesOpen) {
      guest.openGate(pool);
    }
  }

  /** What a guest has in use ends with it. */
  void removed(Guest guest) {
    pool.vmRemoved(guest.name());
    guest.vm().inbox().release(Integer.MAX_VALUE);
  }

  // ---- monitors ----

  /**
   * Charges the memory of a monitor as a whole; its packets are nobody else's.
   *
   * @throws IllegalStateException if there is not so much left
   */
  void charge(Monitor monitor) {
    if (monitor.state() == MonitorState.WATCHING) {
      long bytes = (long) monitor.memory().slots() * monitor.memory().slotBytes();
      Quota quota = pool.chargeMonitor(monitor.name(), MemorySize.bytes(bytes));
      monitor.whenEnded(quota::delete);
    }
  }
}
