// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.flow.Destination;
import dev.ringside.host.InlineBridge;
import dev.ringside.jqwik.model.MonitorStep;
import dev.ringside.monitor.Batch;
import dev.ringside.monitor.Capture;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.Verdict;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.wire.CableDirection;
import dev.ringside.wire.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a script on a host that joins two networks inline, and keeps what happened. Packets carry a
 * number as their source port, in the order in which they are sent.
 */
final class Bench implements AutoCloseable {

  /** How a run is set up. */
  record Shape(
      int slots,
      int ringCapacity,
      boolean polled,
      boolean slowWire,
      Verdict verdict,
      boolean quiet) {

    Shape(int slots, int ringCapacity, boolean polled) {
      this(slots, ringCapacity, polled, false, Verdict.CONSUME, false);
    }

    /** With a wire that is slower than what is sent, with or without watched packets. */
    Shape slow(boolean withoutWatched) {
      return new Shape(slots, ringCapacity, polled, true, verdict, withoutWatched);
    }

    Shape releasing(Verdict newVerdict) {
      return new Shape(slots, ringCapacity, polled, slowWire, newVerdict, quiet);
    }
  }

  /** A packet that was sent, and whether the rule was for it at that time. */
  record Sent(int number, Packet packet, boolean watched, boolean ruleInForce) {}

  /** A batch that was asked for. */
  record Asked(int most, int available, int free, int got) {}

  /** A capture, and the packet that it was of when it was taken. */
  record Taken(Capture capture, byte[] bytes) {}

  /** A packet that came out of the host, and when. */
  record Left(long nanos, Packet packet) {}

  /** What the test asks for. */
  private static final PacketMatcher WATCHED = tcp().port(80);

  final Lab lab;
  final InlineBridge bridge;
  final Monitor monitor;
  final Shape shape;
  final Defect defect;
  final List<Sent> sent = new ArrayList<>();
  final List<Left> left = new ArrayList<>();
  final List<Asked> asked = new ArrayList<>();
  final List<Taken> held = new ArrayList<>();
  final List<Integer> captured = new ArrayList<>();
  final List<Integer> passed = new ArrayList<>();
  final List<String> overwritten = new ArrayList<>();
  final List<String> miscounted = new ArrayList<>();
  private boolean ruleInForce = true;
  private boolean dead;
  private int number;

  Bench(Shape shape, Defect defect) {
    this.shape = shape;
    this.defect = defect;
    LabBuilder builder = Lab.builder();
    NicConfig nic = NicConfig.DEFAULT.withRingCapacity(shape.slowWire() ? 4 : 64);
    builder.host("h1").pnics(2).aggregation(Aggregation.NONE).nic(nic);
    this.lab = builder.open();
    this.bridge = lab.host().bridge("p0", "p1", 4);
    plantOnCards();
    MonitorConfig config =
        (shape.polled() ? MonitorConfig.polled() : MonitorConfig.DEFAULT)
            .withRingCapacity(shape.ringCapacity())
            .verdict(defect == Defect.CONSUMED_GOES_ON ? Verdict.REINJECT : shape.verdict());
    PacketMatcher rule = defect == Defect.RULE_TOO_WIDE ? WATCHED.or(udp()) : WATCHED;
    this.monitor = lab.host().monitor(rule, userMemory(slots(shape.slots())), config);
    if (shape.slowWire()) {
      lab.cable("p1").toNetwork().setBandwidth(10_000_000);
    }
    plantOnWire();
    lab.cable("p1").toNetwork().tap(packet -> left.add(new Left(lab.elapsed().toNanos(), packet)));
  }

  private void plantOnCards() {
    if (defect == Defect.RULE_TAKEN_OVER) {
      lab.host()
          .pnic("p0")
          .classifier()
          .monitoring()
          .append(WATCHED.and(Bench::isThird), Destination.ring(0));
    }
    if (defect == Defect.DETOUR) {
      lab.cable("p0")
          .toHost()
          .tap(packet -> lab.world().passed(bridge.forward().account(), packet));
    }
    if (defect == Defect.STEERED_AWAY) {
      lab.host()
          .pnic("p0")
          .classifier()
          .steering()
          .append(udp().and(Bench::isThird), Destination.drop());
    }
  }

  private static boolean isThird(Packet packet) {
    return packet.sourcePort() % 3 == 0;
  }

