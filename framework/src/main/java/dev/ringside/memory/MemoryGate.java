// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.Packet;
import dev.ringside.ring.HoldingReceiver;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a virtual machine's stack and lets a packet in when its target has memory for
 * it. It keeps none but those of packet destinations, which have rings of their own here.
 *
 * <pre>
 *   its rings --&gt; gate +-- packet destination --&gt; its ring --&gt; room? --+--&gt; stack
 *                      +-- own quota or that for others ------&gt; room? --+
 *                      +-- no quota -------------------------------------'
 *                      `-- no quota, and others are refused --&gt; NO_TARGET
 * </pre>
 *
 * <pre>{@code
 * vnic.connectGuest(pool.newGate("web", stack.account(), stack));
 * }</pre>
 */
public final class MemoryGate implements Receiver {

  private final MemoryPool pool;
  private final World world;
  private final String vm;
  private final Account account;
  private final HoldingReceiver stack;
  private final List<TargetRing> rings = new ArrayList<>(0);
  private @Nullable Quota own;

  // What is known of the packet that was asked about last.
  private @Nullable Packet decided;
  private @Nullable Quota destination;
  private @Nullable Throwable failure;

  MemoryGate(MemoryPool pool, String vm, Account account, HoldingReceiver stack) {
    this.pool = pool;
    this.world = pool.world();
    this.vm = vm;
    this.account = account;
    this.stack = stack;
  }

  /** The virtual machine that it stands in front of. */
  public String vm() {
    return vm;
  }

  void setOwn(@Nullable Quota quota) {
    own = quota;
    decided = null;
  }

  // ---- packets ----

  @Override
  public boolean isReady() {
    return stack.isReady();
  }

  @Override
  public boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return stack.isReady() && hasRoomFor(packet, queue);
  }

  @Override
  public boolean hasRoomFor(Packet packet) {
    return hasRoomFor(packet, null);
  }

  private boolean hasRoomFor(Packet packet, @Nullable PacketQueue queue) {
    if (pool.hasDestinations() && isForDestination(packet)) {
      return true;
    }
    Quota quota = own == null ? pool.others() : own;
    return quota == null || quota.hasRoomFor(packet.length(), queue);
  }

  @Override
  public void accept(Packet packet) {
    if (pool.hasDestinations() && isForDestination(packet)) {
      toDestination(packet);
      return;
    }
    Quota quota = own == null ? pool.others() : own;
    if (quota != null) {
      charge(packet, quota);
    } else if (pool.refusesOthers()) {
      refuse(packet, DropReason.NO_TARGET, vm + " has no quota");
    } else {
      stack.accept(packet);
    }
  }

  private void charge(Packet packet, Quota quota) {
    int length = packet.length();
    if (quota.take(length)) {
      stack.accept(packet, quota.memory());
    } else {
      DropReason reason =
          quota.neverFits(length) ? DropReason.OVER_QUOTA_FOREVER : DropReason.OVER_QUOTA;
      refuse(packet, reason, quota.tooMuch(length));
    }
  }

  private void refuse(Packet packet, DropReason reason, Object why) {
    account.addReceived();
    world.dropped(account, packet, reason, why);
  }

  // ---- packet destinations ----

  private boolean isForDestination(Packet packet) {
    if (decided != packet) {
      decided = packet;
      destination = null;
      failure = null;
      try {
        destination = pool.destinationOf(packet);
      } catch (RuntimeException | AssertionError e) {
        failure = e;
      }
    }
    return destination != null || failure != null;
  }

  private void toDestination(Packet packet) {
    Throwable thrown = failure;
    Quota quota = destination;
    decided = null;
    if (quota != null) {
      ringOf(quota).arrive(packet);
    } else if (thrown != null) {
      refuse(packet, DropReason.MALFORMED, thrown);
      if (thrown instanceof AssertionError) {
        world.remember(thrown);
      }
    }
  }

  private TargetRing ringOf(Quota quota) {
    TargetRing ring = ring(quota);
    if (ring == null) {
      ring = new TargetRing(quota, vm + "/" + quota.name(), pool.hostName(), stack);
      rings.add(ring);
    }
    return ring;
  }

  /** The ring of a packet destination; null if it has none yet. */
  @Nullable TargetRing ring(Quota quota) {
    for (TargetRing ring : rings) {
      if (ring.quota() == quota) {
        return ring;
      }
    }
    return null;
  }

  // ---- control ----

  /** The virtual machine takes packets again: what waits here is older than what comes. */
  public void guestReady() {
    for (TargetRing ring : rings) {
      ring.guestReady();
    }
  }

  /** A packet destination is no more: what waits for its memory is lost. */
  void close(Quota quota) {
    TargetRing ring = ring(quota);
    if (ring != null) {
      rings.remove(ring);
      ring.clear("quota " + quota.name() + " was deleted");
    }
  }

  /** The virtual machine is no more. */
  void shutDown() {
    for (TargetRing ring : rings) {
      ring.clear(vm + " is gone");
    }
    rings.clear();
  }

  @Override
  public String toString() {
    return "memory gate of " + vm;
  }
}
