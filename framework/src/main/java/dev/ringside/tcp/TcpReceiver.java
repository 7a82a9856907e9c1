// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSpec;
import dev.ringside.stack.PacketHandler;
import dev.ringside.world.World;

/**
 * The end of a connection that was called and receives (RFC 9293). It answers, and never speaks
 * first: what gets lost of its answers is asked for again by the other end.
 *
 * <pre>
 *   segment --&gt; in the window? --&gt; next one expected? --&gt; taken, and what waited behind it
 *                 no: ACK            no: kept, ACK at once (the sender counts these)
 * </pre>
 *
 * <p>Every second segment is acknowledged at once, the others after the present event (RFC 9293,
 * 3.8.6.3, with no delay in virtual time).
 *
 * <pre>{@code
 * db.stack().onTcp(7_000, new TcpReceiver(world, link, sink, TcpConfig.DEFAULT, 1));
 * }</pre>
 */
public final class TcpReceiver implements PacketHandler, Runnable {

  private enum State {
    LISTEN,
    ESTABLISHED,
    LAST_ACK,
    CLOSED
  }

  /** How many ranges that came too early are kept; more are dropped, and sent again later. */
  private static final int MAX_RANGES = 64;

  /** How long a closed connection knows its late segments: two maximum segment lifetimes. */
  static final long LINGER_NANOS = 60_000_000_000L;

  private final World world;
  private final TcpLink link;
  private TcpSink sink;
  private final TcpConfig config;
  private final int initialSequence;
  private final ReceivedRanges early = new ReceivedRanges();
  private State state = State.LISTEN;
  private int peerSequence;
  private int expected;
  private int unacknowledged;
  private boolean acknowledgementDue;

  /**
   * Creates one that waits to be called.
   *
   * @param initialSequence where its own sequence numbers start
   */
  public TcpReceiver(
      World world, TcpLink link, TcpSink sink, TcpConfig config, int initialSequence) {
    this.world = world;
    this.link = link;
    this.sink = sink;
    this.config = config;
    this.initialSequence = initialSequence;
  }

  /** A segment has come to its port. */
  @Override
  public void handle(Packet segment) {
    int flags = segment.tcpFlags();
    if ((flags & TcpSpec.RST) != 0) {
      reset(segment);
    } else if (state == State.CLOSED || (state == State.LISTEN && (flags & TcpSpec.SYN) == 0)) {
      refuse(segment, flags);
    } else if ((flags & TcpSpec.SYN) != 0) {
      synchronize(segment);
    } else {
      receive(segment, flags);
    }
  }

  /** Nobody is here (RFC 9293, 3.5.2). */
  private void refuse(Packet segment, int flags) {
    if ((flags & TcpSpec.ACK) != 0) {
      link.send(TcpSpec.RST, Segments.acknowledgement(segment), 0, 0);
    } else {
      int end = Segments.sequence(segment) + segment.payloadLength() + 1; // a SYN counts as one
      link.send(TcpSpec.RST | TcpSpec.ACK, 0, end, 0);
    }
  }

  private void reset(Packet segment) {
    int ahead = Segments.sequence(segment) - wire(expected);
    boolean inWindow = ahead >= 0 && ahead <= config.window();
    if (inWindow && state == State.ESTABLISHED) {
      TcpSink owner = sink;
      state = State.CLOSED;
      release();
      owner.reset("connection reset by " + link.peer().name());
    }
  }

  /** A SYN that is repeated is answered again: the answer may have been lost. */
  private void synchronize(Packet segment) {
    if (state == State.LISTEN) {
      peerSequence = Segments.sequence(segment);
      state = State.ESTABLISHED;
    }
    link.synchronize(TcpSpec.SYN | TcpSpec.ACK, initialSequence, wire(0), config.window());
  }

  private void receive(Packet segment, int flags) {
    int place = expected + (Segments.sequence(segment) - wire(expected));
    int count = segment.payloadLength();
    if (count > 0) {
      receive(segment, place, count);
    }
    if ((flags & TcpSpec.FIN) != 0 && state != State.CLOSED && place + count <= expected) {
      finish(place + count);
    }
  }

  private void receive(Packet segment, int place, int count) {
    int end = place + count;
    boolean early = place > expected;
    if (end > expected + config.window()) {
      acknowledge(); // and drop it
    } else if (end > expected) {
      take(segment, place, end);
      if (early || ++unacknowledged >= 2) {
        acknowledge();
      } else {
        acknowledgeLater();
      }
    } else {
      acknowledge(); // has come before: the acknowledgement was lost, or a wire has doubled it
    }
  }

  private void take(Packet segment, int place, int end) {
    if (early.isEmpty() && place <= expected) {
      int from = expected;
      expected = end;
      sink.take(from, segment, from - place, end - from);
      sink.advanced(end);
    } else if (place <= expected || early.size() < MAX_RANGES) {
      takeHoles(segment, place, end);
    }
  }

  /** Takes of a segment what is not there yet. */
  private void takeHoles(Packet segment, int place, int end) {
    int at = Math.max(place, expected);
    while (at < end) {
      int covered = early.endFrom(at);
      if (covered == at) {
        int hole = Math.min(end, early.nextStart(at));
        sink.take(at, segment, at - place, hole - at);
        early.add(at, hole);
        covered = hole;
      }
      at = covered;
    }
    int reached = early.endFrom(expected);
    if (reached > expected) {
      expected = reached;
      early.forgetBefore(reached);
      sink.advanced(reached);
    }
  }

  private void acknowledgeLater() {
    if (!acknowledgementDue) {
      acknowledgementDue = true;
      world.afterwards(this);
    }
  }

  /** The present event is over. */
  @Override
  public void run() {
    acknowledgementDue = false;
    if (unacknowledged > 0 && state != State.CLOSED) {
      acknowledge();
    }
  }

  private void acknowledge() {
    unacknowledged = 0;
    link.send(TcpSpec.ACK, initialSequence + 1, wire(expected), config.window());
  }

  /** The sender has no more: this end closes too, in the same segment. */
  private void finish(int end) {
    if (state == State.ESTABLISHED) {
      state = State.LAST_ACK;
      release();
    }
    unacknowledged = 0;
    link.send(TcpSpec.FIN | TcpSpec.ACK, initialSequence + 1, wire(end) + 1, config.window());
  }

  /** Takes nothing more; the sender is told. */
  public void abort() {
    if (state == State.ESTABLISHED) {
      link.send(TcpSpec.RST | TcpSpec.ACK, initialSequence + 1, wire(expected), 0);
    }
    if (state == State.LISTEN || state == State.ESTABLISHED) {
      state = State.CLOSED;
      release();
    }
  }

  /** Late segments find the port still open for a while. */
  private void release() {
    sink = Nobody.INSTANCE;
    world.schedule(LINGER_NANOS, new Release(link));
  }

  /** The sequence number of a byte. */
  private int wire(int place) {
    return peerSequence + 1 + place;
  }
}
