// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.lacp;

import dev.ringside.lacp.Lacpdu;
import dev.ringside.lacp.MuxState;
import dev.ringside.lacp.PortInformation;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What holds of every journal of a host and a switch that speak LACP over wires without delay. */
final class LacpLaws {

  private LacpLaws() {}

  /**
   * Data enters a cable only while its sender distributes there.
   *
   * @param host the name of the host, as the journal says it
   * @param network the name of the switch
   */
  static List<String> dataOnlyWhereDistributing(
      List<JournalEntry> journal, String host, String network) {
    Map<String, MuxState> states = new LinkedHashMap<>();
    List<String> violations = new ArrayList<>();
    for (JournalEntry entry : journal) {
      Event event = entry.event();
      Hop hop = entry.hop();
      if (event != null && event.kind() == EventKind.LACP_PORT) {
        states.put(
            entry.place() + " " + event.subjects().get(0),
            MuxState.valueOf(event.subjects().get(1)));
      } else if (hop != null && isDataOnWire(hop)) {
        String sender = (hop.detail().endsWith(" to network") ? host : network) + " " + hop.place();
        if (states.get(sender) != MuxState.DISTRIBUTING) {
          violations.add(entry + " from " + sender + ", which is " + states.get(sender));
        }
      }
    }
    return violations;
  }

  private static boolean isDataOnWire(Hop hop) {
    Packet packet = hop.packet();
    return hop.stage() == Stage.WIRE
        && hop.fate() == Hop.Fate.PASSED
        && !Lacpdu.isSlowProtocol(packet);
  }

  /** Ports take one step at a time up; down they may fall out at once. */
  static List<String> noStepIsLeftOut(List<JournalEntry> journal) {
    Map<String, MuxState> states = new LinkedHashMap<>();
    List<String> violations = new ArrayList<>();
    for (JournalEntry entry : journal) {
      Event event = entry.event();
      if (event != null && event.kind() == EventKind.LACP_PORT) {
        String port = entry.place() + " " + event.subjects().get(0);
        MuxState after = MuxState.valueOf(event.subjects().get(1));
        MuxState before = states.getOrDefault(port, MuxState.DETACHED);
        if (after.ordinal() > before.ordinal() + 1 || after == before) {
          violations.add(entry + " after " + before);
        }
        states.put(port, after);
      }
    }
    return violations;
  }

  /** All ports that carry traffic have one partner, under one key. */
  static List<String> onePartner(List<PortInformation> partners) {
    List<String> violations = new ArrayList<>();
    for (PortInformation partner : partners) {
      PortInformation first = partners.get(0);
      if (!partner.system().equals(first.system()) || partner.key() != first.key()) {
        violations.add(partner + " beside " + first);
      }
    }
    return violations;
  }
}
