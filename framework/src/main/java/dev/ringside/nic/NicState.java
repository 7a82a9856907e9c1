// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.world.World;
import java.time.Duration;

/**
 * Whether a card works, has a link and is in use; every change is journalled, none happens twice.
 */
final class NicState {

  /** What a test that takes a NIC down must expect. */
  private static final DropReason[] LOSSES_OF_A_FAILURE = {
    DropReason.PNIC_FAILED,
    DropReason.LINK_DOWN,
    DropReason.NO_UPLINK,
    DropReason.NO_ACTIVE_PNIC,
    DropReason.NOT_COLLECTING
  };

  private final World world;
  private final String host;
  private final String nic;

  /** Is told of changes, after the state has changed and was journalled. */
  private final PhysicalNic card;

  private boolean failed;
  private boolean hung;
  private boolean carrier = true;
  private boolean adminUp = true;
  private boolean active = true;

  NicState(PhysicalNic card) {
    this.world = card.world();
    this.host = card.host();
    this.nic = card.name();
    this.card = card;
  }

  // ---- what it is ----

  boolean isFailed() {
    return failed;
  }

  boolean isHung() {
    return hung;
  }

  boolean isActive() {
    return active;
  }

  /** Whether the card works; its link is another matter. */
  boolean isAlive() {
    return !failed && !hung;
  }

  boolean hasLink() {
    return carrier && adminUp && !failed;
  }

  boolean isUsable() {
    return isAlive() && hasLink();
  }

  /** Whether it takes what arrives, which may have been under way when the carrier was lost. */
  boolean isListening() {
    return isAlive() && adminUp;
  }

  // ---- what changes it ----

  void fail() {
    if (!failed) {
      failed = true;
      die("link goes down");
      card.signalChanged(false);
    }
  }

  void hang() {
    if (isAlive()) {
      hung = true;
      die("link stays up");
    }
  }

  private void die(String detail) {
    world.record(host, Event.pnicFailed(nic), detail);
    changed();
  }

  void repair() {
    if (isAlive()) {
      return;
    }
    boolean signal = failed && adminUp;
    failed = false;
    hung = false;
    world.record(host, Event.pnicRepaired(nic), "");
    if (signal) {
      card.signalChanged(true);
    }
    changed();
  }

  void setAdminUp(boolean up) {
    if (adminUp != up) {
      boolean before = hasLink();
      adminUp = up;
      card.signalChanged(up && !failed);
      linkMayHaveChanged(before);
    }
  }

  void carrierChanged(boolean up) {
    boolean before = hasLink();
    carrier = up;
    linkMayHaveChanged(before);
  }

  private void linkMayHaveChanged(boolean before) {
    if (before != hasLink()) {
      world.record(host, before ? Event.linkDown(nic) : Event.linkUp(nic), "");
      changed();
    }
  }

  private void changed() {
    if (!isUsable()) {
      world.ledger().expectDrops(LOSSES_OF_A_FAILURE);
    }
    card.stateChanged();
  }

  void flap(int times, Duration down, Duration up) {
    if (times < 1 || down.isNegative() || up.isNegative()) {
      throw new IllegalArgumentException(
          "flapping "
              + nic
              + " "
              + times
              + " times, "
              + down
              + " down and "
              + up
              + " up: times must be at least 1 and durations not negative");
    }
    flapOnce(times, down.toNanos(), up.toNanos());
  }

  private void flapOnce(int times, long downNanos, long upNanos) {
    setAdminUp(false);
    world.schedule(
        downNanos,
        () -> {
          setAdminUp(true);
          if (times > 1) {
            world.schedule(upNanos, () -> flapOnce(times - 1, downNanos, upNanos));
          }
        });
  }

  void setActive(boolean nowActive) {
    if (active != nowActive) {
      active = nowActive;
      world.record(host, nowActive ? Event.pnicActivated(nic) : Event.pnicDeactivated(nic), "");
    }
  }

  /** The state in words. */
  @Override
  public String toString() {
    String state = failed ? "failed" : hung ? "hung" : hasLink() ? "up" : "link down";
    return active ? state : state + ", inactive";
  }
}
