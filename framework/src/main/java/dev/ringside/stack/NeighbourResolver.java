// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.ArpSpec;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.stack.NeighbourCache.Neighbour;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out MAC addresses by ARP (RFC 826) and neighbour solicitation (RFC 4861): three requests,
 * one second apart, then the packets that wait are dropped as {@code NO_PEER}.
 *
 * <p>At most 64 packets wait for one neighbour, and at most 1,024 neighbours are known or asked
 * for. What is known does not age; announcements change it.
 *
 * <pre>{@code
 * MacAddress mac = resolver.find(nextHop);
 * if (mac == null) {
 *   resolver.resolve(nextHop, packet); // which is sent when the answer comes
 * }
 * }</pre>
 */
public final class NeighbourResolver {

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
  private final Seeker seeker;
  private final NeighbourCache cache = new NeighbourCache();

  /**
   * Creates a resolver that knows nobody.
   *
   * @param account that of the device, in which the packets that wait are
   */
  public NeighbourResolver(World world, Account account, Seeker seeker) {
    this.world = world;
    this.account = account;
    this.seeker = seeker;
  }

  /** How many packets wait for an answer. */
  public int waiting() {
    return cache.waiting();
  }

  /** The MAC address of a neighbour, null if it is not known. */
  public @Nullable MacAddress find(IpAddress ip) {
    return cache.find(ip);
  }

  /**
   * The neighbours that are known or asked for, in the order in which they were met, as {@code
   * 192.0.2.7 lladdr 02:00:5e:10:00:0b REACHABLE} and {@code 192.0.2.9 INCOMPLETE}.
   */
  public List<String> lines() {
    return cache.lines();
  }

  /** Keeps a packet until its neighbour is known. */
  public void resolve(IpAddress ip, Packet packet) {
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
    seeker.send(world.inject(account, seeker.requestFor(neighbour.ip)));
  }

  private void giveUp(Neighbour neighbour) {
    neighbour.retry = null;
    cache.forget(neighbour.ip);
    String why = "no answer from " + neighbour.ip + " to " + MAX_REQUESTS + " requests";
    for (Packet p = neighbour.waiting.poll(); p != null; p = neighbour.waiting.poll()) {
      world.dropped(account, p, DropReason.NO_PEER, why);
      seeker.notFound(neighbour.ip, p);
    }
  }

  /**
   * Notes where a neighbour is, and sends what has waited for it.
   *
   * @param create whether one that was neither known nor asked for is noted as well
   */
  public void learn(IpAddress ip, MacAddress mac, boolean create) {
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
      seeker.send(p.withDestinationMac(mac));
    }
  }

  // ---- what is heard ----

  /** Somebody asks for an address by ARP, or tells theirs: learns from it, and answers. */
  public void heardArp(Packet packet) {
    int at = packet.networkOffset();
    Ipv4Address sender = new Ipv4Address(packet.intAt(at + 14));
    Ipv4Address target = new Ipv4Address(packet.intAt(at + 24));
    boolean asked = seeker.answersFor(target);
    if (sender.bits() != 0 && !seeker.isOwn(sender)) {
      learn(sender, Answers.senderMac(packet), asked);
    }
    if (asked && packet.arpOperation() == ArpSpec.REQUEST) {
      seeker.send(world.inject(account, seeker.answerTo(packet, target)));
    }
  }

  /** Whether a packet is a neighbour solicitation or advertisement. */
  public static boolean isNeighbourDiscovery(Packet packet) {
    int type = packet.is(IpProtocol.ICMPV6) ? packet.icmpType() : Packet.NONE;
    return type == NeighbourMessage.SOLICITATION || type == NeighbourMessage.ADVERTISEMENT;
  }

  /** As {@link #heardArp}, for neighbour discovery; what it must ignore it ignores. */
  public void heardNeighbourDiscovery(Packet packet) {
    NeighbourMessage message = NeighbourMessage.read(packet);
    if (message == null) {
      return;
    }
    MacAddress mac = message.mac();
    if (packet.icmpType() == NeighbourMessage.ADVERTISEMENT) {
      if (mac != null && !seeker.isOwn(message.target())) {
        learn(message.target(), mac, false);
      }
    } else if (seeker.answersFor(message.target())) {
      if (mac != null && packet.sourceIp() instanceof Ipv6Address asking) {
        learn(asking, mac, true);
      }
      seeker.send(world.inject(account, seeker.answerTo(packet, message.target())));
    }
  }

  /** Forgets all neighbours, and drops what waits for them: the one who looks for them is gone. */
  public void end(String why) {
    for (Neighbour neighbour : cache.clear()) {
      if (neighbour.retry != null) {
        neighbour.retry.cancel();
      }
      for (Packet p = neighbour.waiting.poll(); p != null; p = neighbour.waiting.poll()) {
        world.dropped(account, p, DropReason.TARGET_GONE, why);
      }
    }
  }

  /**
   * Who looks for neighbours.
   *
   * <pre>{@code
   * class Port implements NeighbourResolver.Seeker { ... }
   * }</pre>
   */
  public interface Seeker {

    /** Whether this is one of its own addresses. */
    boolean isOwn(IpAddress ip);

    /** Whether it says its MAC address to who asks for this one; for its own, unless it says. */
    default boolean answersFor(IpAddress ip) {
      return isOwn(ip);
    }

    /** The answer to an ARP request or neighbour solicitation for this address. */
    Packet answerTo(Packet question, IpAddress asked);

    /** The question for the MAC address of a neighbour. */
    Packet requestFor(IpAddress neighbour);

    /** Sends a question, an answer, or a packet that has waited; it is in the ledger already. */
    void send(Packet packet);

    /** There was no answer, and this packet, which has waited for it, was dropped. */
    default void notFound(IpAddress neighbour, Packet packet) {}
  }
}
