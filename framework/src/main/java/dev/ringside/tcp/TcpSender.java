// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import dev.ringside.packet.Packet;
import dev.ringside.packet.TcpSpec;
import dev.ringside.stack.PacketHandler;
import dev.ringside.world.World;

/**
 * The end of a connection that calls and sends (RFC 9293).
 *
 * <pre>
 *   0        una            next       sent          available      size
 *   |  acked  |  in flight   |  again   |  not begun  |  not there   |
 *             `------ min(window, congestion window) -----'
 * </pre>
 *
 * <pre>{@code
 * TcpSender sender = new TcpSender(world, link, source, TcpConfig.DEFAULT, 1);
 * web.stack().onTcp(49_152, sender);
 * sender.open();
 * }</pre>
 */
public final class TcpSender implements PacketHandler {

  private enum State {
    CLOSED,
    SYN_SENT,
    ESTABLISHED,
    FIN_WAIT,
    TIME_WAIT
  }

  private static final int DUPLICATES = 3;
  private static final byte[] NOTHING = {};

  private final World world;
  private final TcpLink link;
  private TcpSource source;
  private final TcpConfig config;
  private final int initialSequence;
  private final RetransmissionTimer timer;
  private CongestionWindow congestion;
  private State state = State.CLOSED;
  private int segment;
  private int peerNext;
  private int peerWindow;
  private int una;
  private int next;
  private int sent;
  private int size = Integer.MAX_VALUE;
  private int retries;
  private int duplicates;
  private int recoverUpTo = -1;
  private int measuredPlace = -1;
  private long measuredSince;
  private boolean pumping;

  /**
   * Creates one that has not called yet.
   *
   * @param initialSequence where its sequence numbers start
   */
  public TcpSender(
      World world, TcpLink link, TcpSource source, TcpConfig config, int initialSequence) {
    this.world = world;
    this.link = link;
    this.source = source;
    this.config = config;
    this.initialSequence = initialSequence;
    this.segment = link.segmentBytes();
    this.congestion = new CongestionWindow(segment);
    this.timer = new RetransmissionTimer(world, this::timedOut);
  }

  /** How many bytes of data a segment has at most. */
  public int segmentBytes() {
    return segment;
  }

  /** How many bytes were begun. */
  public int sent() {
    return sent;
  }

  // ---- opening ----

  /** Calls the other end. */
  public void open() {
    state = State.SYN_SENT;
    synchronize();
  }

  private void synchronize() {
    link.synchronize(TcpSpec.SYN, initialSequence, 0, config.window());
    timer.restart();
  }

  private void opened(Packet answer) {
    int flags = answer.tcpFlags();
    boolean answers = Segments.acknowledgement(answer) == wire(0);
    if (!answers || (flags & TcpSpec.ACK) == 0) {
      return;
    }
    if ((flags & TcpSpec.RST) != 0) {
      fail("connection refused by " + link.peer().name());
    } else if ((flags & TcpSpec.SYN) != 0) {
      state = State.ESTABLISHED;
      retries = 0;
      peerNext = Segments.sequence(answer) + 1;
      peerWindow = Segments.window(answer);
      segment = Math.min(segment, Segments.maximumSegment(answer));
      congestion = new CongestionWindow(segment);
      timer.stop();
      acknowledge();
      pump();
    }
  }

  // ---- sending ----

