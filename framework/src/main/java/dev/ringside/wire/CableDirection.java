// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.ring.Receiver;
import dev.ringside.time.Pacer;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link Cable}: how long packets take, how fast they can follow each other, and
 * what goes wrong with them.
 *
 * <pre>{@code
 * cable.toHost().setLatency(Duration.ofNanos(500));
 * cable.toHost().setBandwidth(10_000_000_000L);
 * cable.toHost().lose(Selector.nth(3));
 * }</pre>
 *
 * <p>A packet occupies the cable for its length and the 24 bytes of preamble, frame check sequence
 * and gap (IEEE 802.3, section 4); senders that queue wait for the cable, others are served one
 * after the other. Packets arrive in the order in which they were sent, whatever is set meanwhile,
 * unless a fault reorders them. A corrupted packet arrives, as one does that was damaged in some
 * memory on its way. Not modelled: collisions, negotiation of speed, frames that the receiver's
 * frame check throws away (lose them).
 */
public class CableDirection implements Receiver {

  /** Preamble and start (8), frame check sequence (4), gap between frames (12). */
  static final int OVERHEAD_BYTES = 24;

  /** How many packets can be under way; a switch in front of a slow cable drops the others. */
  static final int MAX_IN_FLIGHT = 65_536;

  private static final int SHORTEST_FRAME = 60;

  private final World world;
  private final String cable;
  private final String direction;
  private final Account account;
  private @Nullable Arrival arrival;
  private @Nullable Wake wake;
  private Pacer pacer = Pacer.UNLIMITED;
  private List<PacketSink> taps = List.of();
  private List<WireFault> faults = List.of();
  private @Nullable Port sender;
  private @Nullable Port receiver;
  private boolean carrier = true;
  private long latencyNanos;
  private long lastArrival;
  private boolean wakeScheduled;
  private int inFlight;
  private int faultsEver;

  CableDirection(World world, String cable, String direction, Account account) {
    this.world = world;
    this.cable = cable;
    this.direction = direction;
    this.account = account;
  }

  void connect(Port from, Port to) {
    sender = from;
    receiver = to;
  }

  void carrierChanged(boolean up) {
    carrier = up;
    if (receiver != null) {
      receiver.carrierChanged(up);
    }
  }

  String name() {
    return cable + direction;
  }

  String cable() {
    return cable;
  }

  int inFlight() {
    return inFlight;
  }

  // ---- conditions ----

  /**
   * Sets how long a packet takes from one end to the other.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void setLatency(Duration latency) {
    if (latency.isNegative()) {
      throw new IllegalArgumentException(name() + ": latency " + latency + " must not be negative");
    }
    synchronized (world) {
      latencyNanos = latency.toNanos();
      world.record(cable, EventKind.CONFIGURED, name(), "latency " + latencyNanos + " ns");
    }
  }

  /**
   * Sets how many bits a second the cable carries from the next packet on; 0 for no limit.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public void setBandwidth(long newBitsPerSecond) {
    if (newBitsPerSecond < 0) {
      throw new IllegalArgumentException(
          name() + ": bandwidth " + newBitsPerSecond + " bit/s must not be negative");
    }
    world.run(
        () -> {
          pacer = Pacer.of(newBitsPerSecond);
          world.record(
              cable, EventKind.CONFIGURED, name(), "bandwidth " + newBitsPerSecond + " bit/s");
          senderMaySend();
        });
  }

  /** How many bits a second the cable carries; 0 for no limit. */
  public long bandwidth() {
    synchronized (world) {
      return pacer.rate();
    }
  }

  /** Loses the selected packets. */
  public WireFault lose(Selector selector) {
    return add(WireFault.Effect.LOSE, selector, 0);
  }

  /** Flips one bit, chosen by the lab's seed, in each of the selected packets. */
  public WireFault corrupt(Selector selector) {
    return add(WireFault.Effect.CORRUPT, selector, 0);
  }

  /** Sends a copy behind each of the selected packets. */
  public WireFault duplicate(Selector selector) {
    return add(WireFault.Effect.DUPLICATE, selector, 0);
  }

  /**
   * Holds the selected packets back, so that those behind them overtake.
   *
   * @throws IllegalArgumentException if the delay is not positive
   */
  public WireFault reorder(Selector selector, Duration delay) {
    if (delay.isNegative() || delay.isZero()) {
      throw new IllegalArgumentException(
          name() + ": a delay of " + delay + " reorders nothing; it must be positive");
    }
    return add(WireFault.Effect.DELAY, selector, delay.toNanos());
  }

  private WireFault add(WireFault.Effect effect, Selector selector, long delayNanos) {
    synchronized (world) {
      effect.expectLosses(world.ledger());
      int number = ++faultsEver;
      WireFault fault =
          new WireFault(
              world,
              this,
              number,
              effect,
              selector,
              delayNanos,
              world.random(name() + " fault " + number));
      faults = with(faults, fault);
      fault.plan();
      world.record(cable, EventKind.CONFIGURED, name(), "fault " + number + " " + effect);
      return fault;
    }
  }

  void remove(WireFault fault) {
    synchronized (world) {
      List<WireFault> left = new ArrayList<>(faults);
      left.remove(fault);
      faults = left;
    }
  }

