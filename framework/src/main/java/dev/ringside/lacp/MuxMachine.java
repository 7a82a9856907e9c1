// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.world.World;

/** Leads a port from being selected to carrying traffic, and back. */
final class MuxMachine {

  private final LacpPort port;
  private final Alarm wait;
  private MuxState state = MuxState.DETACHED;
  private boolean waited;

  MuxMachine(World world, LacpPort port) {
    this.port = port;
    this.wait = new Alarm(world, this::waited);
  }

  MuxState state() {
    return state;
  }

  boolean isAtLeast(MuxState least) {
    return state.compareTo(least) >= 0;
  }

  /** Whether others must wait for it. */
  boolean isStillWaiting() {
    return state == MuxState.WAITING && !waited;
  }

  private void waited() {
    waited = true;
    port.system().settle();
  }

  /** Out of the aggregate. */
  void detach() {
    wait.stop();
    if (state != MuxState.DETACHED) {
      become(MuxState.DETACHED);
      port.transmitter().need();
    }
  }

  /** Makes at most one step; tells whether it did. */
  boolean step() {
    MuxState before = state;
    if (!port.isSelected()) {
      detach();
      return before != state;
    }
    PortInformation partner = port.partner();
    boolean inSync = partner.has(LacpFlag.SYNCHRONIZATION);
    switch (state) {
      case DETACHED -> startWaiting();
      case WAITING -> attachWhenReady();
      case ATTACHED -> moveAndTell(inSync, MuxState.COLLECTING);
      case COLLECTING -> {
        if (!inSync) {
          moveAndTell(true, MuxState.ATTACHED);
        } else if (partner.has(LacpFlag.COLLECTING) && port.transmitter().hasToldCollecting()) {
          become(MuxState.DISTRIBUTING);
        }
      }
      case DISTRIBUTING ->
          moveAndTell(!inSync || !partner.has(LacpFlag.COLLECTING), MuxState.COLLECTING);
    }
    return before != state;
  }

  private void startWaiting() {
    waited = false;
    become(MuxState.WAITING);
    wait.start(port.config().aggregateWait().toNanos());
  }

  /** Ports that wait join together. */
  private void attachWhenReady() {
    moveAndTell(port.system().isReady(), MuxState.ATTACHED);
  }

  private void moveAndTell(boolean now, MuxState next) {
    if (now) {
      become(next);
      port.transmitter().need();
    }
  }

  private void become(MuxState next) {
    state = next;
    if (!isAtLeast(MuxState.COLLECTING)) {
      port.transmitter().collectsNoLonger();
    }
    port.recordMuxState(next);
  }
}
