// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/** What a {@link PacketSpec} says about one VLAN tag; {@link Packet#NONE} stands for anything. */
record TagPattern(int protocolId, int priority, int dropEligible, int vlanId) {

  static TagPattern vlan(int vlanId) {
    return new TagPattern(Packet.NONE, Packet.NONE, Packet.NONE, VlanTag.checkVlanId(vlanId));
  }

  static TagPattern exactly(VlanTag tag) {
    return new TagPattern(
        tag.protocolId(), tag.priority(), tag.dropEligible() ? 1 : 0, tag.vlanId());
  }

  TagPattern withPriority(int newPriority) {
    return new TagPattern(protocolId, VlanTag.checkPriority(newPriority), dropEligible, vlanId);
  }

  TagPattern withVlanId(int newVlanId) {
    return new TagPattern(protocolId, priority, dropEligible, VlanTag.checkVlanId(newVlanId));
  }

  boolean accepts(VlanTag tag) {
    return accepts(protocolId, tag.protocolId())
        && accepts(priority, tag.priority())
        && accepts(dropEligible, tag.dropEligible() ? 1 : 0)
        && accepts(vlanId, tag.vlanId());
  }

  private static boolean accepts(int expected, int actual) {
    return expected == Packet.NONE || expected == actual;
  }

  /** The tag to send. */
  VlanTag toTag() {
    return new VlanTag(
        protocolId == Packet.NONE ? VlanTag.CUSTOMER_TAG : protocolId,
        Math.max(priority, 0),
        dropEligible == 1,
        Math.max(vlanId, 0));
  }

  static TagPattern anyWithPriority(int priority) {
    return new TagPattern(Packet.NONE, VlanTag.checkPriority(priority), Packet.NONE, Packet.NONE);
  }

  void appendTo(StringBuilder text) {
    String separator = "";
    if (vlanId != Packet.NONE) {
      text.append("vlan ").append(vlanId);
      separator = " ";
    }
    if (priority > 0 || (priority == 0 && vlanId == Packet.NONE)) {
      text.append(separator).append("priority ").append(priority);
    }
    if (dropEligible == 1) {
      text.append(" drop eligible");
    }
    if (protocolId == VlanTag.SERVICE_TAG) {
      text.append(" (802.1ad)");
    }
  }
}
