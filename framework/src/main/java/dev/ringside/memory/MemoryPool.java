// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.ring.HoldingReceiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network memory of a host, of which targets have their shares. Nothing is shared between
 * targets: one that has used up its own waits, and the others do not notice.
 *
 * <pre>{@code
 * host.memory().reserve("web", bytes(3_000));
 * host.memory().reserve("dns", udp().port(53), kibibytes(8));
 * host.memory().reserveForOthers(kibibytes(64));
 * }</pre>
 *
 * <p>Until something is reserved, whatever comes is taken. Then a packet is charged to the first
 * packet destination that matches it, else to its virtual machine, else to the quota for others;
 * where there is none of them it is taken without a charge, or refused ({@link #refuseOthers}).
 *
 * <p>Not modelled: memory for packets on their way out; transmit buffers are a pool of their own.
 * Sums of limits above what there is.
 */
public class MemoryPool {

  private static final String OTHERS = "others";

  private final MemorySite site;
  private final long total;
  private final List<Quota> quotas = new ArrayList<>();
  private final List<MemoryGate> gates = new ArrayList<>();
  private Quota[] destinations = {};
  private long assigned;
  private @Nullable Quota others;
  private boolean refusesOthers;
  private boolean gatesOpen;

  /**
   * Creates a pool of which nothing is reserved.
   *
   * @param size how much there is; null: without end
   */
  public MemoryPool(MemorySite site, @Nullable MemorySize size) {
    this.site = site;
    this.total = size == null ? Long.MAX_VALUE : size.bytes();
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return site.world();
  }

  /** The name of the host. */
  public String hostName() {
    return site.name();
  }

  /** Whether there is no end of it, as where the host was built without a word about memory. */
  public boolean isUnlimited() {
    return total == Long.MAX_VALUE;
  }

  /** How many bytes there are; {@link Long#MAX_VALUE} if it is unlimited. */
  public long total() {
    return total;
  }

  /** How many bytes are not reserved: the total without what each quota has. */
  public long unassigned() {
    synchronized (world()) {
      return total - assigned;
    }
  }

  /** The quotas, in the order in which they were reserved. */
  public List<Quota> quotas() {
    synchronized (world()) {
      return List.copyOf(quotas);
    }
  }

  /** Whether there is a quota of this name. */
  public boolean hasQuota(String name) {
    return find(name) != null;
  }

  /**
   * A quota.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Quota quota(String name) {
    synchronized (world()) {
      Quota found = find(name);
      if (found == null) {
        throw new IllegalArgumentException(
            "no quota named '" + name + "' on host " + hostName() + "; it has " + names());
      }
      return found;
    }
  }

  private @Nullable Quota find(String name) {
    synchronized (world()) {
      for (Quota quota : quotas) {
        if (quota.name().equals(name)) {
          return quota;
        }
      }
      return null;
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(quotas.size());
    for (Quota quota : quotas) {
      names.add(quota.name());
    }
    return names;
  }

  /**
   * The rings in which packets of a destination wait, one for each virtual machine that has got
   * any.
   *
   * @throws IllegalArgumentException if there is no quota of this name
   */
  public List<TargetRing> rings(String name) {
    synchronized (world()) {
      Quota quota = quota(name);
      List<TargetRing> rings = new ArrayList<>();
      for (MemoryGate gate : gates) {
        TargetRing ring = gate.ring(quota);
        if (ring != null) {
          rings.add(ring);
        }
      }
      return rings;
    }
  }

  // ---- reserving ----

  /** Reserves memory for a virtual machine, with the usual behaviour. */
  public Quota reserve(String vm, MemorySize size) {
    return reserve(vm, size, QuotaConfig.DEFAULT);
  }

  /**
   * Reserves memory for a virtual machine.
   *
   * @throws IllegalArgumentException if there is no virtual machine of this name, or it has a quota
   * @throws IllegalStateException if the pool has not so much left
   */
  public Quota reserve(String vm, MemorySize size, QuotaConfig config) {
    return world()
        .call(
            () -> {
              if (!site.vms().contains(vm)) {
                throw new IllegalArgumentException(
                    "no VM named '"
                        + vm
                        + "' on host "
                        + hostName()
                        + " to reserve memory for; it has "
                        + site.vms()
                        + "; say which packets, or reserveForApplication");
              }
              return add(vm, TargetKind.VIRTUAL_MACHINE, null, size, config);
            });
  }

  /** Reserves memory for packets that match, with the usual behaviour. */
  public Quota reserve(String name, PacketMatcher packets, MemorySize size) {
    return reserve(name, packets, size, QuotaConfig.DEFAULT);
  }

  /**
   * Reserves memory for packets that match, whichever virtual machine they are for: they wait in a
   * ring of their own, and keep nobody waiting. Of several that match, the one counts that was
   * there first.
   *
   * @throws IllegalArgumentException if there is a quota of this name
   * @throws IllegalStateException if the pool has not so much left
   */
  public Quota reserve(String name, PacketMatcher packets, MemorySize size, QuotaConfig config) {
    return world().call(() -> add(name, TargetKind.PACKETS, packets, size, config));
  }

  /** Reserves memory that all virtual machines share that have no quota, under the name others. */
  public Quota reserveForOthers(MemorySize size) {
    return reserveForOthers(size, QuotaConfig.DEFAULT);
  }

  /**
   * Reserves memory that all virtual machines share that have no quota, under the name others.
   *
   * @throws IllegalArgumentException if that was done before
   * @throws IllegalStateException if the pool has not so much left
   */
  public Quota reserveForOthers(MemorySize size, QuotaConfig config) {
    return world().call(() -> add(OTHERS, TargetKind.OTHERS, null, size, config));
  }

  /** Reserves memory for code of your own, with the usual behaviour. */
  public Quota reserveForApplication(String name, MemorySize size) {
    return reserveForApplication(name, size, QuotaConfig.DEFAULT);
  }

  /**
   * Reserves memory for code of your own, which asks for it or stands behind {@link
   * Quota#inFrontOf}.
   *
   * @throws IllegalArgumentException if there is a quota of this name
   * @throws IllegalStateException if the pool has not so much left
   */
  public Quota reserveForApplication(String name, MemorySize size, QuotaConfig config) {
    return world().call(() -> add(name, TargetKind.APPLICATION, null, size, config));
  }

  /**
   * From now on drops as {@code NO_TARGET} what is for a virtual machine without a quota, as a host
   * does whose classifier knows no target for it; with false takes it again. A quota for others
   * comes first.
   */
  public void refuseOthers(boolean refuse) {
    world()
        .run(
            () -> {
              openGates();
              refusesOthers = refuse;
            });
  }

  /** Charges the whole memory of a monitor, for as long as it is registered. */
  public Quota chargeMonitor(String name, MemorySize size) {
    return world()
        .call(
            () -> {
              Quota quota = add(name, TargetKind.MONITOR, null, size, QuotaConfig.DEFAULT);
              quota.fill();
              return quota;
            });
  }

  private Quota add(
      String name,
      TargetKind kind,
      @Nullable PacketMatcher packets,
      MemorySize size,
      QuotaConfig config) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a quota needs a name, such as 'dns'");
    }
    Quota present = find(name);
    if (present != null) {
      throw new IllegalArgumentException(
          "host " + hostName() + " has a " + present + "; delete() it first, or change its limit");
    }
    take(size.bytes(), name);
    Quota quota = MemoryParts.of(world()).quota(this, name, kind, packets, size, config);
    quotas.add(quota);
    world().record(hostName(), EventKind.CREATED, "quota " + name, "limit " + size.bytes());
    if (kind.takesPackets()) {
      openGates();
      rulesChanged();
    }
    return quota;
  }

  private void openGates() {
    if (!gatesOpen) {
      gatesOpen = true;
      site.openGates(this);
    }
  }

  /** Takes so much out of what is not reserved; less than 0 gives it back. */
  void take(long bytes, String forWhom) {
    if (bytes > total - assigned) {
      throw new IllegalStateException(
          "host "
              + hostName()
              + " has "
              + (total - assigned)
              + " of "
              + MemorySize.text(total)
              + " of memory left, "
              + forWhom
              + " wants "
              + bytes
              + (assigned == 0
                  ? "; build it with more"
                  : "; delete() a quota, or lower its limit"));
    }
    assigned += bytes;
  }

  void give(long bytes) {
    assigned -= bytes;
  }

  /** A quota was deleted. */
  void remove(Quota quota) {
    quotas.remove(quota);
    rulesChanged();
    if (quota.kind() == TargetKind.PACKETS) {
      for (MemoryGate gate : gates) {
        gate.close(quota);
      }
    }
  }

  /** Who waits for memory that another target pays for now asks again, in the same order. */
  private void rulesChanged() {
    others = null;
    List<Quota> packets = new ArrayList<>();
    for (Quota quota : quotas) {
      if (quota.kind() == TargetKind.PACKETS) {
        packets.add(quota);
      } else if (quota.kind() == TargetKind.OTHERS) {
        others = quota;
      }
    }
    destinations = packets.toArray(new Quota[0]);
    for (MemoryGate gate : gates) {
      gate.setOwn(ownOf(gate));
    }
    for (Quota quota : quotas) {
      quota.askAgain();
    }
  }

  private @Nullable Quota ownOf(MemoryGate gate) {
    Quota own = find(gate.vm());
    return own != null && own.kind() == TargetKind.VIRTUAL_MACHINE ? own : null;
  }

  // ---- gates ----

  /**
   * Makes the gate in front of a virtual machine.
   *
   * @param account counts what the gate refuses
   */
  public MemoryGate newGate(String vm, Account account, HoldingReceiver stack) {
    MemoryGate gate = new MemoryGate(this, vm, account, stack);
    gates.add(gate);
    gate.setOwn(ownOf(gate));
    return gate;
  }

  /** A virtual machine is no more: nor is its quota. */
  public void vmRemoved(String vm) {
    MemoryGate removed = null;
    for (MemoryGate gate : gates) {
      if (gate.vm().equals(vm)) {
        removed = gate;
      }
    }
    if (removed != null) {
      gates.remove(removed);
      removed.shutDown();
      Quota own = ownOf(removed);
      if (own != null) {
        own.delete();
      }
    }
  }

  /**
   * A virtual machine leaves the host: its quota, with all that is in use of it and all that waits
   * for it, is the next pool's. What waits for memory of packet destinations stays behind, lost.
   *
   * @return null if it has none
   */
  public @Nullable Quota vmLeaves(String vm) {
    Quota own = null;
    for (MemoryGate gate : List.copyOf(gates)) {
      if (gate.vm().equals(vm)) {
        own = ownOf(gate);
        gates.remove(gate);
        gate.shutDown();
      }
    }
    if (own != null) {
      quotas.remove(own);
    }
    return own;
  }

  /**
   * Keeps memory for a virtual machine that is to come from another host.
   *
   * @throws IllegalStateException if there is not so much left
   */
  public void reserveForArrival(String vm, long bytes) {
    synchronized (world().whileOpen()) {
      take(bytes, vm);
    }
  }

  /** Keeps it no longer: the virtual machine comes now, or not at all. */
  public void arrivalIsOver(long bytes) {
    synchronized (world().whileOpen()) {
      give(bytes);
    }
  }

  /**
   * Takes over the quota of a virtual machine that has come from another host.
   *
   * @throws IllegalStateException if there is not so much memory left
   */
  public void vmArrived(Quota quota) {
    quota.moveTo(this);
    quotas.add(quota);
    openGates();
    rulesChanged();
  }

  /** The packet destination that a packet belongs to, null if to none; the matcher may throw. */
  @Nullable Quota destinationOf(Packet packet) {
    for (Quota quota : destinations) {
      PacketMatcher matcher = quota.matcher();
      if (matcher != null && matcher.matches(packet)) {
        return quota;
      }
    }
    return null;
  }

  boolean hasDestinations() {
    return destinations.length > 0;
  }

  @Nullable Quota others() {
    return others;
  }

  boolean refusesOthers() {
    return refusesOthers;
  }

  /** Such as {@code memory of h1: 1000 of 4000 bytes unassigned, [web, db]}. */
  @Override
  public String toString() {
    synchronized (world()) {
      return "memory of "
          + hostName()
          + (isUnlimited()
              ? ": unlimited, "
              : ": " + unassigned() + " of " + MemorySize.text(total) + " unassigned, ")
          + names();
    }
  }
}