  private void plantOnWire() {
    CableDirection wire = lab.cable("p1").toNetwork();
    switch (defect) {
      case WIRE_REORDERS -> wire.reorder(Selector.nth(2), Duration.ofMillis(1));
      case WIRE_CORRUPTS -> wire.corrupt(Selector.nth(2));
      case WIRE_LOSES -> wire.lose(Selector.nth(2));
      case WIRE_DOUBLES -> wire.duplicate(Selector.all());
      default -> {}
    }
  }

  // ---- the script ----

  Bench run(List<MonitorStep> script) {
    for (MonitorStep step : script) {
      run(step);
      look();
      if (shape.slowWire()) {
        lab.advance(Duration.ofNanos(50_000));
      }
    }
    lab.advance(Duration.ofSeconds(1));
    look();
    return this;
  }

  private void run(MonitorStep step) {
    switch (step.what()) {
      case SEND_WATCHED -> send(step.amount(), true);
      case SEND_OTHERS -> send(step.amount(), false);
      case POLL -> poll(step.amount());
      case CONSUME, REINJECT -> release(step.amount(), monitor.config().verdict());
      case BLOCK -> release(step.amount(), Verdict.BLOCK);
      case STOP -> stop();
      case DIE -> die();
      case FAR_CARD_FAILS -> lab.host().pnic("p1").fail();
      case FAR_CARD_IS_REPAIRED -> lab.host().pnic("p1").repair();
    }
  }

  private void send(int packets, boolean watched) {
    for (int i = 0; i < packets; i++) {
      number++;
      if (watched && shape.quiet()) {
        continue;
      }
      Packet packet =
          watched
              ? tcp().to(bridge.beyond()).port(80).fromPort(number).payload("watched").toPacket()
              : udp().to(bridge.beyond()).port(53).fromPort(number).payload("other").toPacket();
      lab.wire().send(packet);
      sent.add(new Sent(number, packet, watched, ruleInForce));
    }
    if (packets == 0) { // now and then one that cannot be classified
      byte[] whole = udp().to(bridge.beyond()).toPacket().toByteArray();
      lab.wire().send(Packet.of(Arrays.copyOf(whole, 36)));
    }
  }

  private void poll(int most) {
    if (dead) {
      return;
    }
    int available = monitor.ring("p0").size();
    int free = monitor.memory().free();
    Batch batch = monitor.poll(defect == Defect.BATCH_TOO_SHORT ? Math.max(0, most - 1) : most);
    asked.add(new Asked(most, available, free, batch.size()));
  }

  /** Frees the oldest slots. */
  private void release(int most, Verdict verdict) {
    for (int i = 0; i < most && !held.isEmpty(); i++) {
      Taken oldest = held.remove(0);
      if (oldest.capture().isHeld()) {
        int itsNumber = oldest.capture().packet().sourcePort();
        if (verdict == Verdict.REINJECT && defect != Defect.CONSUMED_GOES_ON) {
          passed.add(itsNumber);
        }
        oldest.capture().release(verdict);
      }
      look();
    }
  }

  private void stop() {
    if (!dead && defect != Defect.RULE_STAYS) {
      monitor.stop();
    }
    ruleInForce = false;
  }

  private void die() {
    monitor.die();
    dead = true;
    ruleInForce = false;
    held.clear();
  }

  // ---- what the application sees ----

  private void look() {
    if (dead) {
      return;
    }
    int slots = monitor.memory().used() + monitor.memory().free();
    if (slots != shape.slots() || monitor.memory().used() != monitor.captured().size()) {
      miscounted.add(monitor.memory() + " and " + monitor.memory().free() + " free");
    }
    List<Capture> now = monitor.captured();
    for (Taken taken : held) {
      if (!taken.capture().isHeld()) {
        overwritten.add(taken.capture().toString());
      } else if (!Arrays.equals(taken.capture().packet().toByteArray(), taken.bytes())) {
        overwritten.add(taken.capture() + " has changed");
      }
    }
    held.removeIf(taken -> !taken.capture().isHeld());
    for (Capture capture : now.subList(held.size(), now.size())) {
      captured.add(capture.packet().sourcePort());
      held.add(new Taken(capture, capture.packet().toByteArray()));
    }
    if (defect == Defect.SLOT_FREED_EARLY && held.size() > 1) {
      held.get(1).capture().release(Verdict.CONSUME);
    }
  }

  // ---- what the test asks about ----

  Sent sent(int wanted) {
    for (Sent one : sent) {
      if (one.number() == wanted) {
        return one;
      }
    }
    throw new AssertionError("number " + wanted + " was never sent");
  }

  @Override
  public void close() {
    lab.close();
  }
}
