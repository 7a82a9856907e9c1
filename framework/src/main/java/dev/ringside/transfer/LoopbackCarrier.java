// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Hands a message over in the memory of a host: what is left of it in one unit, with one copy.
 *
 * <p>Where virtual machines reach each other by proxies, the hand-over takes its turn in their
 * channel: it waits behind packets that wait, and a channel that is closed lets nothing pass.
 */
final class LoopbackCarrier implements Carrier, Runnable, WaitQueue.Request {

  private final Hop hop;
  private @Nullable Channel channel;
  private @Nullable Waiter waiter;
  private boolean inFlight;
  private boolean leaving;
  private boolean over;

  LoopbackCarrier(Hop hop) {
    this.hop = hop;
    hop.stretch().limit(Math.max(1, hop.size() - hop.acknowledgedBytes()));
  }

  @Override
  public void pump() {
    if (inFlight || waiter != null || over) {
      return;
    }
    if (leaving || hop.acknowledgedBytes() == hop.size()) {
      finish();
    } else if (hop.source().filled() == hop.size() && hop.mayBegin()) {
      takeTurn();
    }
  }

  private void takeTurn() {
    channel = hop.channel();
    if (channel == null || channel.letsPass()) {
      begin();
    } else if (channel.isClosed()) {
      hop.bar(Protocol.LOOPBACK, "channel " + channel.name() + " is closed");
    } else {
      waiter = channel.awaitTurn(hop.name(), this);
    }
  }

  private void begin() {
    inFlight = true;
    hop.began(hop.size() - hop.acknowledgedBytes(), false);
    hop.world().afterwards(this);
  }

  /** The unit is there. */
  @Override
  public void run() {
    inFlight = false;
    if (over || hop.isRefused()) {
      return;
    }
    int at = hop.acknowledgedBytes();
    hop.target().copy(hop.source(), at, hop.size() - at);
    hop.arrived();
    hop.acknowledged(hop.size());
    finish();
  }

  private void finish() {
    over = true;
    hop.carried();
  }

  // ---- its turn in the channel ----

  @Override
  public boolean tryGrant() {
    return channel == null || channel.size() == 0;
  }

  @Override
  public void granted(Waiter granted) {
    waiter = null;
    hop.poke();
  }

  @Override
  public void cancelled(Waiter cancelled, DropReason reason, String why) {
    waiter = null;
    hop.bar(Protocol.LOOPBACK, why);
  }

  private void endWait() {
    Waiter waiting = waiter;
    if (waiting != null) {
      waiter = null;
      waiting.withdraw();
    }
  }

  // ---- the end ----

  @Override
  public void leave() {
    leaving = true;
    endWait();
    pump();
  }

  @Override
  public void abort() {
    over = true;
    endWait();
  }
}
