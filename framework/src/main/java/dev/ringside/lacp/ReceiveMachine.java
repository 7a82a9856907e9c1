// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import dev.ringside.world.World;

/** What a port knows of its partner, and for how long it believes it. */
final class ReceiveMachine {

  private static final long SHORT_TIMEOUT = 3_000_000_000L;
  private static final long LONG_TIMEOUT = 90_000_000_000L;
  private static final int COMPARED =
      LacpFlag.ACTIVITY.bit()
          | LacpFlag.TIMEOUT.bit()
          | LacpFlag.AGGREGATION.bit()
          | LacpFlag.SYNCHRONIZATION.bit();

  private final LacpPort port;
  private final Alarm currentWhile;
  private ReceiveState state = ReceiveState.PORT_DISABLED;
  private PortInformation partner = PortInformation.NONE;

  ReceiveMachine(World world, LacpPort port) {
    this.port = port;
    this.currentWhile = new Alarm(world, this::timedOut);
  }

  ReceiveState state() {
    return state;
  }

  PortInformation partner() {
    return partner;
  }

  boolean isEnabled() {
    return state != ReceiveState.PORT_DISABLED;
  }

  /** The link is up that was down, or the other way round. */
  void setLink(boolean up) {
    if (up) {
      expire();
    } else {
      currentWhile.stop();
      partner = partner.with(LacpFlag.SYNCHRONIZATION, false);
      become(ReceiveState.PORT_DISABLED);
    }
  }

  private void expire() {
    partner = partner.with(LacpFlag.SYNCHRONIZATION, false).with(LacpFlag.TIMEOUT, true);
    currentWhile.start(SHORT_TIMEOUT);
    become(ReceiveState.EXPIRED);
  }

  private void timedOut() {
    if (state == ReceiveState.CURRENT) {
      expire();
    } else {
      partner = PortInformation.NONE;
      become(ReceiveState.DEFAULTED);
    }
    port.system().settle();
  }

  /** A LACPDU has come while there is a link. */
  void accept(Lacpdu message, PortInformation actor) {
    if (!message.actor().isSamePort(partner)) {
      port.mux().detach();
    }
    PortInformation seen = message.partner();
    if (!seen.isSamePort(actor) || ((seen.state() ^ actor.state()) & COMPARED) != 0) {
      port.transmitter().need();
    }
    partner = message.actor().with(LacpFlag.SYNCHRONIZATION, isPartnerInSync(message, actor));
    currentWhile.start(actor.has(LacpFlag.TIMEOUT) ? SHORT_TIMEOUT : LONG_TIMEOUT);
    become(ReceiveState.CURRENT);
  }

  private static boolean isPartnerInSync(Lacpdu message, PortInformation actor) {
    boolean willGoOn =
        message.actor().has(LacpFlag.ACTIVITY)
            || (actor.has(LacpFlag.ACTIVITY) && message.partner().has(LacpFlag.ACTIVITY));
    return message.actor().has(LacpFlag.SYNCHRONIZATION)
        && message.partner().isSamePort(actor)
        && willGoOn;
  }

  private void become(ReceiveState next) {
    if (state != next) {
      state = next;
      port.recordReceiveState(next);
    }
  }
}
