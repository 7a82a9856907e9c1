// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import java.util.Locale;

/** Numbers and names as a page says them. */
final class Words {

  private static final int GROUP = 3;

  private Words() {}

  /** With the thousands apart: {@code 1,500 ns}. */
  static String nanos(long nanos) {
    return number(nanos) + " ns";
  }

  static String number(long number) {
    StringBuilder text = new StringBuilder(Long.toString(number));
    for (int at = text.length() - GROUP; at > (number < 0 ? 1 : 0); at -= GROUP) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /** What to say before the name of a place, for the name not to be said twice. */
  static String kind(Stage stage, String name) {
    String words = stage(stage);
    return words.equals(name) || words.endsWith(" " + name)
        ? words.substring(0, words.length() - name.length())
        : words + " ";
  }

  /** A kind of place in small letters: {@code receive ring}. */
  static String stage(Stage stage) {
    return switch (stage) {
      case PNIC -> "PNIC";
      case VNIC -> "VNIC";
      case PROXY_VNIC -> "proxy VNIC";
      default -> stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /** What happened at a step: {@code dropped, RING_FULL: ring p0/rx3 has 256 of 256 ...}. */
  static String fate(Hop hop) {
    String fate = hop.fate().name().toLowerCase(Locale.ROOT);
    String reason = hop.reason() == null ? "" : ", " + hop.reason();
    String detail = hop.detail().strip();
    return fate + reason + (detail.isEmpty() ? "" : ": " + detail);
  }

  /** What a reason means, for those who meet it for the first time. */
  static String meaning(DropReason reason) {
    return switch (reason) {
      case RING_FULL -> "a bounded queue had no slot left: its consumer is slower than the traffic";
      case NO_MATCH -> "no filter, entry or port takes such packets here";
      case FLOW_RULE -> "an entry or the default of a flow table says so";
      case NO_TARGET -> "nothing is known that it could be for";
      case OVER_QUOTA -> "it has waited too long for memory of its target";
      case OVER_QUOTA_FOREVER -> "it is larger than its target's quota can ever be";
      case TARGET_GONE -> "the one that it was for is gone";
      case PNIC_FAILED -> "the NIC has failed, lost its link or was deactivated";
      case PNIC_INACTIVE -> "the NIC stands by; the copy on the active one counts";
      case NO_UPLINK -> "there is no way out of the host at this time";
      case NO_ACTIVE_PNIC -> "the aggregator has no active NIC";
      case CONTAINED -> "it belongs to an attack that is contained on the card";
      case CONTAINED_SW -> "it belongs to an attack that is contained in software";
      case RATE_LIMITED -> "its sender is over its rate";
      case TTL -> "its time to live ran out: look for a loop";
      case NO_ROUTE -> "no route leads to its destination";
      case NO_PEER -> "nobody has that address, or nobody answers for it";
      case MALFORMED -> "its headers contradict its bytes, or a checksum is wrong";
      case CANCELLED -> "its sender has taken it back";
      case SPOOFED -> "a virtual function sent under an address that is not its own";
      case VLAN_FILTERED -> "the port or virtual function does not carry this VLAN";
      case LINK_DOWN -> "the link is down";
      case NOT_COLLECTING -> "the two ends of the link have not agreed (LACP)";
      case SAME_PORT -> "its destination is where it came from";
      case LOST_ON_WIRE -> "a fault that the test put on the wire has lost it";
      case TOO_LONG -> "it is longer than the device can carry";
    };
  }
}
