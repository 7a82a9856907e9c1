// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

/**
 * Why a packet went no further. The list is closed: there is no silent drop.
 *
 * <pre>{@code
 * host.pnic("p0").account().dropped(DropReason.RING_FULL)
 * }</pre>
 */
public enum DropReason {
  /** A bounded queue had no slot left. */
  RING_FULL(true),
  /** No filter, classifier entry or port takes packets like this one; not meant for this device. */
  NO_MATCH(false),
  /** An entry or default of a flow table says so. */
  FLOW_RULE(false),
  /** A packet for no known target. */
  NO_TARGET(true),
  /** It has waited in vain for memory of its target, as long as packets of it may. */
  OVER_QUOTA(true),
  /** The packet is larger than the quota of its target can ever be. */
  OVER_QUOTA_FOREVER(true),
  /** The one it was for is gone. */
  TARGET_GONE(true),
  /** It was in, or on its way through, a NIC that failed, lost its link or was deactivated. */
  PNIC_FAILED(true),
  /** It came to, or was sent through, a NIC that stands by; its copy on the active one counts. */
  PNIC_INACTIVE(false),
  /** There is no way out of the host at this time. */
  NO_UPLINK(true),
  /** The aggregator has no active NIC. */
  NO_ACTIVE_PNIC(true),
  /** An attack that is being contained on the card. */
  CONTAINED(false),
  /** An attack that is being contained in software, because the card has no standby ring free. */
  CONTAINED_SW(false),
  /** Over the rate that its sender may use. */
  RATE_LIMITED(true),
  /** The time to live ran out. */
  TTL(true),
  /** No route leads to the destination. */
  NO_ROUTE(true),
  /** No station is known that could take it. */
  NO_PEER(true),
  /** Its headers contradict its bytes, or a checksum is wrong. */
  MALFORMED(true),
  /** Taken back by the one that sent it. */
  CANCELLED(true),
  /** A virtual function sent under an address that is not its own. */
  SPOOFED(true),
  /** A VLAN that the port or virtual function does not carry. */
  VLAN_FILTERED(false),
  /** The link of a wire, virtual function or virtual NIC is down. */
  LINK_DOWN(true),
  /** It came by a port that takes nothing, as both ends have not agreed, or no longer (LACP). */
  NOT_COLLECTING(true),
  /** The destination is behind the port that it came from, so a switch has nothing to do. */
  SAME_PORT(false),
  /** A fault that the test put on a wire has lost it. */
  LOST_ON_WIRE(true),
  /** Longer than the device can carry. */
  TOO_LONG(true);

  private final boolean loss;

  DropReason(boolean loss) {
    this.loss = loss;
  }

  /**
   * Whether somebody would miss the packet. False for what filters and switches do all day: they
   * drop what is not meant for them.
   */
  public boolean isLoss() {
    return loss;
  }
}
