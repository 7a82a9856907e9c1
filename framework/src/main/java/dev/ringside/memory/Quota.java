// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketMemory;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one target may use of its host's network memory. A packet takes up as many bytes as its
 * frame has, from the moment at which the target gets it until the target is done with it. One that
 * does not fit stays at the head of its own ring, with those behind it, until it does.
 *
 * <pre>{@code
 * Quota quota = host.memory().reserve("web", bytes(3_000));
 * lab.wire().send(udp().to(web).payloadSize(1_400), 3);
 * quota.used();         // 2884: two frames of 1442 bytes
 * quota.waiters();      // the third
 * web.inbox().release(1);
 * quota.isWaiting();    // false
 * }</pre>
 */
public class Quota {

  private MemoryPool pool;
  private final World world;
  private final String name;
  private final TargetKind kind;
  private final @Nullable PacketMatcher matcher;
  private final QuotaConfig config;
  private final QuotaRule rule;
  private final WaitQueue queue;
  private final PacketMemory memory = this::free;
  private long limit;
  private long reserved;
  private long used;
  private long highestUsed;
  private int live;
  private long grants;
  private long waits;
  private long blocks;
  private boolean deleted;

  // What was taken for the first packet of a queue that is being served.
  private @Nullable PacketQueue grantee;
  private long granted;

  Quota(
      MemoryPool pool,
      String name,
      TargetKind kind,
      @Nullable PacketMatcher matcher,
      MemorySize size,
      QuotaConfig config) {
    this.pool = pool;
    this.world = pool.world();
    this.name = name;
    this.kind = kind;
    this.matcher = matcher;
    this.config = config;
    this.rule = config.rule();
    this.limit = size.bytes();
    this.reserved = limit;
    this.queue = new WaitQueue(world.waits(), "memory of " + name, "byte");
  }

  // ---- what it is ----

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name of its target, unique among the quotas of its host. */
  public String name() {
    return name;
  }

  /** What kind of target it is. */
  public TargetKind kind() {
    return kind;
  }

  /** Which packets it is for; null unless they are what it is for. */
  public @Nullable PacketMatcher matcher() {
    return matcher;
  }

  /** How it behaves. */
  public QuotaConfig config() {
    return config;
  }

  /** The most bytes that it should use. */
  public long limit() {
    synchronized (world) {
      return limit;
    }
  }

  /** Bytes in use. More than the limit only if that was lowered, or under a lax rule. */
  public long used() {
    synchronized (world) {
      return used;
    }
  }

  /** Bytes that are left below the limit, never negative. */
  public long free() {
    synchronized (world) {
      return Math.max(0, limit - used);
    }
  }

  /**
   * Bytes that the pool cannot give to others: the limit; more than that only where the limit was
   * lowered below what is in use, or the quota was deleted, until that is freed. Memory that is in
   * use must not be promised to anybody else.
   */
  public long reserved() {
    synchronized (world) {
      return reserved;
    }
  }

  /** The most bytes that were in use at any time. */
  public long highestUsed() {
    synchronized (world) {
      return highestUsed;
    }
  }

  /** How many packets and blocks use memory of it. */
  public int live() {
    synchronized (world) {
      return live;
    }
  }

  /** How many packets and blocks have ever got memory of it. */
  public long grants() {
    synchronized (world) {
      return grants;
    }
  }

  /** How many packets and requests have ever had to wait. */
  public long waits() {
    synchronized (world) {
      return waits;
    }
  }

  /** Whether a packet or request waits for memory. */
  public boolean isWaiting() {
    synchronized (world) {
      return !queue.isEmpty();
    }
  }

  /** Who waits, the first in front: of each ring only the first packet. */
  public List<Waiter> waiters() {
    synchronized (world) {
      return queue.waiters();
    }
  }

  /** Whether it was deleted; what is in use then is still to be freed. */
  public boolean isDeleted() {
    synchronized (world) {
      return deleted;
    }
  }

  // ---- control ----

  /**
   * Gives it another limit. More: whoever fits now gets memory. Less than is in use: nobody loses
   * any, and nothing is granted until enough is freed; what waits and can never fit any more is
   * refused as {@code OVER_QUOTA_FOREVER}.
   *
   * @throws IllegalStateException if it was deleted, or the pool has not so much; nothing has
   *     changed then
   */
  public void setLimit(MemorySize size) {
    world.run(() -> changeLimit(size.bytes()));
  }

