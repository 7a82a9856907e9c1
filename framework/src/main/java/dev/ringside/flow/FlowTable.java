// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.flow;

import dev.ringside.flow.Destination.End;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.MatchField;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ordered table of entries, each a match and a destination; the first that matches decides.
 *
 * <pre>{@code
 * FlowTable table = new FlowTable("edge");
 * FlowTable web = new FlowTable("web");
 * web.insert(tcp().port(80), ring(2));
 * table.insert(tcp().to("198.51.100.0/24"), subTable(web).orElse(ring(1)));
 * table.insert(tcp().syn().and(packet -> packet.payloadLength() > 0), drop());
 * table.setDefault(ring(0));
 * table.classify(packet).end(); // ring 2
 * table.explain(packet);        // which entries were asked, and why each did not match
 * }</pre>
 *
 * <p>Where a new entry stands is up to the {@link FlowDialect}. Entries are never equal: the same
 * match at the same priority is refused, where {@link #prepend} and {@link #append} count as a
 * priority each. What leads to a table shares its owner from then on.
 *
 * <p>The tables of a device are guarded by the lock of its lab; others are for one thread.
 */
public class FlowTable {

  /** How many entries a table has room for unless it is told. */
  public static final int DEFAULT_CAPACITY = 1 << 20;

  /** The most tables that a packet may walk. */
  public static final int MAX_DEPTH = 16;

  /** The lock of tables that belong to nobody: a walk may lead through several of them. */
  private static final Object UNOWNED = new Object();

  private final String name;
  private final int capacity;
  private final Places places;
  private final TableFamily family;
  private @Nullable TableLinks links;

  /** Null: all fields. */
  private @Nullable Support support;

  private FlowIndex index = new FlowIndex(0);
  private final EntryList entries = new EntryList();

  /** Creates an empty table that belongs to nobody, in the default dialect. */
  public FlowTable(String name) {
    this(name, DEFAULT_CAPACITY, FlowDialect.LONGEST_PREFIX);
  }

  /**
   * Creates an empty table that belongs to nobody.
   *
   * @param capacity how many entries it has room for
   */
  public FlowTable(String name, int capacity, FlowDialect dialect) {
    this(name, capacity, dialect, null);
  }

  /** Creates an empty table of a device. */
  public FlowTable(String name, int capacity, FlowDialect dialect, @Nullable FlowOwner owner) {
    if (capacity < 0) {
      throw new IllegalArgumentException(
          "flow table " + name + ": capacity " + capacity + " must not be negative");
    }
    this.name = name;
    this.capacity = capacity;
    this.places = new Places(name, dialect);
    this.family = new TableFamily(owner);
  }

  // ---- what it is ----

  /** The name. */
  public String name() {
    return name;
  }

  /** How many entries it has room for. */
  public int capacity() {
    return capacity;
  }

  /** How it puts new entries in order. */
  public FlowDialect dialect() {
    return places.dialect();
  }

  /** How many entries it has. */
  public int size() {
    synchronized (lock()) {
      return entries.size();
    }
  }

  /** Whether another entry will be refused. */
  public boolean isFull() {
    return size() >= capacity;
  }

  /** The entries, in the order in which they are asked. */
  public List<FlowEntry> entries() {
    synchronized (lock()) {
      return List.of(entries.sorted());
    }
  }

  /** Where packets go that no entry matches, null if that is not said. */
  public @Nullable End defaultEnd() {
    synchronized (lock()) {
      return index.otherwise;
    }
  }

  /** What its entries may ask for: all fields, unless it was restricted. */
  public Set<MatchField> fields() {
    synchronized (lock()) {
      return (support == null ? Support.ALL : support).fields();
    }
  }

  /** Whether there is neither an entry nor a default. */
  public boolean isEmpty() {
    synchronized (lock()) {
      return hasNothing();
    }
  }

  private boolean hasNothing() {
    return entries.size() == 0 && index.otherwise == null;
  }

  // ---- changing it ----

  /**
   * Adds an entry where the dialect wants it.
   *
   * @throws IllegalArgumentException if there is an equal one, or the destination does not exist or
   *     leads back here, or the match asks for a field that the table does not support
   * @throws IllegalStateException if the table is full, or needs a priority
   */
  public FlowEntry insert(PacketMatcher match, Destination destination) {
    synchronized (lock()) {
      return add(match, destination, places.byRule(match));
    }
  }

  /**
   * Adds an entry of this priority.
   *
   * @param priority 0 to 65535, the highest comes first
   * @throws IllegalArgumentException if there is an equal one, or the destination does not exist or
   *     leads back here, or the priority is out of range
   * @throws IllegalStateException if the table is full, or knows no priorities
   */
  public FlowEntry insert(int priority, PacketMatcher match, Destination destination) {
    synchronized (lock()) {
      return add(match, destination, places.byPriority(priority));
    }
  }

  /**
   * Adds an entry behind all others.
   *
   * @throws IllegalArgumentException as {@link #insert(PacketMatcher, Destination)}
   * @throws IllegalStateException if the table is full, or goes by priorities
   */
  public FlowEntry append(PacketMatcher match, Destination destination) {
    synchronized (lock()) {
      return add(match, destination, places.last());
    }
  }

  /**
   * Adds an entry in front of all others.
   *
   * @throws IllegalArgumentException as {@link #insert(PacketMatcher, Destination)}
   * @throws IllegalStateException if the table is full, or goes by priorities
   */
  public FlowEntry prepend(PacketMatcher match, Destination destination) {
    synchronized (lock()) {
      return add(match, destination, places.first());
    }
  }

  private FlowEntry add(PacketMatcher match, Destination destination, long place) {
    FlowEntry entry = new FlowEntry(this, match, destination, place);
    if (entries.size() >= capacity) {
      throw new IllegalStateException(
          "flow table "
              + name
              + " is full: "
              + entries.size()
              + " of "
              + capacity
              + " entries; cannot add "
              + entry);
    }
    HeaderMatch compiled = HeaderMatch.of(match);
    checkNew(entry, compiled, null);
    beforeChange();
    link(entry);
    writable().add(entry, compiled);
    entries.add(entry);
    changed("added ", entry);
    return entry;
  }

  /**
   * Removes an entry; the table is then as if it had never been there.
   *
   * @return false if it was removed before
   * @throws IllegalArgumentException if it is another table's
   */
  public boolean remove(FlowEntry entry) {
    synchronized (lock()) {
      checkOwn(entry);
      boolean present = entry.index >= 0;
      if (present) {
        beforeChange();
        writable().remove(entry, HeaderMatch.of(entry.match()));
        entries.remove(entry);
        unlink(entry);
        changed("removed ", entry);
      }
      return present;
    }
  }

  /**
   * Lets the packets of an entry go elsewhere.
   *
   * @return the new entry, in the place of the old one
   * @throws IllegalArgumentException if it is not in this table, or the destination does not exist
   *     or leads back here
   */
  public FlowEntry replace(FlowEntry entry, Destination destination) {
    return replace(entry, entry.match(), destination);
  }

  /**
   * Puts an entry in the place of another.
   *
   * @return the new entry
   * @throws IllegalArgumentException if the old one is not in this table, there is an equal one, or
   *     the destination does not exist or leads back here
   */
  public FlowEntry replace(FlowEntry old, PacketMatcher match, Destination destination) {
    synchronized (lock()) {
      checkOwn(old);
      FlowEntry entry = new FlowEntry(this, match, destination, old.place());
      if (old.index < 0) {
        throw new IllegalArgumentException(
            "flow table " + name + " has no longer the entry " + old + "; cannot replace it");
      }
      HeaderMatch compiled = HeaderMatch.of(match);
      checkNew(entry, compiled, old);
      beforeChange();
      FlowIndex writable = writable();
      writable.remove(old, HeaderMatch.of(old.match()));
      entries.remove(old);
      unlink(old);
      link(entry);
      writable.add(entry, compiled);
      entries.add(entry);
      changed("replaced " + (owner() == null ? "" : old + " by "), entry);
      return entry;
    }
  }

  /** Sets where packets go that no entry matches; null: nothing is said. */
  public void setDefault(@Nullable End end) {
    synchronized (lock()) {
      FlowOwner owner = owner();
      if (owner != null && end != null) {
        owner.check(end);
      }
      beforeChange();
      writable().otherwise = end;
      changed(end == null ? "no default" : "default ", end == null ? "" : end);
    }
  }

  /**
   * Lets entries ask for these fields only, as the table of a real card does; any other entry is
   * refused from now on. The tables that this leads to have their own.
   *
   * <pre>{@code
   * table.restrictTo(MatchField.PROTOCOL, MatchField.DESTINATION_PORT);
   * table.insert(tcp().port(80), ring(1));
   * table.insert(udp().fromPort(53), drop()); // refused: the table does not support source ports
   * table.restrictTo(MatchField.values());    // all fields, as before
   * }</pre>
   *
   * @throws IllegalArgumentException if an entry asks for another field; nothing has changed then
   */
  public void restrictTo(MatchField... fields) {
    synchronized (lock()) {
      Support newSupport = Support.of(fields);
      for (FlowEntry entry : entries.sorted()) {
        newSupport.check(entry);
      }
      beforeChange();
      support = newSupport;
      changed("restricted to ", newSupport.fields());
    }
  }

  private void checkOwn(FlowEntry entry) {
    if (entry.table() != this) {
      throw new IllegalArgumentException(
          "entry " + entry + " is of flow table " + entry.table().name() + ", not of " + name);
    }
  }

  /**
   * Refuses what the table does not support, an equal of another entry than the one that makes way
   * for it, and bad destinations.
   */
  private void checkNew(
      FlowEntry entry, @Nullable HeaderMatch compiled, @Nullable FlowEntry makesWay) {
    if (support != null) {
      support.check(entry);
    }
    FlowEntry equal = index.findEqual(entry, compiled, makesWay, places);
    if (equal != null) {
      throw new IllegalArgumentException(
          "flow table " + name + " already has " + equal + "; cannot add " + entry);
    }
    FlowOwner owner = owner();
    if (owner != null) {
      Ends.check(owner, entry.destination());
    }
    if (entry.destination() instanceof Destination.ToTable to) {
      links().check(to.table(), entry.toString());
      Ends.checkOwnerOf(to.table(), entry);
    }
  }

  // ---- the parts ----

  Object lock() {
    FlowOwner owner = owner();
    return owner == null ? UNOWNED : owner.lock();
  }

  @Nullable FlowOwner owner() {
    return family.root().owner();
  }

  TableLinks links() {
    if (links == null) {
      links = new TableLinks(this);
    }
    return links;
  }

  @Nullable TableLinks linksIfAny() {
    return links;
  }

  EntryList list() {
    return entries;
  }

  private void link(FlowEntry entry) {
    if (entry.destination() instanceof Destination.ToTable to) {
      links().add(to.table());
      TableFamily mine = family.root();
      TableFamily other = to.table().family.root();
      if (mine != other) {
        mine.merge(other);
      }
    }
  }

  private void unlink(FlowEntry entry) {
    if (entry.destination() instanceof Destination.ToTable to) {
      links().remove(to.table());
    }
  }

  /** The version to change: a new one while somebody walks over the present one. */
  private FlowIndex writable() {
    TableFamily root = family.root();
    if (root.isWalked()) {
      index = index.copy(root.nextVersion());
    } else {
      index.previous = null;
    }
    return index;
  }

  private void beforeChange() {
    FlowOwner owner = owner();
    if (owner != null) {
      owner.beforeChange();
    }
  }

  /** Says it in words only where somebody wants to know. */
  private void changed(String what, Object subject) {
    FlowOwner owner = owner();
    if (owner != null) {
      owner.changed(this, what + subject);
    }
  }

  // ---- using it ----

  /** What the table says about a packet. */
  public FlowDecision classify(Packet packet) {
    FlowDecision decision = new FlowDecision();
    classify(packet, decision);
    return decision;
  }

  /** Writes into the decision what the table says about a packet; allocates nothing. */
  public void classify(Packet packet, FlowDecision decision) {
    synchronized (lock()) {
      decide(packet, decision);
    }
  }

  /** As {@link #classify(Packet, FlowDecision)}, for a device that holds its lock already. */
  public void decide(Packet packet, FlowDecision decision) {
    decision.start();
    if (packet.hasUnreadableHeader() && !hasNothing()) {
      decision.unreadable();
      return;
    }
    FlowEntry led = null;
    if (index.asksNobody()) { // so that no code of the user's runs, and the table stays as it is
      led = decision.step(index, null, packet);
      if (led == null) {
        return;
      }
    }
    walk(led, packet, decision);
  }

  /**
   * Whether one look at a packet says that the table says nothing about it, for a device that holds
   * its lock; false leaves it open.
   */
  public boolean surelyMisses(Packet packet) {
    FlowIndex now = index;
    return now.otherwise == null && now.refuses(packet) && !packet.isMalformed();
  }

  /** Goes on from an entry that leads to another table, or begins with this one. */
  private void walk(@Nullable FlowEntry from, Packet packet, FlowDecision decision) {
    long version = family.root().beginWalk();
    try {
      FlowEntry led = from;
      do {
        FlowTable table = led == null ? this : FlowDecision.to(led).table();
        led = decision.step(table.at(version), led, packet);
      } while (led != null);
    } finally {
      family.root().endWalk();
    }
  }

  /** The version that a walk sees which began at that one. */
  private FlowIndex at(long version) {
    FlowIndex seen = index;
    while (seen.version > version && seen.previous != null) {
      seen = seen.previous;
    }
    return seen;
  }

  /**
   * How the table comes to its decision about a packet: entry by entry, with what did not match.
   * Functions are asked as when packets come; entries count no hits.
   */
  public FlowWalk explain(Packet packet) {
    synchronized (lock()) {
      return new FlowWalker(packet).walk(this);
    }
  }

  /** Such as {@code flow table edge: 3 of 1048576 entries}. */
  @Override
  public String toString() {
    return "flow table " + name + ": " + size() + " of " + capacity + " entries";
  }
}
