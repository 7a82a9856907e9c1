// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values by prefix, found by the longest prefix that an address is in (RFC 1812, section 5.2.4.3).
 *
 * <pre>{@code
 * PrefixTable<String> table = new PrefixTable<>();
 * table.put(IpPrefix.of("0.0.0.0/0"), "far");
 * table.put(IpPrefix.of("192.0.2.0/24"), "near");
 * table.find(IpAddress.of("192.0.2.7")); // "near"
 * }</pre>
 *
 * <p>Both IP versions have their place; an address of one is never in a prefix of the other. A
 * look-up takes at most as many steps as the longest prefix has bits, and allocates nothing.
 *
 * @param <V> what is found
 */
public final class PrefixTable<V> {

  private @Nullable Node<V> ipv4;
  private @Nullable Node<V> ipv6;
  private int size;

  /** An empty table. */
  public PrefixTable() {}

  /** How many prefixes it has. */
  public int size() {
    return size;
  }

  /** Whether it has no prefix. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of the longest prefix that the address is in, null if it is in none. */
  public @Nullable V find(IpAddress address) {
    return address instanceof Ipv4Address v4
        ? findIpv4(v4.bits())
        : findIpv6(((Ipv6Address) address).high(), ((Ipv6Address) address).low());
  }

  /** As {@link #find}, for the IP destination of a packet; null if the packet is not IP. */
  public @Nullable V findDestination(Packet packet) {
    int at = packet.networkOffset();
    return switch (packet.ipVersion()) {
      case 4 -> findIpv4(packet.intAt(at + 16));
      case 6 -> findIpv6(packet.longAt(at + 24), packet.longAt(at + 32));
      default -> null;
    };
  }

  private @Nullable V findIpv4(int bits) {
    return longest(ipv4, (long) bits << 32, 0);
  }

  private @Nullable V findIpv6(long high, long low) {
    return longest(ipv6, high, low);
  }

  private static <V> @Nullable V longest(@Nullable Node<V> root, long high, long low) {
    V best = null;
    for (Node<V> node = root; node != null && node.contains(high, low); ) {
      best = node.value == null ? best : node.value;
      node = node.child(high, low);
    }
    return best;
  }

  /** The value of exactly this prefix, null if it has none. */
  public @Nullable V get(IpPrefix prefix) {
    long high = high(prefix);
    long low = low(prefix);
    Node<V> node = isIpv4(prefix) ? ipv4 : ipv6;
    while (node != null && node.length < prefix.length() && node.contains(high, low)) {
      node = node.child(high, low);
    }
    return node != null && node.is(high, low, prefix.length()) ? node.value : null;
  }

  /**
   * Gives a prefix a value.
   *
   * @return the value that it had, null if none
   */
  public @Nullable V put(IpPrefix prefix, V value) {
    Node<V> added = new Node<>(high(prefix), low(prefix), prefix.length());
    added.value = value;
    V former = get(prefix);
    if (isIpv4(prefix)) {
      ipv4 = with(ipv4, added);
    } else {
      ipv6 = with(ipv6, added);
    }
    size += former == null ? 1 : 0;
    return former;
  }

  private static <V> Node<V> with(@Nullable Node<V> node, Node<V> added) {
    if (node == null) {
      return added;
    }
    int common = node.commonBits(added);
    if (common < node.length) {
      return join(node, added, common);
    }
    if (added.length == node.length) {
      node.value = added.value;
    } else {
      node.setChild(added, with(node.child(added.high, added.low), added));
    }
    return node;
  }

  /** Two that part after so many bits, the first of which has more. */
  private static <V> Node<V> join(Node<V> node, Node<V> added, int common) {
    if (common == added.length) {
      added.setChild(node, node);
      return added;
    }
    Node<V> fork = new Node<>(added.high, added.low, common);
    fork.setChild(node, node);
    fork.setChild(added, added);
    return fork;
  }

  /**
   * Takes a prefix out.
   *
   * @return the value that it had, null if none
   */
  public @Nullable V remove(IpPrefix prefix) {
    V former = get(prefix);
    if (former != null) {
      size--;
      if (isIpv4(prefix)) {
        ipv4 = without(ipv4, high(prefix), low(prefix), prefix.length());
      } else {
        ipv6 = without(ipv6, high(prefix), low(prefix), prefix.length());
      }
    }
    return former;
  }

  private static <V> @Nullable Node<V> without(
      @Nullable Node<V> node, long high, long low, int length) {
    if (node == null) {
      return null;
    }
    if (node.length == length) {
      node.value = null;
    } else {
      node.setChild(high, low, without(node.child(high, low), high, low, length));
    }
    return node.simplified();
  }

  /** The values by prefix: IPv4 before IPv6, lower addresses and shorter prefixes first. */
  public List<V> values() {
    List<V> values = new ArrayList<>(size);
    collect(ipv4, values);
    collect(ipv6, values);
    return values;
  }

  private static <V> void collect(@Nullable Node<V> node, List<V> values) {
    if (node != null) {
      if (node.value != null) {
        values.add(node.value);
      }
      collect(node.zero, values);
      collect(node.one, values);
    }
  }

  private static boolean isIpv4(IpPrefix prefix) {
    return prefix.network() instanceof Ipv4Address;
  }

  private static long high(IpPrefix prefix) {
    return prefix.network() instanceof Ipv4Address v4
        ? (long) v4.bits() << 32
        : ((Ipv6Address) prefix.network()).high();
  }

  private static long low(IpPrefix prefix) {
    return prefix.network() instanceof Ipv6Address v6 ? v6.low() : 0;
  }

  /** All prefixes below have these first bits; IPv4 addresses stand in the upper half of high. */
  private static final class Node<V> {
    private final long high;
    private final long low;
    private final int length;
    private @Nullable V value;
    private @Nullable Node<V> zero;
    private @Nullable Node<V> one;

    Node(long high, long low, int length) {
      this.high = high;
      this.low = low;
      this.length = length;
    }

    boolean contains(long otherHigh, long otherLow) {
      return ((high ^ otherHigh) & IpPrefix.longMask(length)) == 0
          && ((low ^ otherLow) & IpPrefix.longMask(length - 64)) == 0;
    }

    boolean is(long otherHigh, long otherLow, int otherLength) {
      return length == otherLength && contains(otherHigh, otherLow);
    }

    /** How many of the first bits are the same in both. */
    int commonBits(Node<V> other) {
      int same = Long.numberOfLeadingZeros(high ^ other.high);
      if (same == 64) {
        same += Long.numberOfLeadingZeros(low ^ other.low);
      }
      return Math.min(same, Math.min(length, other.length));
    }

    private boolean isOne(long otherHigh, long otherLow) {
      long bits = length < 64 ? otherHigh << length : otherLow << length; // shifts count modulo 64
      return length < 128 && bits < 0;
    }

    @Nullable Node<V> child(long otherHigh, long otherLow) {
      return isOne(otherHigh, otherLow) ? one : zero;
    }

    void setChild(Node<V> direction, @Nullable Node<V> child) {
      setChild(direction.high, direction.low, child);
    }

    void setChild(long otherHigh, long otherLow, @Nullable Node<V> child) {
      if (isOne(otherHigh, otherLow)) {
        one = child;
      } else {
        zero = child;
      }
    }

    /** Itself, or what is left of it if it only stood above one other or none. */
    @Nullable Node<V> simplified() {
      if (value != null || (zero != null && one != null)) {
        return this;
      }
      return zero == null ? one : zero;
    }
  }
}
