// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * One VLAN tag of a packet (IEEE 802.1Q-2018, section 9.6).
 *
 * <pre>{@code
 * VlanTag inner = VlanTag.of(5);                                   // 802.1Q
 * VlanTag outer = new VlanTag(VlanTag.SERVICE_TAG, 3, false, 300); // 802.1ad, priority 3
 * }</pre>
 *
 * @param protocolId the tag protocol identifier, {@link #CUSTOMER_TAG} or {@link #SERVICE_TAG}
 * @param priority the priority code point, 0 to 7
 * @param dropEligible the drop eligible indicator
 * @param vlanId the VLAN identifier, 0 (priority tag only) to 4095
 */
public record VlanTag(int protocolId, int priority, boolean dropEligible, int vlanId) {

  /** The 802.1Q tag, 0x8100. */
  public static final int CUSTOMER_TAG = 0x8100;

  /** The 802.1ad outer tag, 0x88a8. */
  public static final int SERVICE_TAG = 0x88a8;

  /** The highest number that the 12 bits of a VLAN identifier hold. */
  public static final int MAX_VLAN_ID = 4095;

  /** The highest priority code point. */
  public static final int MAX_PRIORITY = 7;

  /** Checks the ranges. */
  public VlanTag {
    if (protocolId != CUSTOMER_TAG && protocolId != SERVICE_TAG) {
      throw new IllegalArgumentException(
          "VLAN tag protocol 0x" + Integer.toHexString(protocolId) + " is not 0x8100 or 0x88a8");
    }
    checkPriority(priority);
    checkVlanId(vlanId);
  }

  /** An 802.1Q tag of priority 0. */
  public static VlanTag of(int vlanId) {
    return new VlanTag(CUSTOMER_TAG, 0, false, vlanId);
  }

  /**
   * Returns the VLAN identifier if it is one.
   *
   * @throws IllegalArgumentException if it is not 0 to 4095
   */
  public static int checkVlanId(int vlanId) {
    if (vlanId < 0 || vlanId > MAX_VLAN_ID) {
      throw new IllegalArgumentException("VLAN " + vlanId + " is not in 0 to 4095");
    }
    return vlanId;
  }

  /**
   * Returns the priority if it is one.
   *
   * @throws IllegalArgumentException if it is not 0 to 7
   */
  public static int checkPriority(int priority) {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException("VLAN priority " + priority + " is not in 0 to 7");
    }
    return priority;
  }

  /**
   * The same tag for another VLAN.
   *
   * @throws IllegalArgumentException if it is not 0 to 4095
   */
  public VlanTag withVlanId(int vlan) {
    return new VlanTag(protocolId, priority, dropEligible, vlan);
  }

  /** The 16 bits that follow the tag protocol identifier on the wire. */
  public int controlInformation() {
    return priority << 13 | (dropEligible ? 0x1000 : 0) | vlanId;
  }

  /** Reads a tag from its two 16-bit halves. */
  static VlanTag read(int protocolId, int controlInformation) {
    return new VlanTag(
        protocolId,
        controlInformation >>> 13,
        (controlInformation & 0x1000) != 0,
        controlInformation & MAX_VLAN_ID);
  }
}
