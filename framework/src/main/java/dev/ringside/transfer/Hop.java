// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import dev.ringside.packet.Endpoint;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.Channel;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from one node of a path to the next. It chooses a protocol, and chooses again before the
 * next unit once anything has changed.
 *
 * <pre>
 *   choose --&gt; carry --unit--unit--unit--&gt; all acknowledged: done
 *     ^          | topology changed, another protocol suits
 *     |          v
 *     `------- leave: begin nothing, wait until what is in flight is acknowledged (1 s at most)
 * </pre>
 *
 * <pre>{@code
 * transfer.hops().get(0).stretches(); // [RDMA over [CHASSIS_INTERCONNECT] from byte 0: 16 units]
 * }</pre>
 */
public final class Hop {

  /** How long acknowledgements are waited for by a protocol that is being left. */
  static final long DRAIN_NANOS = 1_000_000_000L;

  private final Transfer transfer;
  private final Transfers transfers;
  private final Endpoint from;
  private final Endpoint to;
  private final Store source;
  private final Store target;
  private final List<Stretch> stretches = new ArrayList<>(1);
  private final Set<Protocol> barred = EnumSet.noneOf(Protocol.class);
  private final Runnable advance = this::advance;
  private @Nullable Hop next;
  private @Nullable Carrier carrier;
  private @Nullable Timer drain;
  private String fallBack = "";
  private long version = Long.MIN_VALUE;
  private int acknowledged;
  private boolean leaving;
  private boolean poked;
  private boolean waitsForResume;
  private boolean done;

  Hop(Transfer transfer, Transfers transfers, Endpoint from, Endpoint to, Store source) {
    this.transfer = transfer;
    this.transfers = transfers;
    this.from = from;
    this.to = to;
    this.source = source;
    this.target = Store.empty(source.size());
  }

  void setNext(Hop following) {
    next = following;
  }

  // ---- what it is ----

  /** The names of its ends, such as web&gt;db. */
  public String name() {
    return from.name() + ">" + to.name();
  }

  /** The node that sends. */
  public Endpoint from() {
    return from;
  }

  /** The node that receives. */
  public Endpoint to() {
    return to;
  }

  /** By what it went, in order. */
  public List<Stretch> stretches() {
    synchronized (world()) {
      return List.copyOf(stretches);
    }
  }

  /** How many bytes the next node has acknowledged. */
  public int acknowledgedBytes() {
    synchronized (world()) {
      return acknowledged;
    }
  }

  /** How many bytes, from the first one on, have come to the next node. */
  public int receivedBytes() {
    synchronized (world()) {
      return target.filled();
    }
  }

  /** Whether all bytes are acknowledged. */
  public boolean isDone() {
    synchronized (world()) {
      return done;
    }
  }

  // ---- for carriers ----

  World world() {
    return transfers.world();
  }

  TransferConfig config() {
    return transfer.config();
  }

  Store source() {
    return source;
  }

  Store target() {
    return target;
  }

  int size() {
    return source.size();
  }

  Stretch stretch() {
    return stretches.get(stretches.size() - 1);
  }

  @Nullable Channel channel() {
    return transfers.places().channel(from, to);
  }

  boolean isTargetClosed() {
    return transfers.isClosed(to);
  }

  /** Whether a unit may be begun that was not begun before; what has changed is looked at first. */
  boolean mayBegin() {
    if (leaving || version != transfers.places().version()) {
      poke();
      return false;
    }
    return transfer.hasAllowance() && !isSuspended(from) && (isTcp() || !isSuspended(to));
  }

  /** To one that stands still, frames are sent and wait; its memory is not written to. */
  private boolean isTcp() {
    return stretch().protocol() == Protocol.TCP_IP;
  }

  private boolean isSuspended(Endpoint node) {
    if (!(node instanceof VirtualMachine vm) || !vm.isPaused()) {
      return false;
    }
    if (!waitsForResume) {
      waitsForResume = true;
      vm.whenResumed(this::resumed);
    }
    return true;
  }

  private void resumed() {
    waitsForResume = false;
    poke();
  }

  /** A unit has left. */
  void began(int bytes, boolean again) {
    stretch().count(bytes, again);
    if (!again) {
      transfer.useAllowance();
    }
  }

  /** More bytes are at the next node. */
  void arrived() {
    Hop following = next;
    if (following != null) {
      following.poke();
    }
  }

  /** The sender knows that all bytes before this place have arrived. */
  void acknowledged(int place) {
    acknowledged = place;
  }

  /** Whether a unit in flight cannot arrive, which is dealt with then. */
  boolean isRefused() {
    if (isTargetClosed()) {
      transfer.fail(this, to.name() + " takes no transfers");
      return true;
    }
    if (!transfers.places().leadTo(stretch().media(), from, to)) {
      Protocol protocol = stretch().protocol();
      bar(protocol, to.name() + " is not where the tables say");
      return true;
    }
    return false;
  }

  /** The protocol cannot go on as things are; another one takes over. */
  void bar(Protocol protocol, String why) {
    barred.add(protocol);
    fallBack = protocol + ": " + why;
    drop();
    poke();
  }

  /** The carrier is done. */
  void carried() {
    carrier = null;
    leaving = false;
    cancelDrain();
    if (acknowledged == size()) {
      done = true;
      transfer.hopDone();
    } else {
      poke();
    }
  }

  /** The carrier can do no more. */
  void carrierFailed(String why) {
    if (leaving || version != transfers.places().version()) {
      carried();
    } else {
      transfer.fail(this, why);
    }
  }

  // ---- choosing ----

  /** Looks after the present event what there is to do. */
  void poke() {
    if (!poked) {
      poked = true;
      world().afterwards(advance);
    }
  }

  private void advance() {
    poked = false;
    if (done || !transfer.isOpenNow()) {
      return;
    }
    if (version != transfers.places().version()) {
      barred.clear();
      fallBack = "";
      version = transfers.places().version();
      choose();
    } else if (carrier == null) {
      choose();
    }
    Carrier now = carrier;
    if (now != null) {
      now.pump();
    }
  }

  private void choose() {
    Set<Media> media = transfer.mediaFor(this);
    if (media.isEmpty()) {
      transfer.fail(this, "no way from " + from.name() + " to " + to.name());
      return;
    }
    Protocol chosen = config().policy().choose(media);
    if (!chosen.carriesOver(media)) {
      transfer.fail(this, "the policy chose " + chosen + ", which does not get over " + media);
      return;
    }
    String why = "";
    if (barred.contains(chosen)) {
      chosen = Protocol.TCP_IP;
      why = fallBack;
    }
    change(chosen, media, why);
  }

  private void change(Protocol chosen, Set<Media> media, String why) {
    Carrier former = carrier;
    if (former == null) {
      begin(chosen, media, why);
    } else if (stretch().protocol() != chosen) {
      leave(former);
    } else if (!stretch().media().equals(media)) {
      int limit = stretch().unitBytes();
      note(chosen, media, why);
      stretch().limit(limit);
    }
  }

  private void leave(Carrier former) {
    if (!leaving) {
      leaving = true;
      drain = world().schedule(DRAIN_NANOS, this::endDrain);
      former.leave();
    }
  }

  /** What is in flight will not be acknowledged any more: it counts as lost. */
  private void endDrain() {
    drain = null;
    drop();
    carried();
  }

  private void begin(Protocol protocol, Set<Media> media, String why) {
    note(protocol, media, why);
    if (protocol != Protocol.TCP_IP && isTargetClosed()) { // TCP is refused by the other end
      transfer.fail(this, to.name() + " takes no transfers");
      return;
    }
    carrier =
        switch (protocol) {
          case LOOPBACK -> new LoopbackCarrier(this);
          case RDMA -> new RdmaCarrier(this, transfers.receiveQueue(to));
          case TCP_IP -> new TcpCarrier(this, transfers.connections());
        };
  }

  private void note(Protocol protocol, Set<Media> media, String why) {
    stretches.add(new Stretch(protocol, media, version, why, acknowledged));
    world()
        .record(
            from.name(), EventKind.PROTOCOL_CHOSEN, name(), protocol.toString(), media.toString());
  }

  // ---- the end ----

  /** Ends without being done. */
  void drop() {
    Carrier former = carrier;
    carrier = null;
    leaving = false;
    cancelDrain();
    if (former != null) {
      former.abort();
    }
  }

  private void cancelDrain() {
    Timer pending = drain;
    if (pending != null) {
      pending.cancel();
      drain = null;
    }
  }

  @Override
  public String toString() {
    return name() + ": " + acknowledged + " of " + size() + " bytes, " + stretches();
  }
}
