// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.routing;

import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a subnet, of which each is given to one station at a time.
 *
 * <pre>{@code
 * AddressPool pool = lab.subnet("A").pool();
 * IpAddress ip = pool.allocate(); // the lowest that is free, null if none is
 * pool.release(ip);
 * }</pre>
 *
 * <p>Never given: the network address (which in IPv6 is that of all routers) and the broadcast
 * address. Subnets of one or two IPv4 addresses have neither (RFC 3021). Addresses of IPv6 come
 * from the lowest 2<sup>63</sup> of the subnet; others can be reserved.
 */
public class AddressPool {

  private final IpPrefix prefix;
  private final long first;
  private final long last;
  private final Set<IpAddress> used = new LinkedHashSet<>();
  private final TreeSet<Long> freed = new TreeSet<>();

  /** No address of this offset or above was ever allocated. */
  private long next;

  /** A pool of which no address is used. */
  public AddressPool(IpPrefix prefix) {
    this.prefix = prefix;
    int bits = prefix.network().version() == 4 ? 32 : 128;
    int hostBits = bits - prefix.length();
    boolean tiny = hostBits < 2;
    long size = hostBits > 62 ? Long.MAX_VALUE : 1L << hostBits;
    this.first = tiny ? 0 : 1;
    this.last = size - 1 - (prefix.broadcast() == null ? 0 : 1);
    this.next = first;
  }

  /** The subnet. */
  public IpPrefix prefix() {
    return prefix;
  }

  /** Takes the lowest address that is free; null if none is. */
  public synchronized @Nullable IpAddress allocate() {
    Long lowest = freed.pollFirst();
    while (lowest == null && next <= last) {
      long candidate = next++;
      if (!used.contains(at(candidate))) {
        lowest = candidate;
      }
    }
    if (lowest == null) {
      return null;
    }
    IpAddress ip = at(lowest);
    used.add(ip);
    return ip;
  }

  /** Takes this address; false if it is used or none of the pool. */
  public synchronized boolean reserve(IpAddress ip) {
    if (!isUsable(ip) || !used.add(ip)) {
      return false;
    }
    freed.remove(offset(ip));
    return true;
  }

  /** Gives an address back; false if it was not used. */
  public synchronized boolean release(IpAddress ip) {
    if (!used.remove(ip)) {
      return false;
    }
    long offset = offset(ip);
    if (offset >= 0 && offset < next) {
      freed.add(offset);
    }
    return true;
  }

  /** Whether an address is in use. */
  public synchronized boolean isUsed(IpAddress ip) {
    return used.contains(ip);
  }

  /** How many addresses are in use. */
  public synchronized int used() {
    return used.size();
  }

  /** Whether a station of the subnet can have the address, be it in use or not. */
  public boolean isUsable(IpAddress ip) {
    boolean network = first == 1 && ip.equals(prefix.network());
    return prefix.contains(ip) && !network && !prefix.isBroadcast(ip);
  }

  /** The lowest address that a station can have: that of the gateway, unless another is said. */
  IpAddress lowest() {
    return at(first);
  }

  private IpAddress at(long offset) {
    return prefix.network() instanceof Ipv4Address v4
        ? new Ipv4Address(v4.bits() + (int) offset)
        : at((Ipv6Address) prefix.network(), offset);
  }

  private static IpAddress at(Ipv6Address network, long offset) {
    return new Ipv6Address(network.high(), network.low() + offset);
  }

  /** Minus one for an address that is never allocated, only reserved. */
  private long offset(IpAddress ip) {
    if (ip instanceof Ipv4Address v4) {
      return Integer.toUnsignedLong(v4.bits() - ((Ipv4Address) prefix.network()).bits());
    }
    Ipv6Address v6 = (Ipv6Address) ip;
    Ipv6Address network = (Ipv6Address) prefix.network();
    long offset = v6.low() - network.low();
    return v6.high() == network.high() && offset >= 0 ? offset : -1;
  }

  @Override
  public String toString() {
    return "addresses of " + prefix + ", " + used() + " used";
  }
}
