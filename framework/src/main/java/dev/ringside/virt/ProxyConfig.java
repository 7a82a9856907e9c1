// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

/**
 * How the virtual machines of a host reach each other by proxies.
 *
 * <pre>{@code
 * lab.host("h1").vms("web", "db").proxies(ProxyConfig.DEFAULT.withCapacity(4));
 * }</pre>
 *
 * @param capacity the most packets in each channel, 0 or more
 * @param whenFull what becomes of a packet for a full channel
 * @param linkProtection whether packets are dropped as SPOOFED that a virtual machine sends under
 *     an address which was not announced as its own
 */
public record ProxyConfig(int capacity, WhenFull whenFull, boolean linkProtection) {

  /** 256 packets in each channel, senders wait, and links are protected. */
  public static final ProxyConfig DEFAULT = new ProxyConfig(256, WhenFull.WAIT, true);

  /** Checks the capacity. */
  public ProxyConfig {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "capacity " + capacity + " of a channel must not be negative");
    }
  }

  /** With so many packets in each channel. */
  public ProxyConfig withCapacity(int newCapacity) {
    return new ProxyConfig(newCapacity, whenFull, linkProtection);
  }

  /** With this fate of packets for a full channel. */
  public ProxyConfig withWhenFull(WhenFull newWhenFull) {
    return new ProxyConfig(capacity, newWhenFull, linkProtection);
  }

  /** With or without a check of the address that a packet is sent under. */
  public ProxyConfig withLinkProtection(boolean on) {
    return new ProxyConfig(capacity, whenFull, on);
  }
}
