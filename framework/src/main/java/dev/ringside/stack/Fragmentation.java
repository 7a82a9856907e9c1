// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Checksums;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts IP packets that are too long for a link into fragments (RFC 791, section 3.2; RFC 8200,
 * section 4.5). Each is a frame of its own, with the Ethernet header and VLAN tags of the packet.
 *
 * <p>IPv6 fragments need an identification that packets do not have, and IPv4 packets may have 0,
 * which specifications use where nothing is said. It is then computed from the bytes of the packet:
 * the same in every run, and different packets on their way do not get mixed up.
 *
 * <pre>{@code
 * for (Packet fragment : Fragmentation.split(packet, 1_400)) { ... }
 * }</pre>
 */
public final class Fragmentation {

  private static final int SHORTEST_FRAME = 60;
  private static final int UNIT = 8;
  private static final int MAX_DATAGRAM = 65_535;
  private static final int IPV4_BYTES = 20;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET_MASK = 0x1fff;
  private static final int COPIED_OPTION = 0x80;
  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;

  private final Packet packet;
  private final byte[] frame;
  private final int network;
  private final byte[] firstHead;
  private final byte[] laterHead;
  private final int dataAt;
  private final int baseOffset;
  private final boolean moreFollow;

  private Fragmentation(Packet packet) {
    this.packet = packet;
    this.frame = packet.toByteArray();
    this.network = packet.networkOffset();
    if (packet.ipVersion() == 4) {
      int said = packet.unsignedShortAt(network + 6);
      dataAt = network + ipv4HeaderLength(packet);
      firstHead = withIdentification(Arrays.copyOf(frame, dataAt));
      laterHead = withCopiedOptions();
      baseOffset = (said & OFFSET_MASK) * UNIT;
      moreFollow = (said & MORE_FRAGMENTS) != 0;
    } else if (packet.isFragment()) {
      int header = Ipv6HeaderPlace.fragmentHeader(packet).at();
      int said = packet.unsignedShortAt(header + 2);
      dataAt = header + Ipv6HeaderPlace.FRAGMENT_BYTES;
      firstHead = Arrays.copyOf(frame, dataAt);
      laterHead = firstHead;
      baseOffset = said & ~7;
      moreFollow = (said & 1) != 0;
    } else {
      Ipv6HeaderPlace cut = Ipv6HeaderPlace.fragmentablePart(packet);
      dataAt = cut.at();
      firstHead = withFragmentHeader(cut);
      laterHead = firstHead;
      baseOffset = 0;
      moreFollow = false;
    }
  }

  /**
   * Cuts a packet, which may itself be a fragment.
   *
   * <p>It comes back alone, as it is, if it fits, if it says not to fragment it, or if it cannot be
   * cut: because it is not IP or malformed, or because its headers leave no room.
   *
   * @param mtu the longest IP packet that fits, in bytes
   */
  public static List<Packet> split(Packet packet, int mtu) {
    boolean fits = packet.endOffset() - packet.networkOffset() <= mtu;
    if (fits || packet.ipVersion() == 0 || packet.isMalformed() || isDontFragment(packet)) {
      return List.of(packet);
    }
    Fragmentation fragmentation = new Fragmentation(packet);
    return fragmentation.isPossible(mtu) ? fragmentation.split(mtu) : List.of(packet);
  }

  private static boolean isDontFragment(Packet packet) {
    return packet.ipVersion() == 4
        && (packet.unsignedShortAt(packet.networkOffset() + 6) & DONT_FRAGMENT) != 0;
  }

  private static int ipv4HeaderLength(Packet packet) {
    return (packet.unsignedByteAt(packet.networkOffset()) & 0xf) * 4;
  }

  private boolean isPossible(int mtu) {
    return mtu - (firstHead.length - network) >= UNIT
        && baseOffset + packet.endOffset() - dataAt <= MAX_DATAGRAM;
  }

  private List<Packet> split(int mtu) {
    List<Packet> fragments = new ArrayList<>();
    int end = packet.endOffset();
    int from = dataAt;
    while (from < end) {
      byte[] head = from == dataAt ? firstHead : laterHead;
      int room = mtu - (head.length - network);
      int length = end - from <= room ? end - from : room / UNIT * UNIT;
      fragments.add(fragment(head, from, length));
      from += length;
    }
    return fragments;
  }

  private Packet fragment(byte[] head, int from, int length) {
    byte[] bytes = new byte[Math.max(head.length + length, SHORTEST_FRAME)];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(frame, from, bytes, head.length, length);
    int offset = baseOffset + from - dataAt;
    boolean more = moreFollow || from + length < packet.endOffset();
    int total = head.length - network + length;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (packet.ipVersion() == 4) {
      buffer.putShort(network + 2, (short) total);
      buffer.putShort(network + 6, (short) ((offset / UNIT) | (more ? MORE_FRAGMENTS : 0)));
      buffer.putShort(network + 10, (short) Checksums.ipv4Header(bytes, network));
    } else {
      int header = head.length - Ipv6HeaderPlace.FRAGMENT_BYTES;
      buffer.putShort(network + 4, (short) (total - Ipv6HeaderPlace.BYTES));
      buffer.putShort(header + 2, (short) (offset | (more ? 1 : 0)));
    }
    return Packet.of(bytes);
  }

  // ---- headers ----

  private byte[] withIdentification(byte[] head) {
    if (packet.unsignedShortAt(network + 4) == 0 && !packet.isFragment()) {
      int hash = hash();
      ByteBuffer.wrap(head)
          .putShort(network + 4, (short) Math.max(1, (hash ^ (hash >>> 16)) & 0xffff));
    }
    return head;
  }

  /** The header for all fragments but the first, which keep only some options (RFC 791, 3.1). */
  private byte[] withCopiedOptions() {
    byte[] head = firstHead.clone();
    int to = network + IPV4_BYTES;
    int at = to;
    while (at < dataAt && frame[at] != END_OF_OPTIONS) {
      int length = optionLength(at);
      if (length == 0) {
        break; // what cannot be read is not copied
      }
      if ((frame[at] & COPIED_OPTION) != 0) {
        System.arraycopy(frame, at, head, to, length);
        to += length;
      }
      at += length;
    }
    int words = (to - network + 3) / 4;
    Arrays.fill(head, to, dataAt, (byte) END_OF_OPTIONS);
    head[network] = (byte) (0x40 | words);
    return Arrays.copyOf(head, network + words * 4);
  }

  /** How long the IPv4 option at this place is, 0 if that is not to be read. */
  private int optionLength(int at) {
    if (frame[at] == NO_OPERATION) {
      return 1;
    }
    int length = at + 1 < dataAt ? frame[at + 1] & 0xff : 0;
    return length >= 2 && at + length <= dataAt ? length : 0;
  }

  private byte[] withFragmentHeader(Ipv6HeaderPlace cut) {
    byte[] head = Arrays.copyOf(frame, cut.at() + Ipv6HeaderPlace.FRAGMENT_BYTES);
    Arrays.fill(head, cut.at(), head.length, (byte) 0);
    head[cut.at()] = head[cut.saidAt()];
    head[cut.saidAt()] = IpProtocol.FRAGMENT;
    ByteBuffer.wrap(head).putInt(cut.at() + 4, hash());
    return head;
  }

  /** FNV-1a over the IP packet. */
  private int hash() {
    int hash = 0x811c_9dc5;
    for (int at = network; at < packet.endOffset(); at++) {
      hash = (hash ^ (frame[at] & 0xff)) * 0x0100_0193;
    }
    return hash;
  }
}
