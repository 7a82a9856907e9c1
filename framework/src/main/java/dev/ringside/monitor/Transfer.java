// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves packets from the rings of a monitor into its memory, with one copy each, shows them to the
 * application, and carries out what the application decides.
 */
class Transfer {

  private static final int NONE = -1;

  private final Monitor monitor;
  private final World world;
  private final MonitorConfig config;
  private final UserMemory memory;
  private final Account account;
  private final List<Tap> taps;
  private @Nullable Consumer<Batch> application;

  /** The oldest slot that was not handed to the application; those behind it were not, either. */
  private int firstUnseen = NONE;

  private long reinjected;
  private long blocked;
  private long truncated;

  Transfer(Monitor monitor, List<Tap> taps) {
    this.monitor = monitor;
    this.world = monitor.world();
    this.config = monitor.config();
    this.memory = monitor.memory();
    this.account = monitor.account();
    this.taps = taps;
  }

  long reinjected() {
    return reinjected;
  }

  long blocked() {
    return blocked;
  }

  long truncated() {
    return truncated;
  }

  boolean isAnythingWaiting() {
    return Tap.withOldest(taps) != null;
  }

  // ---- from the rings into memory ----

  /** Moves packets into memory, oldest first over all cards; as many as there are slots for. */
  int move(int most) {
    int moved = 0;
    while (moved < most && !memory.isFull()) {
      Tap tap = Tap.withOldest(taps);
      if (tap == null) {
        break;
      }
      moved += moveOne(tap) ? 1 : 0;
    }
    return moved;
  }

  boolean moveOne(Tap tap) {
    long time = tap.ring.oldestTime();
    Packet packet = tap.ring.poll();
    if (packet == null) {
      return false;
    }
    account.addReceived();
    boolean tooLong = packet.length() > memory.slotBytes();
    if (tooLong && config.oversize() == Oversize.DROP) {
      world.dropped(account, packet, DropReason.TOO_LONG, tooLong(packet.length()));
      return false;
    }
    truncated += tooLong ? 1 : 0;
    int slot = memory.store(packet, time, taps.indexOf(tap));
    firstUnseen = firstUnseen == NONE ? slot : firstUnseen;
    world.delivered(account, packet);
    return true;
  }

  private String tooLong(int length) {
    return length + " bytes, and slots have " + memory.slotBytes();
  }

  // ---- to the application ----

  /** Takes packets that are in memory already and then, as far as there are slots, further ones. */
  Batch take(int most) {
    move(most - unseen(most));
    return takeUnseen(most);
  }

  /** What is in memory, oldest first. */
  List<Capture> captured() {
    List<Capture> captures = new ArrayList<>(memory.used());
    for (int slot = memory.oldest(); slot != NONE; slot = memory.after(slot)) {
      captures.add(new Capture(monitor, slot, memory.filling(slot)));
    }
    return captures;
  }

  /** From now on batches go there, and what was not seen to begin with; null: nowhere. */
  void setApplication(@Nullable Consumer<Batch> newApplication) {
    application = newApplication;
    handOver();
  }

  /** Gives the application, if there is one, what it has not seen. */
  void handOver() {
    Consumer<Batch> receiver = application;
    while (receiver != null && firstUnseen != NONE) {
      Batch batch = takeUnseen(config.batch());
      try {
        receiver.accept(batch);
      } catch (RuntimeException | AssertionError e) {
        world.remember(e);
      }
      receiver = application;
    }
  }

  private int unseen(int most) {
    int unseen = 0;
    for (int slot = firstUnseen; slot != NONE && unseen < most; slot = memory.after(slot)) {
      unseen++;
    }
    return unseen;
  }

  private Batch takeUnseen(int most) {
    List<Capture> captures = new ArrayList<>(unseen(most));
    while (firstUnseen != NONE && captures.size() < most) {
      captures.add(new Capture(monitor, firstUnseen, memory.filling(firstUnseen)));
      firstUnseen = memory.after(firstUnseen);
    }
    return new Batch(monitor, captures);
  }

  // ---- out of memory ----

  /** Frees a slot and does with its packet as the application wishes. */
  void release(int slot, Verdict verdict) {
    Packet goesOn = verdict == Verdict.REINJECT ? memory.packet(slot) : null;
    int realLength = memory.realLength(slot);
    MonitoredCard card = taps.get(memory.card(slot)).card;
    blocked += verdict == Verdict.BLOCK ? 1 : 0;
    if (firstUnseen == slot) {
      firstUnseen = memory.after(slot);
    }
    memory.release(slot);
    if (goesOn != null) {
      reinject(goesOn, realLength, card);
    }
  }

  /** Frees the slots that are in use now, oldest first; allocates nothing unless packets go on. */
  void releaseAll(Verdict verdict) {
    for (int left = memory.used(); left > 0 && isAnythingHeld(); left--) {
      release(memory.oldest(), verdict);
    }
  }

  /** What goes on may end up where the application is told to end. */
  private boolean isAnythingHeld() {
    return monitor.hasMemory() && memory.oldest() != NONE;
  }

  private void reinject(Packet captured, int realLength, MonitoredCard card) {
    Packet copy = world.copy(account, captured);
    if (captured.length() < realLength) {
      world.dropped(account, copy, DropReason.TOO_LONG, tooLong(realLength));
      return;
    }
    reinjected++;
    account.addSent();
    card.passOn(copy, config.isBridgeFirst());
  }
}
