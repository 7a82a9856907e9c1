// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Packet;
import dev.ringside.tcp.TcpConfig;
import dev.ringside.tcp.TcpReceiver;
import dev.ringside.tcp.TcpSender;
import dev.ringside.tcp.TcpSink;
import dev.ringside.tcp.TcpSource;
import org.jspecify.annotations.Nullable;

/** Carries bytes in segments of a TCP connection, which begins at the first that is needed. */
final class TcpCarrier implements Carrier, TcpSource, TcpSink {

  private final Hop hop;
  private final int base;
  private final TcpSender sender;
  private final @Nullable TcpReceiver receiver;
  private boolean opened;
  private boolean over;

  TcpCarrier(Hop hop, Connections connections) {
    this.hop = hop;
    this.base = hop.acknowledgedBytes();
    TransferConfig said = hop.config();
    TcpConfig config = new TcpConfig(said.ipVersion(), said.window(), said.attempts());
    Connections.Ends ends = connections.newEnds(hop.from(), hop.to(), config);
    this.sender = ends.newSender(this);
    this.receiver = ends.newReceiver(this);
    hop.stretch().limit(sender.segmentBytes());
    if (receiver != null && hop.isTargetClosed()) {
      receiver.abort();
    }
  }

  // ---- the hop's carrier ----

  @Override
  public void pump() {
    if (opened) {
      sender.pump();
    } else if (!over) {
      opened = true;
      sender.open();
    }
  }

  @Override
  public void leave() {
    if (opened) {
      sender.stop();
    } else {
      over = true;
      hop.carried();
    }
  }

  @Override
  public void abort() {
    over = true;
    sender.abort();
    if (receiver != null) {
      receiver.abort();
    }
  }

  // ---- what the sender asks and tells ----

  @Override
  public byte[] bytes() {
    return hop.source().bytes();
  }

  @Override
  public int base() {
    return base;
  }

  @Override
  public int available() {
    return hop.source().filled() - base;
  }

  @Override
  public int size() {
    return hop.size() - base;
  }

  @Override
  public boolean mayBegin() {
    return hop.mayBegin();
  }

  @Override
  public void sent(int bytes, boolean again) {
    hop.began(bytes, again);
  }

  @Override
  public void acknowledged(int place) {
    if (!over) {
      hop.acknowledged(base + place);
    }
  }

  @Override
  public void completed() {
    if (!over) {
      over = true;
      hop.stretch().limit(sender.segmentBytes());
      hop.carried();
    }
  }

  @Override
  public void failed(String why) {
    if (!over) {
      over = true;
      if (receiver != null) {
        receiver.abort();
      }
      hop.carrierFailed(why);
    }
  }

  // ---- what the receiver tells ----

  @Override
  public void take(int place, Packet segment, int skip, int count) {
    hop.target().take(segment, skip, base + place, count);
  }

  @Override
  public void advanced(int place) {
    if (hop.target().fillTo(base + place)) {
      hop.arrived();
    }
  }

  /** Only the sender does that, who knows why. */
  @Override
  public void reset(String why) {}
}
