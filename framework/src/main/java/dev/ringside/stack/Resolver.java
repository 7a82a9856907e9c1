// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.stack.NeighbourCache.Neighbour;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Finds out MAC addresses by ARP (RFC 826) and neighbour solicitation (RFC 4861): three requests,
 * one second apart, then the packets that wait are dropped as {@code NO_PEER}.
 */
final class Resolver {

  static final int MAX_REQUESTS = 3;
  static final long RETRY_NANOS = 1_000_000_000L;

  private static final String NO_ROOM =
      "packets wait for "
          + NeighbourCache.MAX_NEIGHBOURS
          + " of at most "
          + NeighbourCache.MAX_NEIGHBOURS
          + " neighbours";

  private final World world;
  private final Account account;
  private final PacketSink out;
  private final Answers answers;
  private final NeighbourCache cache = new NeighbourCache();

  Resolver(World world, Answers answers, Account account, PacketSink out) {
    this.world = world;
    this.account = account;
    this.out = out;
    this.answers = answers;
  }

  int waiting() {
    return cache.waiting();
  }

  @Nullable MacAddress find(IpAddress ip) {
    return cache.find(ip);
  }

  /** Keeps a packet until its neighbour is known. */
  void resolve(IpAddress ip, Packet packet) {
    Neighbour neighbour = cache.getOrCreate(ip);
    if (neighbour == null) {
      world.dropped(account, packet, DropReason.RING_FULL, NO_ROOM);
    } else if (!neighbour.waiting.offer(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, neighbour.waiting);
    } else if (neighbour.retry == null) {
      neighbour.requests = 0;
      request(neighbour);
    }
  }

  private void request(Neighbour neighbour) {
    if (neighbour.requests == MAX_REQUESTS) {
      giveUp(neighbour);
      return;
    }
    neighbour.requests++;
    neighbour.retry = world.schedule(RETRY_NANOS, () -> request(neighbour));
    out.accept(world.inject(account, answers.requestFor(neighbour.ip)));
  }

  private void giveUp(Neighbour neighbour) {
    neighbour.retry = null;
    String why = "no answer from " + neighbour.ip + " to " + MAX_REQUESTS + " requests";
    for (Packet p = neighbour.waiting.poll(); p != null; p = neighbour.waiting.poll()) {
      world.dropped(account, p, DropReason.NO_PEER, why);
    }
    cache.forget(neighbour.ip);
  }

  /** Notes where a neighbour is, and sends what has waited for it. */
  void learn(IpAddress ip, MacAddress mac, boolean create) {
    Neighbour neighbour = create ? cache.getOrCreate(ip) : cache.get(ip);
    if (neighbour == null) {
      return;
    }
    neighbour.mac = mac;
    if (neighbour.retry != null) {
      neighbour.retry.cancel();
      neighbour.retry = null;
    }
    for (Packet p = neighbour.waiting.poll(); p != null; p = neighbour.waiting.poll()) {
      out.accept(p.withDestinationMac(mac));
    }
  }
}
