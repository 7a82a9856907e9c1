// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.InlineBridge;
import dev.ringside.jqwik.model.MonitorStep.What;
import dev.ringside.monitor.Capture;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.UserMemory;
import dev.ringside.monitor.Verdict;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to a monitor on a host that joins two networks inline, each step done
 * to a lab and to its naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<MonitorActions.Pair>> chains() {
 *   return MonitorActions.chains(4, 8, 1);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<MonitorActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class MonitorActions {

  private static final int MOST_AT_ONCE = 6;

  private MonitorActions() {}

  /**
   * Chains on a monitor of this shape.
   *
   * @param slots of its memory
   * @param ringCapacity of its ring
   * @param threshold packets in the ring that raise a notice; 0: it polls
   */
  public static ActionChainArbitrary<Pair> chains(int slots, int ringCapacity, int threshold) {
    ActionChainArbitrary<Pair> chains =
        ActionChain.startWith(() -> new Pair(slots, ringCapacity, threshold));
    return chains.withAction(new AnyStep<>(steps(), Pair::apply));
  }

  /** Single steps; packets come more often than anything else, and applications die rarely. */
  public static Arbitrary<MonitorStep> steps() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(What.SEND_WATCHED, What.SEND_OTHERS)),
                Tuple.of(6, Arbitraries.of(What.POLL, What.CONSUME, What.REINJECT, What.BLOCK)),
                Tuple.of(2, Arbitraries.of(What.FAR_CARD_FAILS, What.FAR_CARD_IS_REPAIRED)),
                Tuple.of(1, Arbitraries.of(What.STOP, What.DIE))),
            Arbitraries.integers().between(0, MOST_AT_ONCE))
        .as(MonitorStep::new);
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (MonitorActions.Pair pair = new MonitorActions.Pair(4, 8, 1)) {
   *   pair.apply(new MonitorStep(MonitorStep.What.SEND_WATCHED, 3));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final InlineBridge bridge;
    private final Monitor monitor;
    private final MonitorTwin twin;
    private int number;

    /** Two that agree. */
    public Pair(int slots, int ringCapacity, int threshold) {
      this(slots, ringCapacity, threshold, new MonitorTwin(slots, ringCapacity, threshold));
    }

    /** A lab of this shape, and what to compare it with. */
    public Pair(int slots, int ringCapacity, int threshold, MonitorTwin twin) {
      LabBuilder builder = Lab.builder();
      builder.host("h1").pnics(2).aggregation(Aggregation.NONE).nic(NicConfig.DEFAULT);
      this.lab = builder.open();
      this.bridge = lab.host().bridge("p0", "p1");
      MonitorConfig config =
          (threshold == 0
                  ? MonitorConfig.polled()
                  : MonitorConfig.DEFAULT.interrupt(threshold, Duration.ZERO))
              .withRingCapacity(ringCapacity);
      this.monitor =
          lab.host()
              .monitor(
                  Packets.tcp().port(80), UserMemory.userMemory(UserMemory.slots(slots)), config);
      this.twin = twin;
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** The monitor. */
    public Monitor monitor() {
      return monitor;
    }

    /** The twin. */
    public MonitorTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(MonitorStep step) {
      boolean dead = twin.isDead();
      switch (step.what()) {
        case SEND_WATCHED -> send(step.amount(), true);
        case SEND_OTHERS -> send(step.amount(), false);
        case POLL -> poll(step);
        case CONSUME -> release(step.amount(), Verdict.CONSUME);
        case REINJECT -> release(step.amount(), Verdict.REINJECT);
        case BLOCK -> release(step.amount(), Verdict.BLOCK);
        case STOP -> {
          twin.stops();
          if (!dead) {
            monitor.stop();
          }
        }
        case DIE -> {
          twin.dies();
          monitor.die();
        }
        case FAR_CARD_FAILS -> {
          twin.farCardIsDown(true);
          lab.host().pnic("p1").fail();
        }
        case FAR_CARD_IS_REPAIRED -> {
          twin.farCardIsDown(false);
          lab.host().pnic("p1").repair();
        }
      }
      compare(step);
    }

    private void send(int packets, boolean watched) {
      for (int i = 0; i < packets; i++) {
        number++;
        lab.wire()
            .send(
                watched
                    ? Packets.tcp().to(bridge.beyond()).port(80).fromPort(number)
                    : Packets.udp().to(bridge.beyond()).port(53).fromPort(number));
        twin.arrives(number, watched);
      }
    }

    private void poll(MonitorStep step) {
      List<Integer> batch =
          twin.isDead() ? List.of() : numbers(monitor.poll(step.amount()).captures());
      Agreement.check(step, "batch", twin.polls(step.amount()), batch);
    }

    private void release(int most, Verdict verdict) {
      if (!twin.isDead()) {
        List<Capture> held = monitor.captured();
        for (int i = 0; i < Math.min(most, held.size()); i++) {
          held.get(i).release(verdict);
          twin.releases(1, verdict == Verdict.REINJECT);
        }
      }
    }

    private void compare(MonitorStep step) {
      if (!twin.isDead()) {
        Agreement.check(step, "content of the memory", twin.held(), numbers(monitor.captured()));
        Agreement.check(step, "number of free slots", free(), monitor.memory().free());
      }
      Agreement.check(
          step, "number of packets in the ring", twin.waiting(), monitor.ring("p0").size());
      Agreement.check(step, "number of captures", (long) twin.captured(), monitor.capturedInAll());
      Agreement.check(step, "number of losses", (long) twin.lost(), monitor.lost());
      Agreement.check(step, "traffic beyond", twin.beyond(), beyond());
      if (!lab.ledger().violations().isEmpty()) {
        throw new AssertionError("after '" + step + "': " + lab.ledger().violations());
      }
    }

    private int free() {
      return monitor.memory().slots() - twin.held().size();
    }

    private static List<Integer> numbers(List<Capture> captures) {
      List<Integer> numbers = new ArrayList<>(captures.size());
      for (Capture capture : captures) {
        numbers.add(capture.packet().sourcePort());
      }
      return numbers;
    }

    private List<Integer> beyond() {
      List<Integer> numbers = new ArrayList<>();
      for (Packet packet : bridge.beyond().received()) {
        if (packet.is(IpProtocol.TCP) || packet.is(IpProtocol.UDP)) {
          numbers.add(packet.sourcePort());
        }
      }
      return numbers;
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return monitor.toString();
    }
  }
}
