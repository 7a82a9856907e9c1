// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.world.World;

/** Sends LACPDUs, no more than three in a second. */
final class Transmitter {

  private static final int BURST = 3;
  private static final long BURST_TIME = 1_000_000_000L;

  private final World world;
  private final LacpPort port;
  private final Alarm later;
  private final long[] sentAt = new long[BURST];
  private long sent;
  private boolean needed;
  private boolean toldCollecting;

  Transmitter(World world, LacpPort port) {
    this.world = world;
    this.port = port;
    this.later = new Alarm(world, port.system()::settle);
  }

  long sent() {
    return sent;
  }

  /** The partner must be told something. */
  void need() {
    needed = true;
  }

  /** Whether the partner was told that this port takes frames, since it does. */
  boolean hasToldCollecting() {
    return toldCollecting;
  }

  void collectsNoLonger() {
    toldCollecting = false;
  }

  /** Sends if it must and may; tells whether it did. */
  boolean sendIfNeeded() {
    if (!needed) {
      return false;
    }
    if (!port.maySend()) {
      needed = false;
      return false;
    }
    int slot = (int) (sent % BURST);
    long next = sent < BURST ? world.now() : sentAt[slot] + BURST_TIME;
    if (next > world.now()) {
      later.start(next - world.now());
      return false;
    }
    sentAt[slot] = world.now();
    sent++;
    needed = false;
    toldCollecting = port.mux().isAtLeast(MuxState.COLLECTING);
    port.send();
    return true;
  }
}