  private void changeLimit(long newLimit) {
    checkNotDeleted();
    long needed = Math.max(newLimit, Math.min(reserved, used));
    pool.take(needed - reserved, name);
    reserved = needed;
    limit = newLimit;
    world.record(pool.hostName(), EventKind.CONFIGURED, "quota " + name, "limit " + newLimit);
    for (Waiter waiter : queue.waiters()) {
      if (neverFits(waiter.amount())) {
        queue.cancel(waiter, DropReason.OVER_QUOTA_FOREVER, tooMuch(waiter.amount()));
      }
    }
    queue.wakeLater();
  }

  /**
   * Ends it. Packets that wait for its memory are dropped as {@code TARGET_GONE}, requests are
   * refused; the pool gets the memory back as soon as all of it is freed. Idempotent.
   */
  public void delete() {
    world.run(
        () -> {
          if (!deleted) {
            deleted = true;
            world.record(pool.hostName(), EventKind.REMOVED, "quota " + name);
            world.ledger().expectDrops(DropReason.TARGET_GONE);
            pool.remove(this);
            queue.cancelAll(DropReason.TARGET_GONE, "quota " + name + " was deleted");
            if (kind == TargetKind.MONITOR) {
              live = 0;
              used = 0;
            }
            giveBack();
          }
        });
  }

  private void checkNotDeleted() {
    if (deleted) {
      throw new IllegalStateException("quota " + name + " was deleted; reserve memory again");
    }
  }

  /** Its virtual machine has come to another host: from now on that one's pool has it. */
  void moveTo(MemoryPool newPool) {
    pool.give(reserved);
    pool = newPool;
    pool.take(reserved, name);
  }

  /** To the pool, what it need not keep. */
  private void giveBack() {
    long keep = deleted ? (live == 0 ? 0 : reserved) : Math.max(limit, Math.min(reserved, used));
    if (keep < reserved) {
      pool.give(reserved - keep);
      reserved = keep;
    }
  }

  // ---- blocks, for code of your own ----

  /**
   * Asks for memory: granted at once if it fits and nobody waits, otherwise waiting behind all
   * others; refused at once if it never can fit.
   *
   * @throws IllegalStateException if the quota was deleted
   */
  public BlockRequest request(MemorySize size) {
    return world.call(
        () -> {
          checkNotDeleted();
          BlockRequest request = new BlockRequest(this, size.bytes());
          decide(request);
          return request;
        });
  }

  private void decide(BlockRequest request) {
    long amount = request.amount();
    if (amount == 0) {
      charge(0);
      request.granted();
    } else if (queue.isEmpty() && tryCharge(amount)) {
      request.granted();
    } else if (neverFits(amount)) {
      request.refuse(DropReason.OVER_QUOTA_FOREVER);
    } else {
      request.waitIn(queue);
      recordWait(amount);
    }
  }

  /**
   * Gives a block back.
   *
   * @throws IllegalArgumentException if it is of another quota
   * @throws IllegalStateException if it was given back before; nothing has changed in either case
   */
  public void release(Block block) {
    if (block.quota() != this) {
      throw new IllegalArgumentException(
          block
              + " is not of "
              + name
              + "; give it back to its own quota, or call release() on it");
    }
    world.run(
        () -> {
          if (!block.end()) {
            throw new IllegalStateException(block + " was given back already; once is enough");
          }
          free(block.size());
        });
  }

  Block newBlock(long amount) {
    return new Block(this, ++blocks, amount);
  }

  // ---- packets ----

  /**
   * A receiver in front of a consumer, such as that of contained packets: each packet takes up
   * memory of this quota until the consumer says that it is done.
   *
   * <pre>{@code
   * ChargedConsumer quarantine = host.memory()
   *     .reserveForApplication("quarantine", kibibytes(64)).inFrontOf(seen::add);
   * host.steering().contain(attack, lowPriority(16, Duration.ofMillis(1), quarantine));
   * quarantine.release(1);
   * }</pre>
   */
  public ChargedConsumer inFrontOf(PacketSink consumer) {
    return new ChargedConsumer(this, consumer);
  }

