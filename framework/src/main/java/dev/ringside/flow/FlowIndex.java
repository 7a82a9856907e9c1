// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.HeaderKey;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table: its entries, so that a packet's is found without asking all of them, and
 * its default.
 *
 * <p>Tuple space search (Srinivasan, Suri, Varghese, "Packet Classification using Tuple Space
 * Search", 1999): rows that look at the same bits share a hash table, and a packet is looked up in
 * each. The tables are in the order of their first entries, so that the search ends where no
 * earlier entry can be found. Functions and mirrors have to be asked one after the other: those
 * that come before the entry that was found, and no others, just as in a walk from entry to entry.
 */
final class FlowIndex {

  private static final FlowTuple[] NO_TUPLES = {};
  private static final AskedEntry[] NOBODY = {};

  /** Walks that began before this version look at the previous one. */
  final long version;

  @Nullable FlowIndex previous;
  @Nullable End otherwise;
  private FlowTuple[] tuples = NO_TUPLES;
  private int tupleCount;
  private AskedEntry[] asked = NOBODY;
  private int words;

  /** What all rows want of the number that tells most packets apart; may be less than they do. */
  private long commonMask;

  private long commonValue;

  FlowIndex(long version) {
    this.version = version;
  }

  FlowIndex copy(long newVersion) {
    FlowIndex copy = new FlowIndex(newVersion);
    copy.previous = this;
    copy.otherwise = otherwise;
    copy.asked = asked;
    copy.words = words;
    copy.commonMask = commonMask;
    copy.commonValue = commonValue;
    copy.tuples = Arrays.copyOf(tuples, tupleCount);
    copy.tupleCount = tupleCount;
    for (int i = 0; i < tupleCount; i++) {
      copy.tuples[i] = tuples[i].copy();
    }
    return copy;
  }

  // ---- looking up ----

  /** Whether one look at a packet says that no entry matches; nobody is asked. */
  boolean refuses(Packet packet) {
    return commonMask != 0
        && asked.length == 0
        && (HeaderKey.summary(packet) & commonMask) != commonValue;
  }

  /** Whether entries are only looked up: there are no functions and no mirrors. */
  boolean asksNobody() {
    return asked.length == 0;
  }

  /** The first entry that matches and is no mirror; null if there is none, or a matcher failed. */
  @Nullable FlowEntry find(Packet packet, FlowDecision decision) {
    long[] key = decision.key(packet, words);
    FlowEntry found =
        tupleCount == 1
            ? tuples[0].find(packet, key, Long.MAX_VALUE, false)
            : findInAll(packet, key);
    return asked.length == 0 ? found : ask(packet, decision, key, found);
  }

  private @Nullable FlowEntry findInAll(Packet packet, long[] key) {
    FlowEntry found = null;
    long place = Long.MAX_VALUE;
    for (int i = 0; i < tupleCount; i++) {
      FlowTuple tuple = tuples[i];
      if (tuple.lowestPlace() >= place) {
        break;
      }
      FlowEntry nearer = tuple.find(packet, key, place, true);
      if (nearer != null) {
        found = nearer;
        place = nearer.place();
      }
    }
    return found;
  }

  /** Asks those that come before the entry that was found. */
  private @Nullable FlowEntry ask(
      Packet packet, FlowDecision decision, long[] key, @Nullable FlowEntry found) {
    long place = found == null ? Long.MAX_VALUE : found.place();
    for (AskedEntry each : asked) {
      FlowEntry entry = each.entry();
      if (entry.place() >= place) {
        break;
      }
      boolean matches =
          each.match() == null ? decision.asks(entry, packet) : each.match().matches(packet, key);
      if (decision.hasFailed()) {
        return null;
      }
      if (matches && !entry.isMirror()) {
        return entry;
      }
      if (matches) {
        entry.hit();
        decision.addMirror(entry);
      }
    }
    return found;
  }

  // ---- changing it ----

  void add(FlowEntry entry, @Nullable HeaderMatch match) {
    if (match == null || entry.isMirror()) {
      addAsked(new AskedEntry(entry, match));
      words |= match == null ? 0 : HeaderKey.ALL;
      return;
    }
    for (int row = 0; row < match.rows(); row++) {
      noteCommon(match.mask(row, HeaderKey.SUMMARY), match.value(row, HeaderKey.SUMMARY));
      words |= match.hasChecks(row) ? HeaderKey.ALL : 0;
      int at = tupleFor(match, row);
      tuples[at].add(entry, match, row);
      moveUp(at);
    }
  }

  /** Keeps what the new row wants as all others do. */
  private void noteCommon(long mask, long value) {
    commonMask = tupleCount == 0 ? mask : commonMask & mask & ~(commonValue ^ value);
    commonValue = value & commonMask;
  }

  private void addAsked(AskedEntry added) {
    int at = asked.length;
    while (at > 0 && asked[at - 1].entry().place() > added.entry().place()) {
      at--;
    }
    AskedEntry[] more = Arrays.copyOf(asked, asked.length + 1);
    System.arraycopy(asked, at, more, at + 1, asked.length - at);
    more[at] = added;
    asked = more;
  }

  private int tupleFor(HeaderMatch match, int row) {
    int found = find(match, row);
    if (found >= 0) {
      return found;
    }
    if (tupleCount == tuples.length) {
      tuples = Arrays.copyOf(tuples, Math.max(4, 2 * tupleCount));
    }
    FlowTuple tuple = new FlowTuple(match, row);
    words |= tuple.wordBits();
    tuples[tupleCount] = tuple;
    return tupleCount++;
  }

  private int find(HeaderMatch match, int row) {
    for (int i = 0; i < tupleCount; i++) {
      if (tuples[i].isFor(match, row)) {
        return i;
      }
    }
    return -1;
  }

  /** Keeps the order of the tuples after an entry was added to one. */
  private void moveUp(int from) {
    FlowTuple moved = tuples[from];
    int at = from;
    while (at > 0 && tuples[at - 1].lowestPlace() > moved.lowestPlace()) {
      tuples[at] = tuples[at - 1];
      at--;
    }
    tuples[at] = moved;
  }

  @SuppressWarnings("NullAway") // slots behind the count hold nothing
  void remove(FlowEntry entry, @Nullable HeaderMatch match) {
    if (match == null || entry.isMirror()) {
      removeAsked(entry);
      return;
    }
    for (int row = 0; row < match.rows(); row++) {
      int at = find(match, row);
      tuples[at].remove(entry, match, row);
      if (tuples[at].isEmpty()) {
        System.arraycopy(tuples, at + 1, tuples, at, tupleCount - at - 1);
        tuples[--tupleCount] = null;
      }
    }
  }

  private void removeAsked(FlowEntry entry) {
    int at = 0;
    while (asked[at].entry() != entry) {
      at++;
    }
    AskedEntry[] fewer = Arrays.copyOf(asked, asked.length - 1);
    System.arraycopy(asked, at + 1, fewer, at, fewer.length - at);
    asked = fewer;
  }

  // ---- equals ----

  /** An entry that says the same as another is about to, null if there is none. */
  @Nullable FlowEntry findEqual(
      FlowEntry wanted, @Nullable HeaderMatch match, @Nullable FlowEntry makesWay, Places places) {
    if (match == null || wanted.isMirror()) {
      return findAsked(wanted, match, makesWay, places);
    }
    int at = match.rows() == 0 ? -1 : find(match, 0);
    if (at < 0) {
      return null;
    }
    for (Object row : tuples[at].rowsLike(match, 0)) {
      FlowEntry other = FlowTuple.entryOf(row);
      if (other != makesWay
          && places.mayNotBeEqual(other, wanted)
          && match.equals(HeaderMatch.of(other.match()))) {
        return other;
      }
    }
    return null;
  }

  /** Mirrors of the same packets to different rings are different. */
  private @Nullable FlowEntry findAsked(
      FlowEntry wanted, @Nullable HeaderMatch match, @Nullable FlowEntry makesWay, Places places) {
    for (AskedEntry each : asked) {
      FlowEntry other = each.entry();
      if (other != makesWay
          && other.isMirror() == wanted.isMirror()
          && places.mayNotBeEqual(other, wanted)
          && (!wanted.isMirror() || wanted.destination().equals(other.destination()))
          && (match == null ? wanted.match().equals(other.match()) : match.equals(each.match()))) {
        return other;
      }
    }
    return null;
  }
}
