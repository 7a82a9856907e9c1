// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * Whose memory a quota is.
 *
 * <pre>{@code
 * host.memory().quota("web").kind() == TargetKind.VIRTUAL_MACHINE
 * }</pre>
 */
public enum TargetKind {
  /** A virtual machine: whatever comes to it and belongs to no packet destination. */
  VIRTUAL_MACHINE,
  /**
   * Packets that match, whichever virtual machine they are for: a service, a zone, a connection.
   */
  PACKETS,
  /** Whatever has no quota of its own. */
  OTHERS,
  /** An application, such as a consumer of contained packets or one that asks by itself. */
  APPLICATION,
  /** A monitor, whose user memory is charged as a whole when it is registered. */
  MONITOR;

  /** Whether packets that come to virtual machines may be charged to it. */
  boolean takesPackets() {
    return this != APPLICATION && this != MONITOR;
  }
}
