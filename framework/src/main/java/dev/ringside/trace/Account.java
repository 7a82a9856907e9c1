// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trace;

import org.jspecify.annotations.Nullable;

/**
 * The packets of one device, counted: what came in, what left, and what became of the rest.
 *
 * <p>At every quiescent point {@code created + received + cloned = sent + delivered + dropped +
 * live}. All but {@code live} are counted as they happen; {@code live} is looked up in the device's
 * rings and queues, so that a packet that the device forgets breaks the law.
 *
 * <pre>{@code
 * account.received();
 * if (!ring.offer(packet)) {
 *   account.dropped(DropReason.RING_FULL);
 * }
 * }</pre>
 */
public final class Account {

  private static final DropReason[] REASONS = DropReason.values();

  private final Stage stage;
  private final String name;
  private final @Nullable Holder holder;
  private final @Nullable Journal journal;
  private long created;
  private long received;
  private long cloned;
  private long sent;
  private long delivered;
  private long droppedInAll;
  private long @Nullable [] dropped;

  /** A bit for each reason. */
  private int expected;

  /**
   * Opens an account for a device.
   *
   * @param holder counts the packets in the device, null if it never keeps one
   */
  public Account(Stage stage, String name, @Nullable Holder holder) {
    this(stage, name, holder, null);
  }

  Account(Stage stage, String name, @Nullable Holder holder, @Nullable Journal journal) {
    this.stage = stage;
    this.name = name;
    this.holder = holder;
    this.journal = journal;
  }

  /** What kind of device it is. */
  public Stage stage() {
    return stage;
  }

  /** The name of the device. */
  public String name() {
    return name;
  }

  /** The journal that tells the ways of the packets, null if there is none. */
  public @Nullable Journal journal() {
    return journal;
  }

  /** Counts packets that start their life here. */
  public void addCreated() {
    created++;
  }

  /** Counts a packet that came from another device. */
  public void addReceived() {
    received++;
  }

  /** Counts a copy made here. */
  public void addCloned() {
    cloned++;
  }

  /** Counts a packet that was handed to another device. */
  public void addSent() {
    sent++;
  }

  /** Counts a packet that reached its end here, as intended. */
  public void addDelivered() {
    delivered++;
  }

  /** Counts a packet that goes no further. */
  public void addDropped(DropReason reason) {
    addDropped(reason, 1);
  }

  /** Counts packets that go no further. */
  public void addDropped(DropReason reason, long packets) {
    if (dropped == null) {
      dropped = new long[REASONS.length];
    }
    dropped[reason.ordinal()] += packets;
    droppedInAll += packets;
  }

  /**
   * Says that this device may lose packets for this reason, as far as it knows: the check after a
   * test does not complain about them.
   */
  public void expectDrops(DropReason reason) {
    expected |= 1 << reason.ordinal();
  }

  /** Whether this device may lose packets for this reason. */
  public boolean expectsDrops(DropReason reason) {
    return (expected & 1 << reason.ordinal()) != 0;
  }

  /** Packets that started here. */
  public long created() {
    return created;
  }

  /** Packets that came from other devices. */
  public long received() {
    return received;
  }

  /** Copies made here. */
  public long cloned() {
    return cloned;
  }

  /** Packets handed to other devices. */
  public long sent() {
    return sent;
  }

  /** Packets that ended here, as intended. */
  public long delivered() {
    return delivered;
  }

  /** Packets dropped here, for any reason. */
  public long dropped() {
    return droppedInAll;
  }

  /** Packets dropped here for this reason. */
  public long dropped(DropReason reason) {
    return dropped == null ? 0 : dropped[reason.ordinal()];
  }

  /** Packets that are in the device now, looked up. */
  public long live() {
    return holder == null ? 0 : holder.live();
  }

  /** How many packets the counters say must be in the device, less those that are; 0 by law. */
  public long missing() {
    return missing(live());
  }

  long missing(long live) {
    return created + received + cloned - sent - delivered - droppedInAll - live;
  }

  /** The counters in one line, zeros left out. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(64).append(stage).append(' ').append(name).append(':');
    append(text, "created", created);
    append(text, "received", received);
    append(text, "cloned", cloned);
    append(text, "sent", sent);
    append(text, "delivered", delivered);
    for (DropReason reason : REASONS) {
      append(text, "dropped " + reason, dropped(reason));
    }
    append(text, "live", live());
    return text.toString();
  }

  private static void append(StringBuilder text, String what, long count) {
    if (count != 0) {
      text.append(' ').append(what).append(' ').append(count).append(',');
    }
  }

  /**
   * A device that can hold packets.
   *
   * <pre>{@code
   * Holder ring = receiveRing::size;
   * }</pre>
   */
  @FunctionalInterface
  public interface Holder {
    /** How many packets are in it now. */
    long live();
  }
}
