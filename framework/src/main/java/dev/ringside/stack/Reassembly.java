// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Packet;
import dev.ringside.ring.PacketMemory;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of IP datagrams together, in whatever order they come (RFC 791, section 3.2;
 * RFC 8200, section 4.5).
 *
 * <pre>
 *   fragment --&gt; sound? --&gt; new datagram? --&gt; there already? --&gt; fits? --&gt; kept --&gt; all there? --&gt; whole
 *                  no          64 already         yes            overlaps             timeout
 *                  |           |                  |              |                    |
 *               MALFORMED   oldest: RING_FULL   delivered     all: MALFORMED        all: TTL
 * </pre>
 *
 * <p>A copy of a fragment changes nothing and counts as delivered. Fragments that contradict each
 * other end their datagram, and what arrives of it until its time is over (RFC 5722).
 *
 * <p>Not modelled: the ICMP message that the time was exceeded; congestion marks of fragments that
 * differ from those of the first.
 */
final class Reassembly {

  /** How many datagrams are put together at a time; the one begun first makes room. */
  static final int MAX_DATAGRAMS = 64;

  /** How long IPv4 fragments wait for the others, as on Linux. */
  static final long IPV4_TIMEOUT_NANOS = 30_000_000_000L;

  /** How long IPv6 fragments wait for the others (RFC 8200, 4.5). */
  static final long IPV6_TIMEOUT_NANOS = 60_000_000_000L;

  private final World world;
  private final Account account;
  private final Map<Fragment.Key, Datagram> datagrams = new LinkedHashMap<>();
  private int held;
  private boolean keepsMemory;
  private @Nullable PacketMemory memoryOfWhole;

  /**
   * Creates one without fragments.
   *
   * @param account where the fates of fragments are counted; that they were received is already
   */
  Reassembly(World world, Account account) {
    this.world = world;
    this.account = account;
  }

  /** How many fragments wait for others. */
  int live() {
    return held;
  }

  /**
   * Takes a well-formed packet that is a fragment.
   *
   * @param memory what the packet takes up, null if it takes up none
   * @param bytes how much of it
   * @return the whole, if this was the last one missing, with its id; its fate is the caller's to
   *     tell, that of all others is told
   */
  @Nullable Packet add(Packet packet, @Nullable PacketMemory memory, long bytes) {
    keepsMemory = false;
    memoryOfWhole = null;
    Fragment fragment = Fragment.of(packet);
    String fault = fragment.fault();
    if (fault != null) {
      drop(fragment, DropReason.MALFORMED, fault);
      return null;
    }
    Datagram datagram = findOrBegin(fragment);
    if (datagram.abandonedWhy() != null) {
      drop(fragment, DropReason.MALFORMED, datagram.abandonedWhy());
    } else if (datagram.has(fragment)) {
      world.delivered(account, packet);
    } else {
      return add(fragment, datagram, memory, bytes);
    }
    return null;
  }

  /** Whether the memory of the last packet is kept, for as long as it waits or with the whole. */
  boolean keepsMemory() {
    return keepsMemory;
  }

  /** The memory of all fragments of the whole that was completed last, null if there is none. */
  @Nullable PacketMemory memoryOfWhole() {
    return memoryOfWhole;
  }

  private @Nullable Packet add(
      Fragment fragment, Datagram datagram, @Nullable PacketMemory memory, long bytes) {
    String conflict = datagram.conflict(fragment);
    if (conflict != null) {
      dropAll(datagram, DropReason.MALFORMED, conflict);
      drop(fragment, DropReason.MALFORMED, conflict);
      datagram.abandon(conflict);
      return null;
    }
    datagram.add(fragment);
    held++;
    if (memory != null) {
      keepsMemory = true;
      datagram.hold(memory, bytes);
    }
    return datagram.isComplete() ? finish(fragment, datagram) : null;
  }

  private Datagram findOrBegin(Fragment fragment) {
    Datagram datagram = datagrams.get(fragment.datagram());
    if (datagram == null) {
      makeRoom();
      datagram = new Datagram(startTimer(fragment));
      datagrams.put(fragment.datagram(), datagram);
    }
    return datagram;
  }

  private void makeRoom() {
    if (datagrams.size() == MAX_DATAGRAMS) {
      Map.Entry<Fragment.Key, Datagram> oldest = datagrams.entrySet().iterator().next();
      String why = MAX_DATAGRAMS + " of " + MAX_DATAGRAMS + " datagrams are being put together";
      dropAll(oldest.getValue(), DropReason.RING_FULL, why);
      end(oldest.getKey(), oldest.getValue());
    }
  }

  private Timer startTimer(Fragment fragment) {
    boolean v4 = fragment.packet().ipVersion() == 4;
    Fragment.Key key = fragment.datagram();
    return world.schedule(v4 ? IPV4_TIMEOUT_NANOS : IPV6_TIMEOUT_NANOS, () -> expire(key));
  }

  private void expire(Fragment.Key key) {
    Datagram datagram = datagrams.remove(key);
    if (datagram != null) {
      dropAll(datagram, DropReason.TTL, "fragment reassembly time exceeded");
    }
  }

  /** The last missing fragment has come. */
  private @Nullable Packet finish(Fragment last, Datagram datagram) {
    end(last.datagram(), datagram);
    if (datagram.frameLength() > Packet.MAX_BYTES) {
      String why = "a frame of " + datagram.frameLength() + " bytes exceeds " + Packet.MAX_BYTES;
      dropAll(datagram, DropReason.TOO_LONG, why);
      return null;
    }
    for (Fragment part : datagram.fragments()) {
      if (part.offset() != last.offset()) {
        world.delivered(account, part.packet());
      }
    }
    held -= datagram.fragments().size();
    memoryOfWhole = datagram.memory();
    Packet whole = datagram.assemble().withId(last.packet().id());
    if (world.isTracing()) {
      world.passed(
          account, whole, "put together from " + datagram.fragments().size() + " fragments");
    }
    return whole;
  }

  private void end(Fragment.Key key, Datagram datagram) {
    datagram.timer().cancel();
    datagrams.remove(key);
  }

  private void dropAll(Datagram datagram, DropReason reason, String why) {
    for (Fragment part : datagram.fragments()) {
      drop(part, reason, why);
    }
    held -= datagram.fragments().size();
    PacketMemory memory = datagram.memory();
    if (memory != null) {
      memory.free(0);
    }
  }

  private void drop(Fragment fragment, DropReason reason, String why) {
    world.dropped(account, fragment.packet(), reason, why);
  }
}
