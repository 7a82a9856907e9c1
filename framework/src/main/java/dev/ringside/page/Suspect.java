// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.Lab;
import dev.ringside.trace.Account;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure points at. A packet that its message tells of comes first, and where it was
 * dropped; then the devices that the first paragraph names; then, for lack of both, the last loss
 * that nobody expected.
 */
final class Suspect {

  private static final int DROPPED = 2;
  private static final int LOST = 3;

  private final Lab lab;
  private final Map<Long, JournalEntry> ends = new LinkedHashMap<>();

  /** Of each copy the first packet that it goes back to. */
  private final Map<Long, Long> families = new LinkedHashMap<>();

  private final List<Account> named;
  private final Faults faults;
  private @Nullable JournalEntry packet;
  private boolean told;

  Suspect(Lab lab, TestFailure failure) {
    this.lab = lab;
    this.faults = new Faults(lab);
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null) {
        ends.put(hop.packet().id(), entry);
        long original = hop.copiedFrom();
        if (original != 0) {
          families.put(hop.packet().id(), families.getOrDefault(original, original));
        }
      }
    }
    Mentions mentions = new Mentions(failure);
    this.named = mentions.devices(lab.ledger().accounts());
    choosePacket(mentions.packets());
  }

  private void choosePacket(List<Long> mentioned) {
    for (long id : mentioned) {
      JournalEntry end = lostOfFamily(id, ends.get(id));
      if (end != null && (packet == null || guilt(end) > guilt(packet))) {
        packet = end;
        told = true;
      }
    }
    if (packet == null) {
      for (JournalEntry end : ends.values()) {
        packet = packet == null || isBetter(end, packet) ? end : packet;
      }
    }
  }

  /** Where a packet was flooded, its copy that was lost; but not if the packet itself arrived. */
  private @Nullable JournalEntry lostOfFamily(long id, @Nullable JournalEntry own) {
    if (own == null || guilt(own) != DROPPED) {
      return own;
    }
    long family = families.getOrDefault(id, id);
    for (Map.Entry<Long, JournalEntry> other : ends.entrySet()) {
      long of = families.getOrDefault(other.getKey(), other.getKey());
      if (of == family && isLost(other.getValue())) {
        return other.getValue();
      }
    }
    return own;
  }

  /** Of packets that a message tells of: one lost, one dropped, one still under way. */
  private static int guilt(JournalEntry end) {
    Hop hop = end.hop();
    if (hop == null || hop.fate() == Hop.Fate.DELIVERED) {
      return 0;
    }
    return isLost(end) ? LOST : hop.fate() == Hop.Fate.DROPPED ? DROPPED : 1;
  }

  /**
   * Of packets that nobody speaks of: one that a device which is named has lost, one lost
   * unexpectedly, one under way, one lost, the last.
   */
  private boolean isBetter(JournalEntry end, JournalEntry than) {
    return rank(end) != rank(than) ? rank(end) > rank(than) : end.number() > than.number();
  }

  private int rank(JournalEntry end) {
    if (isLost(end)) {
      return isExpected(end) ? 1 : isAtNamed(end.hop()) ? 4 : 3;
    }
    return isUnderWay(end) ? 2 : 0;
  }

  static boolean isUnderWay(JournalEntry end) {
    Hop hop = end.hop();
    return hop != null && hop.fate() != Hop.Fate.DELIVERED && hop.fate() != Hop.Fate.DROPPED;
  }

  private boolean isExpected(JournalEntry end) {
    Hop hop = end.hop();
    if (hop == null || hop.reason() == null) {
      return true;
    }
    for (Account account : lab.ledger().accounts()) {
      if (account.stage() == hop.stage() && account.name().equals(hop.place())) {
        return account.expectsDrops(hop.reason()) || lab.ledger().expectsDrops(hop.reason());
      }
    }
    return lab.ledger().expectsDrops(hop.reason());
  }

  private static boolean isLost(JournalEntry end) {
    Hop hop = end.hop();
    return hop != null && hop.reason() != null && hop.reason().isLoss();
  }

  /** The last step of the packet in question; null in a lab in which no packet was traced. */
  @Nullable JournalEntry packetEnd() {
    return packet;
  }

  /** Whether the failure itself tells of that packet. */
  boolean isPacketTold() {
    return told;
  }

  /** Where the packet in question was dropped, null unless the cause seems to be there. */
  @Nullable Hop drop() {
    Hop hop = packet == null ? null : packet.hop();
    if (hop == null || hop.reason() == null) {
      return null;
    }
    boolean likely = hop.reason().isLoss() && (named.isEmpty() || isAtNamed(hop));
    return told || likely ? hop : null;
  }

  private boolean isAtNamed(@Nullable Hop hop) {
    return hop != null && isNamed(hop.stage(), hop.place());
  }

  private boolean isNamed(Stage stage, String place) {
    for (Account account : named) {
      if (account.stage() == stage && account.name().equals(place)) {
        return true;
      }
    }
    return false;
  }

  /** What is out of order in the lab. */
  Faults faults() {
    return faults;
  }

  /**
   * Whether what is out of order is rather the cause than the place where the packet ended: a
   * filter that refused what was not for it did its work.
   */
  boolean blamesFaults() {
    Hop drop = drop();
    boolean refused = drop != null && drop.reason() != null && !drop.reason().isLoss();
    return refused && !faults.isEmpty();
  }

  /** The devices that the failure names. */
  List<Account> named() {
    return named;
  }

  boolean isMarked(Stage stage, String place) {
    Hop drop = drop();
    if (drop != null) {
      return drop.stage() == stage && drop.place().equals(place);
    }
    return isNamed(stage, place);
  }

  /** The titles of the parts of the picture that are to be pointed out. */
  List<String> marks() {
    Parts parts = new Parts(lab);
    Hop drop = drop();
    if (drop != null) {
      List<String> marks = new ArrayList<>(parts.of(drop.stage(), drop.place()));
      if (blamesFaults()) {
        marks.addAll(0, faults.titles());
      }
      return marks;
    }
    Set<String> marks = new LinkedHashSet<>();
    for (Account account : named) {
      marks.addAll(parts.of(account.stage(), account.name()));
    }
    return List.copyOf(marks);
  }
}
