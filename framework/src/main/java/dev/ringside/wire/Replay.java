// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.PacketSink;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.packet.capture.ReplayTimeline;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A capture that is being replayed with its pauses, in virtual time.
 *
 * <pre>{@code
 * Replay replay = lab.wire().replayTimed(Path.of("everyday.pcap"));
 * lab.advance(Duration.ofSeconds(1));
 * host.pnic("p0").fail();
 * replay.finish(); // advances the lab until all is sent
 * }</pre>
 *
 * <p>It ends with the lab. A damaged file fails the operation in which the damage is reached, after
 * what comes before it was sent.
 */
public final class Replay implements Runnable, AutoCloseable {

  private final World world;
  private final CaptureReader reader;
  private final Predicate<CapturedPacket> only;
  private final PacketSink sink;
  private final ReplayTimeline timeline = new ReplayTimeline();
  private @Nullable CapturedPacket next;
  private long startedAt;
  private long sent;
  private boolean finished;

  Replay(World world, CaptureReader reader, Predicate<CapturedPacket> only, PacketSink sink) {
    this.world = world;
    this.reader = reader;
    this.only = only;
    this.sink = sink;
  }

  /** Starts one in a lab that is open. */
  static Replay start(
      World world, CaptureReader reader, Predicate<CapturedPacket> only, PacketSink sink) {
    Replay replay = new Replay(world, reader, only, sink);
    world.run(replay::start);
    return replay;
  }

  void start() {
    startedAt = world.now();
    world.atClose(this::close);
    readNext();
  }

  /** Sends what is due; called by the lab. */
  @Override
  public void run() {
    CapturedPacket due = next;
    if (due != null && !finished) {
      sent++;
      sink.accept(due.packet());
      readNext();
    }
  }

  private void readNext() {
    try {
      next = nextSelected();
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
    if (next == null) {
      close();
    } else {
      world.schedule(startedAt + timeline.elapsed() - world.now(), this);
    }
  }

  /** Packets that are left out take their time all the same. */
  private @Nullable CapturedPacket nextSelected() {
    CapturedPacket captured = reader.next();
    while (captured != null) {
      timeline.advanceTo(captured);
      if (only.test(captured)) {
        return captured;
      }
      captured = reader.next();
    }
    return null;
  }

  /** How many packets were sent. */
  public long sent() {
    synchronized (world) {
      return sent;
    }
  }

  /** Whether nothing is left to send. */
  public boolean isFinished() {
    synchronized (world) {
      return finished;
    }
  }

  /** Advances the lab until everything is sent. */
  public void finish() {
    while (!isFinished()) {
      long due = startedAt + timeline.elapsed() - world.now();
      world.advance(Duration.ofNanos(Math.max(0, due)));
    }
  }

  /** Ends the replay; what was not sent is not sent any more. */
  @Override
  public void close() {
    synchronized (world) {
      finished = true;
      reader.close();
    }
  }
}