  /** Hands every packet that arrives at the end to this sink too; it must only look. */
  public void tap(PacketSink tap) {
    synchronized (world) {
      taps = with(taps, tap);
    }
  }

  private static <T> List<T> with(List<T> list, T more) {
    if (list.isEmpty()) {
      return List.of(more);
    }
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(more);
    return longer;
  }

  // ---- replaying ----

  /**
   * Starts to replay a capture into this direction, with its pauses, in virtual time: the first
   * packet starts its way through the cable now, the others as the lab advances.
   *
   * <pre>{@code
   * lab.cable("p0").toHost().replayTimed(Path.of("report/p0.pcapng")).finish();
   * }</pre>
   *
   * <p>Of a capture that the report of a failed test has left behind, only the packets of this
   * direction are sent: those of the other one were answers, and the devices answer again.
   *
   * @throws dev.ringside.packet.capture.CaptureException if the file cannot be read
   */
  public Replay replayTimed(Path capture) {
    return replayTimed(CaptureReader.open(capture));
  }

  /** Starts to replay what this reader reads, with its pauses; the replay closes it. */
  public Replay replayTimed(CaptureReader capture) {
    return Replay.start(world, capture, this::isOfThisDirection, new Injection());
  }

  private boolean isOfThisDirection(CapturedPacket captured) {
    String name = captured.interfaceName();
    String other = direction.equals(Cable.TO_HOST) ? Cable.TO_NETWORK : Cable.TO_HOST;
    return !name.endsWith(other);
  }

  /** Where packets of a capture come into the cable. */
  private final class Injection implements PacketSink {
    @Override
    public void accept(Packet packet) {
      carry(world.inject(account, packet));
    }
  }

  // ---- packets ----

  /** Whether the next packet can start now. */
  @Override
  public boolean isReady() {
    return pacer.isFree(world.now());
  }

  /** A packet starts its way through the cable. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    carry(packet);
  }

  private void carry(Packet packet) {
    if (!carrier) {
      world.dropped(account, packet, DropReason.LINK_DOWN, this);
      return;
    }
    if (inFlight >= MAX_IN_FLIGHT) {
      world.dropped(account, packet, DropReason.RING_FULL, this);
      return;
    }
    world.passed(account, packet, direction);
    if (faults.isEmpty()) {
      fly(packet, 0);
    } else {
      strike(packet);
    }
  }

  private void strike(Packet original) {
    Packet packet = original;
    boolean lost = false;
    int copies = 0;
    long delay = 0;
    for (int i = 0; i < faults.size(); i++) {
      WireFault fault = faults.get(i);
      if (fault.strikes(packet)) {
        switch (fault.effect()) {
          case LOSE -> lost = true;
          case CORRUPT -> packet = flipOneBit(packet, fault);
          case DUPLICATE -> copies++;
          case DELAY -> delay += fault.delayNanos();
        }
      }
    }
    if (lost) {
      world.dropped(account, packet, DropReason.LOST_ON_WIRE, this);
      return;
    }
    fly(packet, delay);
    for (int i = 0; i < copies; i++) {
      fly(world.copy(account, packet), delay);
    }
  }

  private Packet flipOneBit(Packet packet, WireFault fault) {
    byte[] bytes = packet.toByteArray();
    if (bytes.length > 0) {
      int bit = fault.random().nextInt(bytes.length * 8);
      bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
    }
    return Packet.of(bytes).withId(packet.id());
  }

  private void fly(Packet packet, long delay) {
    long now = world.now();
    long bits = 8L * (Math.max(packet.length(), SHORTEST_FRAME) + OVERHEAD_BYTES);
    lastArrival = Math.max(lastArrival, pacer.take(now, bits) + latencyNanos);
    inFlight++;
    if (arrival == null) {
      arrival = new Arrival();
    }
    world.schedule(lastArrival + delay - now, arrival, packet);
    if (!wakeScheduled && !pacer.isFree(now)) {
      if (wake == null) {
        wake = new Wake();
      }
      wakeScheduled = true;
      world.schedule(pacer.freeAt() - now, wake, packet);
    }
  }

  private void senderMaySend() {
    if (sender != null) {
      sender.readyToSend();
    }
  }

  /** Where a packet's end has left the sender: the next one may start, unless others did. */
  private final class Wake implements PacketSink {
    @Override
    public void accept(Packet anyPacket) {
      long now = world.now();
      wakeScheduled = !pacer.isFree(now);
      if (wakeScheduled) {
        world.schedule(pacer.freeAt() - now, this, anyPacket);
      } else {
        senderMaySend();
      }
    }
  }

  /** The far end of the cable. */
  private final class Arrival implements PacketSink {
    @Override
    public void accept(Packet packet) {
      inFlight--;
      account.addSent();
      for (int i = 0; i < taps.size(); i++) {
        show(packet, taps.get(i));
      }
      if (receiver != null) {
        receiver.accept(packet);
      }
    }

    /** A tap that fails costs no packet; it fails the operation that sent it. */
    private void show(Packet packet, PacketSink tap) {
      try {
        tap.accept(packet);
      } catch (RuntimeException | AssertionError e) {
        world.remember(e);
      }
    }
  }

  @Override
  public String toString() {
    return "cable " + name() + ", " + inFlight + " packets under way";
  }
}
