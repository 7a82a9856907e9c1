// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Ledger;
import dev.ringside.trace.Trace;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a message can draw on besides the device that it is about: the lab's journal and seed.
 *
 * <pre>{@code
 * Evidence.of(nic.world()).eventsAbout("p0")
 * }</pre>
 *
 * @param journal the journal, null if none is known
 * @param seed the seed, null if none is known
 */
public record Evidence(@Nullable Journal journal, @Nullable Seed seed) {

  private static final Evidence NONE = new Evidence(null, null);

  /** How many events about a device a message shows. */
  private static final int EVENTS_SHOWN = 8;

  /** What this world tells. */
  public static Evidence of(World world) {
    return new Evidence(world.journal(), world.seed());
  }

  /** What this journal tells. */
  public static Evidence of(@Nullable Journal journal) {
    return journal == null ? NONE : new Evidence(journal, journal.seed());
  }

  /** What the journal of this ledger tells. */
  public static Evidence of(Ledger ledger) {
    return of(ledger.journal());
  }

  /** What the journal of this account tells. */
  public static Evidence of(Account account) {
    return of(account.journal());
  }

  /** What this trace tells. */
  public static Evidence of(Trace trace) {
    return new Evidence(null, trace.seed());
  }

  /** Nothing. */
  public static Evidence none() {
    return NONE;
  }

  /** The last events whose subjects, or what is told in addition, are among these names. */
  public List<JournalEntry> eventsAbout(String... names) {
    List<String> wanted = List.of(names);
    List<JournalEntry> found = new ArrayList<>();
    for (JournalEntry entry : entries()) {
      if (entry.event() != null
          && (wanted.contains(entry.detail())
              || entry.event().subjects().stream().anyMatch(wanted::contains))) {
        found.add(entry);
      }
    }
    return found.subList(Math.max(0, found.size() - EVENTS_SHOWN), found.size());
  }

  /**
   * Where a packet went that somebody waits for: one that was lost before one that was delivered
   * elsewhere, and one for that receiver before others.
   *
   * @param wanted what it looks like at any step of its way
   * @param receiver who waits for it, null if that is not known
   * @param arrived packets that need no explanation
   * @return its way, null if there is none
   */
  public @Nullable Trace wayOf(
      Predicate<Packet> wanted, @Nullable Endpoint receiver, List<Packet> arrived) {
    Set<Long> candidates = new LinkedHashSet<>();
    for (JournalEntry entry : entries()) {
      if (entry.hop() != null && wanted.test(entry.hop().packet())) {
        candidates.add(entry.hop().packet().id());
      }
    }
    removeFamilies(candidates, arrived);
    Hop best = null;
    for (Hop end : endsOf(candidates)) {
      best = best == null || rank(end, receiver) < rank(best, receiver) ? end : best;
    }
    return best == null ? null : lineOf(best.packet());
  }

  /** Where one copy of a packet has arrived, nobody misses the others. */
  private void removeFamilies(Set<Long> candidates, List<Packet> arrived) {
    Map<Long, Long> families = new LinkedHashMap<>();
    for (JournalEntry entry : entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.copiedFrom() != 0) {
        long original = hop.copiedFrom();
        families.put(hop.packet().id(), families.getOrDefault(original, original));
      }
    }
    Set<Long> there = new LinkedHashSet<>();
    for (Packet packet : arrived) {
      there.add(families.getOrDefault(packet.id(), packet.id()));
    }
    candidates.removeIf(id -> there.contains(families.getOrDefault(id, id)));
  }

  /** The way of the first packet that was dropped at this place for one of these reasons. */
  public @Nullable Trace wayOfDropped(String place, Predicate<DropReason> reasons) {
    for (JournalEntry entry : entries()) {
      Hop hop = entry.hop();
      if (hop != null
          && hop.reason() != null
          && (place.isEmpty() || hop.place().equals(place))
          && reasons.test(hop.reason())) {
        return lineOf(hop.packet());
      }
    }
    return null;
  }

  private List<Hop> endsOf(Set<Long> packets) {
    List<JournalEntry> hops = new ArrayList<>();
    for (JournalEntry entry : entries()) {
      if (entry.hop() != null && packets.contains(entry.hop().packet().id())) {
        hops.add(entry);
      }
    }
    return new Trace(0, hops, seed).ends();
  }

  private @Nullable Trace lineOf(Packet packet) {
    return journal == null ? null : journal.trace(packet).lineOf(packet.id());
  }

  private static int rank(Hop end, @Nullable Endpoint receiver) {
    boolean addressed =
        receiver != null && end.packet().destinationMacBits() == receiver.mac().bits();
    return (addressed ? 0 : 5) + rank(end);
  }

  private static int rank(Hop end) {
    DropReason reason = end.reason();
    if (reason != null) {
      return reason.isLoss() ? 0 : reason == DropReason.PNIC_INACTIVE ? 4 : 3;
    }
    return end.fate() == Hop.Fate.DELIVERED ? 2 : 1;
  }

  private List<JournalEntry> entries() {
    return journal == null ? List.of() : journal.entries();
  }
}
