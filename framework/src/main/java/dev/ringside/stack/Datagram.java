// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Checksums;
import dev.ringside.packet.Packet;
import dev.ringside.ring.HeldMemory;
import dev.ringside.ring.PacketMemory;
import dev.ringside.world.Timer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A datagram of which some fragments have arrived; they are kept in the order of their bytes. */
final class Datagram {

  private static final int SHORTEST_FRAME = 60;
  private static final int DONT_FRAGMENT = 0x4000;

  private final Timer timer;
  private final List<Fragment> fragments = new ArrayList<>(4);
  private int bytes;
  private int size = -1;
  private @Nullable String abandonedWhy;
  private @Nullable HeldMemory memory;

  /**
   * Creates a datagram without bytes.
   *
   * @param timer ends the time that it has
   */
  Datagram(Timer timer) {
    this.timer = timer;
  }

  Timer timer() {
    return timer;
  }

  List<Fragment> fragments() {
    return Collections.unmodifiableList(fragments);
  }

  /** Keeps the memory of a fragment. */
  void hold(PacketMemory fragmentMemory, long bytes) {
    if (memory == null) {
      memory = new HeldMemory();
    }
    memory.add(fragmentMemory, bytes);
  }

  /** The memory of all fragments, whatever amount is given back; null if they take up none. */
  @Nullable PacketMemory memory() {
    HeldMemory all = memory;
    return all == null ? null : ignored -> all.freeOldest(Integer.MAX_VALUE);
  }

  /** Why nothing can become of it any more, null if something can. */
  @Nullable String abandonedWhy() {
    return abandonedWhy;
  }

  /** Forgets what it has and takes nothing more. */
  void abandon(String why) {
    abandonedWhy = why;
    fragments.clear();
  }

  /** Whether exactly this fragment is there already. */
  boolean has(Fragment fragment) {
    int place = placeOf(fragment);
    return place < fragments.size() && fragments.get(place).isSameAs(fragment);
  }

  /** What this fragment contradicts, null if it fits (RFC 5722). */
  @Nullable String conflict(Fragment fragment) {
    int place = placeOf(fragment);
    if (place > 0 && fragments.get(place - 1).end() > fragment.offset()) {
      return overlap(fragment, fragments.get(place - 1));
    }
    if (place < fragments.size() && fragments.get(place).offset() < fragment.end()) {
      return overlap(fragment, fragments.get(place));
    }
    int highest = fragments.isEmpty() ? 0 : fragments.get(fragments.size() - 1).end();
    boolean behindTheEnd = size >= 0 && fragment.end() > size;
    boolean endsTooEarly = !fragment.more() && fragment.end() < highest;
    return behindTheEnd || endsTooEarly
        ? "fragments "
            + fragment
            + " and "
            + fragments.get(fragments.size() - 1)
            + " disagree on the end"
        : null;
  }

  private static String overlap(Fragment fragment, Fragment other) {
    return "fragment " + fragment + " overlaps " + other;
  }

  /** Takes a fragment that is not there and fits. */
  void add(Fragment fragment) {
    fragments.add(placeOf(fragment), fragment);
    bytes += fragment.length();
    if (!fragment.more()) {
      size = fragment.end();
    }
  }

  /** Where in the list the fragment belongs: behind all that start earlier. */
  private int placeOf(Fragment fragment) {
    int place = fragments.size();
    while (place > 0 && fragments.get(place - 1).offset() >= fragment.offset()) {
      place--;
    }
    return place;
  }

  boolean isComplete() {
    return bytes == size;
  }

  /** How many bytes the frame will have with the whole in it. */
  int frameLength() {
    return Math.max(SHORTEST_FRAME, fragments.get(0).headEnd() + size);
  }

  /** The whole; its headers are those of the first fragment, as if it had never been cut. */
  Packet assemble() {
    Fragment first = fragments.get(0);
    byte[] frame = new byte[frameLength()];
    copy(first, 0, frame, 0, first.headEnd());
    for (Fragment part : fragments) {
      copy(part, part.dataAt(), frame, first.headEnd() + part.offset(), part.length());
    }
    int network = first.packet().networkOffset();
    int total = first.headEnd() - network + size;
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    if (first.packet().ipVersion() == 4) {
      int flags = first.packet().unsignedShortAt(network + 6) & DONT_FRAGMENT;
      buffer.putShort(network + 2, (short) total);
      buffer.putShort(network + 6, (short) flags);
      buffer.putShort(network + 10, (short) Checksums.ipv4Header(frame, network));
    } else {
      int saidAt = Ipv6HeaderPlace.fragmentHeader(first.packet()).saidAt();
      buffer.putShort(network + 4, (short) (total - Ipv6HeaderPlace.BYTES));
      frame[saidAt] = (byte) first.packet().unsignedByteAt(first.headEnd());
    }
    return Packet.of(frame);
  }

  private static void copy(Fragment from, int at, byte[] target, int targetAt, int length) {
    byte[] source = from.packet().toByteArray();
    System.arraycopy(source, at, target, targetAt, length);
  }
}
