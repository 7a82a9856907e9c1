// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.packet.MacAddress;

/** Decides what a guest may change of its virtual function, and counts what it may not. */
final class FunctionRequests {

  private final FunctionSettings settings;
  private final FrameFilter filter;
  private long refused;

  FunctionRequests(FunctionSettings settings, FrameFilter filter) {
    this.settings = settings;
    this.filter = filter;
  }

  long refused() {
    return refused;
  }

  boolean mac(MacAddress mac) {
    boolean usable = !mac.isMulticast() && mac.bits() != 0;
    boolean allowed = usable && (settings.trusted || !settings.macSetByHost);
    if (allowed) {
      settings.changeMac(mac, filter);
    }
    return answer(allowed);
  }

  boolean promiscuous(boolean on) {
    boolean allowed = settings.trusted || !on;
    if (allowed) {
      filter.setPromiscuous(on);
    }
    return answer(allowed);
  }

  boolean allMulticast(boolean on) {
    boolean allowed = settings.trusted || !on;
    if (allowed) {
      filter.setAllMulticast(on);
    }
    return answer(allowed);
  }

  boolean join(MacAddress group) {
    boolean room =
        settings.trusted
            || filter.groupCount() < VirtualFunction.MAX_UNTRUSTED_GROUPS
            || filter.hasGroup(group.bits());
    boolean allowed = room && group.isMulticast();
    if (allowed) {
      filter.addGroup(group.bits());
    }
    return answer(allowed);
  }

  /** Ends what only trust allows; a changed address stays. */
  void withdrawTrust() {
    filter.setPromiscuous(false);
    filter.setAllMulticast(false);
    filter.keepGroups(VirtualFunction.MAX_UNTRUSTED_GROUPS);
  }

  private boolean answer(boolean allowed) {
    if (!allowed) {
      refused++;
    }
    return allowed;
  }
}