  PacketMemory memory() {
    return memory;
  }

  /**
   * Whether a packet of a queue may have memory now, or never; if it waits already, it does not.
   */
  boolean hasRoomFor(long amount, @Nullable PacketQueue from) {
    Waiter waiter = from == null ? null : from.waiter();
    return (waiter == null || !waiter.isWaiting()) && takes(amount, from);
  }

  /** Whether a packet of a queue may have memory now, or never; if neither, the queue waits. */
  private boolean takes(long amount, @Nullable PacketQueue from) {
    if (grantee != null && amount == granted && (from == null || from == grantee)) {
      return true;
    }
    if ((queue.isEmpty() && rule.fits(used, amount, limit)) || neverFits(amount)) {
      return true;
    }
    if (from != null) {
      new PacketWait(this, from, amount).begin(queue);
      recordWait(amount);
    }
    return false;
  }

  /** Takes memory for a packet that it has been asked about; false if there is none for it. */
  boolean take(long amount) {
    if (grantee != null && amount == granted) {
      grantee = null; // it was taken when the wait was over
      return true;
    }
    return queue.isEmpty() && tryCharge(amount);
  }

  boolean neverFits(long amount) {
    return !config.blocksForever() && !rule.fits(0, amount, limit);
  }

  boolean tryCharge(long amount) {
    boolean fits = !deleted && rule.fits(used, amount, limit);
    if (fits) {
      charge(amount);
    }
    return fits;
  }

  private void charge(long amount) {
    used += amount;
    live++;
    grants++;
    if (used > highestUsed) {
      highestUsed = used;
    }
  }

  private void free(long amount) {
    used -= amount;
    live--;
    if (deleted || reserved > limit) {
      giveBack();
    }
    queue.wakeLater();
  }

  /**
   * Packets that wait ask again, in the same order: another target may have to pay for them now.
   */
  void askAgain() {
    for (Waiter waiter : queue.waiters()) {
      if (waiter.request() instanceof PacketWait packet) {
        packet.askAgain();
      }
    }
  }

  /** All of it is in use, as one block that is never given back. */
  void fill() {
    charge(limit);
  }

  /** Serves a queue for whose first packet memory was taken. */
  void serve(PacketQueue served, long amount) {
    grantee = served;
    granted = amount;
    served.receiverReady();
    if (grantee != null) { // a guest that is paused, a ring that is polled by hand
      grantee = null;
      grants--;
      free(amount);
    }
  }

  // ---- words ----

  String wokenBy() {
    return "a release of memory of " + name + ", or a higher limit";
  }

  /** Such as {@code web uses 2884 of 3000 bytes}. */
  String usage() {
    return name + " uses " + used + " of " + MemorySize.text(limit);
  }

  String tooMuch(long amount) {
    return MemorySize.text(amount) + " for " + name + ", whose limit is " + limit;
  }

  // ---- the journal; a wait is a step of one packet, and told where those are told ----

  private void recordWait(long amount) {
    waits++;
    record(EventKind.REQUEST_WAITS, amount, "");
  }

  void recordGranted(Waiter waiter) {
    record(EventKind.REQUEST_GRANTED, waiter.amount(), "");
  }

  void recordCancelled(Waiter waiter, DropReason reason) {
    record(EventKind.REQUEST_CANCELLED, waiter.amount(), reason.name());
  }

  private void record(EventKind kind, long amount, String detail) {
    if (world.isTracing()) {
      world.record(pool.hostName(), Event.of(kind, queue.resource(), text(amount)), detail);
    }
  }

  private static String text(long amount) {
    return MemorySize.text(amount);
  }

  /** Such as {@code quota of web: 2884 of 3000 bytes in use by 2, 1 waits for 1442 bytes}. */
  @Override
  public String toString() {
    synchronized (world) {
      String text = "quota of " + name + ": " + used + " of " + text(limit) + " in use by " + live;
      Waiter head = queue.head();
      if (head != null) {
        text += ", " + queue.size() + (queue.size() == 1 ? " waits" : " wait");
        text += ", the first for " + text(head.amount());
      }
      return deleted ? text + " (deleted)" : text;
    }
  }
}