  /** There are more bytes, or more may be begun. */
  public void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (state == State.ESTABLISHED && sendNext()) {}
    } finally {
      pumping = false;
    }
    if (state == State.ESTABLISHED && una == size()) {
      finish();
    }
  }

  private int size() {
    return Math.min(size, source.size());
  }

  private boolean sendNext() {
    int limit = next < sent ? sent : Math.min(source.available(), size());
    int count = Math.min(segment, limit - next);
    if (count <= 0 || (next >= sent && count < segment && next + count < size())) {
      return false; // a segment is not sent half full when more is to come
    }
    int room = una + Math.min(peerWindow, congestion.bytes()) - next;
    if (room < count) {
      if (next > una || room <= 0) {
        timer.startIfStopped(); // if nothing is in flight, to look whether the window is open again
        return false;
      }
      count = room;
    }
    if (next >= sent && !source.mayBegin()) {
      return false;
    }
    emit(next, count);
    return state == State.ESTABLISHED;
  }

  private void emit(int place, int count) {
    boolean again = place < sent;
    int end = place + count;
    if (again) {
      measuredPlace = -1; // whose acknowledgement it would be cannot be told (RFC 6298, 3)
    } else if (measuredPlace < 0) {
      measuredPlace = end;
      measuredSince = world.now();
    }
    next = Math.max(next, end);
    sent = Math.max(sent, end);
    timer.startIfStopped();
    source.sent(count, again);
    int flags = end == size() ? TcpSpec.ACK | TcpSpec.PSH : TcpSpec.ACK;
    link.send(
        flags,
        wire(place),
        peerNext,
        config.window(),
        source.bytes(),
        source.base() + place,
        count);
  }

  // ---- acknowledgements ----

  /** A segment has come to its port. */
  @Override
  public void handle(Packet answer) {
    if (state == State.SYN_SENT) {
      opened(answer);
    } else if (state == State.CLOSED) {
      return;
    } else if ((answer.tcpFlags() & TcpSpec.RST) != 0) {
      if (Segments.sequence(answer) == peerNext) {
        fail("connection reset by " + link.peer().name());
      }
    } else if ((answer.tcpFlags() & TcpSpec.SYN) != 0) {
      acknowledge(); // this end's last one was lost
    } else {
      acknowledged(answer);
    }
  }

  private void acknowledged(Packet answer) {
    int place = una + (Segments.acknowledgement(answer) - wire(una));
    int most = state == State.ESTABLISHED ? sent : sent + 1;
    if (place < una || place > most) {
      return; // old, or of something that was never sent
    }
    int window = Segments.window(answer);
    boolean sameWindow = window == peerWindow;
    peerWindow = window;
    if (place > una) {
      advance(place);
    } else if (sameWindow && una < sent && answer.payloadLength() == 0) {
      duplicate();
    }
    if (state == State.ESTABLISHED) {
      pump();
    } else if (state != State.CLOSED) {
      closing(answer);
    }
  }

  private void advance(int place) {
    int count = place - una;
    una = place;
    next = Math.max(next, place);
    retries = 0;
    if (measuredPlace >= 0 && place >= measuredPlace) {
      timer.measured(world.now() - measuredSince);
      measuredPlace = -1;
    }
    restartTimer();
    duplicates = 0;
    recover(count);
    if (place - count < sent) { // not the end alone
      source.acknowledged(Math.min(place, sent));
    }
  }

  private void restartTimer() {
    if (una == sent && state == State.ESTABLISHED) {
      timer.stop();
    } else {
      timer.restart();
    }
  }

  /** Fast recovery (RFC 6582): the next hole is filled as soon as it is known. */
  private void recover(int count) {
    if (recoverUpTo < 0) {
      congestion.acknowledged(count);
    } else if (una >= recoverUpTo) {
      recoverUpTo = -1;
      congestion.recovered();
    } else {
      congestion.partlyRecovered(count);
      sendAgain();
    }
  }

  private void duplicate() {
    duplicates++;
    if (recoverUpTo >= 0) {
      congestion.duplicated();
    } else if (duplicates == DUPLICATES) {
      recoverUpTo = sent;
      congestion.recover(sent - una);
      sendAgain();
    }
  }

  private void sendAgain() {
    int count = Math.min(segment, sent - una);
    if (count > 0) {
      emit(una, count);
    }
  }

  // ---- the timer ----

  private void timedOut() {
    if (++retries > config.attempts()) {
      fail("no answer from " + link.peer().name() + " to " + retries + " attempts");
      return;
    }
    timer.backOff();
    if (state == State.SYN_SENT) {
      synchronize();
    } else if (state == State.FIN_WAIT) {
      sendFinish();
    } else if (state == State.ESTABLISHED) {
      sendFromUnacknowledged();
    }
  }

  /** All that is in flight counts as lost. */
  private void sendFromUnacknowledged() {
    recoverUpTo = -1;
    duplicates = 0;
    if (una == sent) {
      probeWindow();
      return;
    }
    congestion.timedOut(sent - una);
    next = una;
    timer.restart();
    pump();
  }

  /** One byte more than the window allows, to hear what it is now (RFC 9293, 3.8.6.1). */
  private void probeWindow() {
    if (peerWindow == 0 && Math.min(source.available(), size()) > next && source.mayBegin()) {
      emit(next, 1);
    }
  }

  // ---- closing ----

  /** Begins no further bytes: what was begun is the end. */
  public void stop() {
    if (state == State.SYN_SENT) {
      TcpSource owner = source;
      close();
      owner.completed();
      return;
    }
    size = sent;
    pump();
  }

  private void finish() {
    state = State.FIN_WAIT;
    retries = 0;
    sendFinish();
    source.completed();
  }

  private void sendFinish() {
    timer.restart();
    link.send(TcpSpec.FIN | TcpSpec.ACK, wire(sent), peerNext, config.window());
  }

  private void closing(Packet answer) {
    if (una > sent && (answer.tcpFlags() & TcpSpec.FIN) != 0) {
      peerNext = Segments.sequence(answer) + answer.payloadLength() + 1;
      acknowledgeFinish();
    }
  }

  private void acknowledgeFinish() {
    link.send(TcpSpec.ACK, wire(sent) + 1, peerNext, config.window());
    if (state == State.FIN_WAIT) {
      state = State.TIME_WAIT;
      timer.end();
      release();
    }
  }

  /** Gives up at once; the other end is told. */
  public void abort() {
    if (state == State.ESTABLISHED) {
      link.send(TcpSpec.RST | TcpSpec.ACK, wire(sent), peerNext, 0);
    }
    close();
  }

  private void fail(String why) {
    boolean open = state == State.SYN_SENT || state == State.ESTABLISHED;
    TcpSource owner = source;
    close();
    if (open) {
      owner.failed(why);
    }
  }

  private void close() {
    if (state != State.CLOSED && state != State.TIME_WAIT) {
      state = State.CLOSED;
      timer.end();
      release();
    }
  }

  private void release() {
    source = Nobody.INSTANCE;
    world.schedule(TcpReceiver.LINGER_NANOS, new Release(link));
  }

  private void acknowledge() {
    link.send(TcpSpec.ACK, wire(next), peerNext, config.window(), NOTHING, 0, 0);
  }

  /** The sequence number of a byte. */
  private int wire(int place) {
    return initialSequence + 1 + place;
  }
}
