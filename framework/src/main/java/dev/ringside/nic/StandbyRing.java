// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import dev.ringside.flow.RingTarget;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PolledRing;
import dev.ringside.ring.PollingConfig;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.RingMode;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A receive ring that is bound to nobody: what the classifier steers into it stays there. It raises
 * no interrupt, and when it is full further packets are dropped as {@code CONTAINED}, all of it
 * without any work of the host.
 *
 * <pre>{@code
 * host.steering().contain(tcp().syn().to(web).port(80));
 * lab.wire().send(tcp().syn().to(web).port(80));
 * host.pnic("p0").standbyRing().packets(); // the SYN
 * }</pre>
 *
 * <p>What is in it is lost with the card. Only the consumer that a containment's policy names takes
 * packets out of it.
 */
public class StandbyRing extends ReceiveRing implements RingTarget {

  private final World world;
  private final Account account;
  private @Nullable PacketSink tap;

  StandbyRing(World world, Account account, NicConfig config) {
    super(
        world,
        account,
        account.name(),
        config.standbyRingCapacity(),
        PollingConfig.DEFAULT,
        Unconnected.SIDE);
    this.world = world;
    this.account = account;
    neverInterrupt();
  }

  /** Makes a ring with an account of its own, which answers for what is in it. */
  static StandbyRing open(World world, String name, NicConfig config) {
    Contents contents = new Contents();
    Account account = world.ledger().open(Stage.STANDBY_RING, name, contents);
    StandbyRing ring = NicParts.of(world).standbyRing(world, account, config);
    contents.ring = ring;
    return ring;
  }

  /** The packets that were contained in it. */
  public Account account() {
    return account;
  }

  /** The classifier has chosen it for a packet. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (tap != null) {
      tap.accept(packet);
    }
    if (offer(packet)) {
      world.passed(account, packet);
    } else {
      world.dropped(account, packet, DropReason.CONTAINED, this);
    }
  }

  /** Shows every packet that comes to it to this sink, which must only look; null: to nobody. */
  public void setTap(@Nullable PacketSink newTap) {
    synchronized (world.whileOpen()) {
      tap = newTap;
    }
  }

  /** Drops what is in it. */
  public void discard() {
    world.run(() -> clear(new Dropped(DropReason.CONTAINED)));
  }

  /** Drops what is in it and matches. */
  public void discard(PacketMatcher unwanted) {
    world.run(() -> remove(unwanted, new Dropped(DropReason.CONTAINED)));
  }

  /**
   * Takes the oldest packet on to this consumer, which no interrupt has called.
   *
   * @return whether there was one
   */
  public boolean pullInto(PacketSink consumer) {
    return world.call(
        () -> {
          boolean pulled = pullOne(consumer);
          if (pulled) {
            account.addSent();
          }
          return pulled;
        });
  }

  /** The card no longer works. */
  void loseAll() {
    clear(new Dropped(DropReason.PNIC_FAILED));
  }

  // ---- what other receive rings can do ----

  /**
   * Refused, as long as interrupts are to be turned on: nobody would answer them.
   *
   * @throws IllegalStateException if polled is false
   */
  @Override
  public void setPolled(boolean polled) {
    if (!polled) {
      throw refusal("raises no interrupts");
    }
  }

  /**
   * Refused: it raises no interrupts.
   *
   * @throws IllegalStateException always
   */
  @Override
  public void setInterruptThreshold(int n) {
    throw refusal("raises no interrupts");
  }

  /**
   * Refused: a host does not drain a standby ring.
   *
   * @throws IllegalStateException always
   */
  @Override
  public int poll(int most) {
    throw refusal("is not drained to the host");
  }

  /**
   * Refused: a host does not drain a standby ring.
   *
   * @throws IllegalStateException always
   */
  @Override
  public void connect(@Nullable Receiver newConsumer) {
    throw refusal("is not drained to the host");
  }

  /** It is polled from the first moment on, which is no change. */
  @Override
  public void modeChanged(PolledRing changed, RingMode mode) {}

  private IllegalStateException refusal(String why) {
    return new IllegalStateException(
        "standby ring "
            + name()
            + " "
            + why
            + "; look at packets(), or contain with ContainmentPolicy.lowPriority");
  }

  /** Drops packets of the ring for a reason. */
  private final class Dropped implements PacketSink {
    private final DropReason reason;

    Dropped(DropReason reason) {
      this.reason = reason;
    }

    @Override
    public void accept(Packet packet) {
      world.dropped(account, packet, reason, StandbyRing.this);
    }
  }

  /** Counts what is in a ring that comes into being after its account. */
  private static final class Contents implements Account.Holder {
    private @Nullable StandbyRing ring;

    @Override
    public long live() {
      return ring == null ? 0 : ring.live();
    }
  }
}
