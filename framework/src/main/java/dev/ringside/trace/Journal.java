// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that happened in a lab, in order. Two runs of one program with one seed give the same journal
 * to the byte.
 *
 * <p>It is bounded: past its capacity the oldest entries are forgotten and counted. Packets' hops
 * may be switched off; events are always recorded.
 *
 * <pre>{@code
 * System.out.println(lab.journal().toText());
 * }</pre>
 */
public final class Journal {

  /** How many entries a journal keeps unless told otherwise. */
  public static final int DEFAULT_CAPACITY = 65_536;

  private static final int INITIAL_CAPACITY = 16;
  private static final JournalEntry[] NONE = {};

  private final int capacity;
  private final boolean tracing;
  private final @Nullable Seed seed;
  private final Object lock;
  private @Nullable JournalEntry[] entries = NONE;
  private int head;
  private int size;
  private long next;

  /**
   * Creates an empty journal.
   *
   * @param capacity how many entries it keeps, at least 1
   * @param tracing whether packets' hops are recorded
   */
  public Journal(int capacity, boolean tracing) {
    this(capacity, tracing, null, null);
  }

  /**
   * Creates an empty journal of a lab.
   *
   * @param seed what brings the same journal again
   * @param lock the lab's lock, so that whoever reads sees no operation half done
   */
  public Journal(int capacity, boolean tracing, @Nullable Seed seed, @Nullable Object lock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("journal capacity " + capacity + " must be at least 1");
    }
    this.capacity = capacity;
    this.tracing = tracing;
    this.seed = seed;
    this.lock = lock == null ? this : lock;
  }

  /** Whether packets' hops are recorded. */
  public boolean isTracing() {
    return tracing;
  }

  /** The seed of the lab that it tells of, null while it tells of none. */
  public @Nullable Seed seed() {
    return seed;
  }

  /** How many entries were forgotten because the journal was full. */
  public long forgotten() {
    synchronized (lock) {
      return next - size;
    }
  }

  /** How many entries there are. */
  public int size() {
    synchronized (lock) {
      return size;
    }
  }

  /** Records an event. */
  public void record(long nanos, String place, Event event, String detail) {
    add(new JournalEntry(next, nanos, place, event, null, detail));
  }

  /** Records a hop. */
  public void record(long nanos, Hop hop) {
    add(new JournalEntry(next, nanos, hop.place(), null, hop, ""));
  }

  private void add(JournalEntry entry) {
    if (size == entries.length && size < capacity) {
      grow();
    }
    if (size == capacity) {
      entries[head] = entry;
      head = (head + 1) % capacity;
    } else {
      entries[(head + size) % entries.length] = entry;
      size++;
    }
    next++;
  }

  private void grow() {
    int length = Math.min(capacity, Math.max(INITIAL_CAPACITY, entries.length * 2));
    entries = Arrays.copyOf(entries, length);
  }

  /** The entries, oldest first. */
  public List<JournalEntry> entries() {
    synchronized (lock) {
      List<JournalEntry> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        JournalEntry entry = entries[(head + i) % entries.length];
        if (entry != null) {
          list.add(entry);
        }
      }
      return list;
    }
  }

  /** The events without the hops, oldest first. */
  public List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (JournalEntry entry : entries()) {
      if (entry.event() != null) {
        events.add(entry.event());
      }
    }
    return events;
  }

  /** The events of one kind, oldest first. */
  public List<Event> events(EventKind kind) {
    List<Event> events = events();
    events.removeIf(event -> event.kind() != kind);
    return events;
  }

  /** The way of one packet, from the original that it was copied from to its own copies. */
  public Trace trace(Packet packet) {
    return Trace.of(packet, entries(), seed);
  }

  /** The whole journal, one line an entry. */
  public String toText() {
    long missing;
    List<JournalEntry> list;
    synchronized (lock) {
      missing = forgotten();
      list = entries();
    }
    StringBuilder text = new StringBuilder(list.size() * 96);
    if (missing > 0) {
      text.append("(").append(missing).append(" earlier entries forgotten)\n");
    }
    for (JournalEntry entry : list) {
      text.append(entry).append('\n');
    }
    return text.toString();
  }

  /**
   * The whole journal as JSON lines, for tools and as a fixture ({@link JournalRecording}): a line
   * about the journal, then one an entry. Two runs of one program with one seed give the same
   * bytes.
   *
   * <pre>{@code
   * {"journal":1,"seed":"0x5eed","forgotten":0}
   * {"n":0,"ns":0,"place":"h1","event":"PNIC_ACTIVATED","subjects":["p0"]}
   * {"n":1,"ns":0,"place":"p0","stage":"PNIC","packet":1,"fate":"DROPPED","reason":"PNIC_FAILED"}
   * }</pre>
   *
   * <p>{@code n} counts entries from the lab's start, {@code ns} is virtual time in nanoseconds; a
   * {@code detail} is there where there is one; a packet's {@code bytes} stand, in hexadecimal
   * digits, where it came into the lab. All is ASCII.
   */
  public String toJsonLines() {
    synchronized (lock) {
      return JsonLines.of(seed, forgotten(), entries());
    }
  }
}
