// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * The EtherType values that the framework reads (IEEE registry).
 *
 * <pre>{@code
 * packet.etherType() == EtherType.IPV6
 * }</pre>
 */
public final class EtherType {

  /** IPv4, 0x0800. */
  public static final int IPV4 = 0x0800;

  /** ARP, 0x0806. */
  public static final int ARP = 0x0806;

  /** IPv6, 0x86dd. */
  public static final int IPV6 = 0x86dd;

  /** Below this the two bytes are an IEEE 802.3 length and no type. */
  public static final int LOWEST = 0x0600;

  private EtherType() {}
}
