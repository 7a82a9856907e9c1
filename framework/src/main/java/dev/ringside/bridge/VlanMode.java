// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import dev.ringside.packet.VlanTag;
import org.jspecify.annotations.Nullable;

/**
 * Which VLANs a switch port carries, and which of them without a tag (IEEE 802.1Q).
 *
 * <pre>{@code
 * VlanMode.access(100);            // untagged frames of VLAN 100 only
 * VlanMode.trunk(1, 100, 200);     // 100 and 200 tagged, 1 untagged
 * VlanMode.transparent();          // every VLAN; untagged frames are VLAN 1
 * }</pre>
 */
public final class VlanMode {

  /** The VLAN of untagged frames unless told otherwise. */
  public static final int DEFAULT_NATIVE = 1;

  private static final VlanMode TRANSPARENT = new VlanMode(false, DEFAULT_NATIVE, null);

  private final boolean access;
  private final int nativeVlan;
  private final int @Nullable [] allowed;

  private VlanMode(boolean access, int nativeVlan, int @Nullable [] allowed) {
    this.access = access;
    this.nativeVlan = nativeVlan;
    this.allowed = allowed;
  }

  /** Carries one VLAN, untagged. */
  public static VlanMode access(int vlan) {
    return new VlanMode(true, checkUsable(vlan), new int[] {vlan});
  }

  /** Carries the native VLAN untagged and the others tagged. */
  public static VlanMode trunk(int nativeVlan, int... tagged) {
    int[] allowed = new int[tagged.length + 1];
    allowed[0] = checkUsable(nativeVlan);
    for (int i = 0; i < tagged.length; i++) {
      allowed[i + 1] = checkUsable(tagged[i]);
    }
    return new VlanMode(false, nativeVlan, allowed);
  }

  /** Carries every VLAN; untagged frames belong to VLAN 1. */
  public static VlanMode transparent() {
    return TRANSPARENT;
  }

  private static int checkUsable(int vlan) {
    if (vlan < 1 || vlan >= VlanTag.MAX_VLAN_ID) {
      throw new IllegalArgumentException(
          "VLAN " + vlan + " of a switch port is not in 1 to 4094 (0 and 4095 are reserved)");
    }
    return vlan;
  }

  /** Whether tagged frames are refused. */
  public boolean isAccess() {
    return access;
  }

  /** Whether every VLAN passes. */
  public boolean isTransparent() {
    return allowed == null;
  }

  /** The VLAN of untagged frames. */
  public int nativeVlan() {
    return nativeVlan;
  }

  /** Whether frames of this VLAN may pass. */
  public boolean carries(int vlan) {
    if (allowed == null) {
      return true;
    }
    for (int each : allowed) {
      if (each == vlan) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    if (allowed == null) {
      return "all vlans, native " + nativeVlan;
    }
    if (access) {
      return "access vlan " + nativeVlan;
    }
    StringBuilder text = new StringBuilder("trunk, native ").append(nativeVlan);
    for (int i = 1; i < allowed.length; i++) {
      text.append(i == 1 ? ", tagged " : " ").append(allowed[i]);
    }
    return text.toString();
  }
}
