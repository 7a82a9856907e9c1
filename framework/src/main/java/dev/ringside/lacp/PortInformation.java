// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.packet.MacAddress;

/**
 * What one end of a link tells of itself, or of the other end, in a LACPDU.
 *
 * <pre>{@code
 * PortInformation partner = host.lacp().host().port("p0").partner();
 * partner.system();               // the switch
 * partner.has(LacpFlag.EXPIRED);  // whether the switch has ceased to hear us
 * }</pre>
 *
 * @param systemPriority 0 to 65535; the lower, the more its system decides
 * @param system the address of the system
 * @param key 0 to 65535; ports of a system with equal keys may share an aggregate
 * @param portPriority 0 to 65535; the lower, the earlier its port is chosen
 * @param port the number of the port, unique in its system
 * @param state an octet of {@link LacpFlag}s
 */
public record PortInformation(
    int systemPriority, MacAddress system, int key, int portPriority, int port, int state) {

  /** What is known of a partner that was never heard. */
  public static final PortInformation NONE = new PortInformation(0, MacAddress.ZERO, 0, 0, 0, 0);

  /** Whether a bit of the state is set. */
  public boolean has(LacpFlag flag) {
    return (state & flag.bit()) != 0;
  }

  /** The same with another bit of the state. */
  public PortInformation with(LacpFlag flag, boolean set) {
    int newState = set ? state | flag.bit() : state & ~flag.bit();
    return new PortInformation(systemPriority, system, key, portPriority, port, newState);
  }

  /** Whether both mean the same port of the same aggregate; what it does now does not matter. */
  public boolean isSamePort(PortInformation other) {
    return systemId() == other.systemId()
        && key == other.key
        && portId() == other.portId()
        && has(LacpFlag.AGGREGATION) == other.has(LacpFlag.AGGREGATION);
  }

  /** Whether its system was ever heard. */
  boolean isKnown() {
    return system.bits() != 0;
  }

  /** Priority and address in one unsigned number. */
  long systemId() {
    return (long) systemPriority << 48 | system.bits();
  }

  /** Priority and number in one. */
  int portId() {
    return portPriority << 16 | port;
  }

  /** The bits of the state in words. */
  public String flags() {
    StringBuilder text = new StringBuilder();
    for (LacpFlag flag : LacpFlag.values()) {
      if (has(flag)) {
        text.append(text.isEmpty() ? "" : " ").append(flag);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "system "
        + systemPriority
        + " "
        + system
        + ", key "
        + key
        + ", port "
        + portPriority
        + " "
        + port
        + " ("
        + flags()
        + ")";
  }
}
