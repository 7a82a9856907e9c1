// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.jqwik.model.BufferStep.What;
import dev.ringside.memory.Application;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.memory.TransmitBufferState;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.ring.Waiter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * Chains of what can happen to the transmit buffers of a host with NICs p0 and p1 and applications
 * web and db, each step done to a lab and to its naive twin, which must then agree.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<ActionChain<BufferActions.Pair>> chains() {
 *   return BufferArbitraries.topologies(BufferActions.NICS, BufferActions.APPLICATIONS)
 *       .flatMap(BufferActions::chains);
 * }
 *
 * @Property
 * void lab_and_twin_agree(@ForAll("chains") ActionChain<BufferActions.Pair> chain) {
 *   chain.run().close();
 * }
 * }</pre>
 */
public final class BufferActions {

  /** The NICs. */
  public static final List<String> NICS = List.of("p0", "p1");

  /** The applications, which are virtual machines. */
  public static final List<String> APPLICATIONS = List.of("web", "db");

  private static final int MOST = 11;

  private BufferActions() {}

  /** Chains on these nodes. */
  public static ActionChainArbitrary<Pair> chains(NumaTopology topology) {
    ActionChainArbitrary<Pair> chains = ActionChain.startWith(() -> new Pair(topology));
    return chains.withAction(new AnyStep<>(steps(), Pair::apply));
  }

  /** Single steps; requests come more often than anything else, and applications end rarely. */
  public static Arbitrary<BufferStep> steps() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(What.REQUEST, What.REQUEST, What.TRY)),
                Tuple.of(6, Arbitraries.of(What.RELEASE, What.BEGIN_DMA, What.COMPLETE_DMA)),
                Tuple.of(4, Arbitraries.of(What.MOVE, What.POLICY, What.CANCEL)),
                Tuple.of(2, Arbitraries.of(What.FAIL_NIC, What.REPAIR_NIC, What.PLUG_IN)),
                Tuple.of(1, Arbitraries.just(What.END))),
            Arbitraries.of(APPLICATIONS),
            Arbitraries.integers().between(0, MOST),
            Arbitraries.of(BufferRule.class))
        .as(BufferStep::new);
  }

  /**
   * A lab and its twin.
   *
   * <pre>{@code
   * try (BufferActions.Pair pair = new BufferActions.Pair(NumaTopology.nodes(2))) {
   *   pair.apply(new BufferStep(BufferStep.What.REQUEST, "web", 0, BufferRule.NEAR_APP));
   * }
   * }</pre>
   */
  public static final class Pair implements AutoCloseable {

    private final Lab lab;
    private final TransmitBuffers pool;
    private final Map<String, Application> applications = new LinkedHashMap<>();
    private final BufferTwin twin;
    private final Function<BufferRule, TransmitBufferPolicy> policies;

    /** Two that agree. */
    public Pair(NumaTopology topology) {
      this(topology, BufferRule::policy);
    }

    /** A lab with these policies in place of those that the rules stand for. */
    public Pair(NumaTopology topology, Function<BufferRule, TransmitBufferPolicy> policies) {
      LabBuilder builder = Lab.builder();
      builder
          .host("h1")
          .pnics(NICS.size())
          .aggregation(Aggregation.NONE)
          .vms(APPLICATIONS.toArray(new String[0]))
          .numa(topology);
      this.lab = builder.open();
      this.pool = lab.host().transmitBuffers();
      this.policies = policies;
      pool.policy(policies.apply(BufferRule.NEAR_APP));
      for (String name : APPLICATIONS) {
        applications.put(name, pool.application(name));
      }
      this.twin = new BufferTwin(topology, NICS, APPLICATIONS);
    }

    /** The lab. */
    public Lab lab() {
      return lab;
    }

    /** Its buffers. */
    public TransmitBuffers pool() {
      return pool;
    }

    /** An application, also one that has ended. */
    public Application application(String name) {
      Application found = applications.get(name);
      if (found == null) {
        throw new IllegalArgumentException(
            "no application '" + name + "'; there are " + APPLICATIONS);
      }
      return found;
    }

    /** The twin. */
    public BufferTwin twin() {
      return twin;
    }

    /** Lets it happen to both. */
    public void apply(BufferStep step) {
      happen(step);
      compare(step);
    }

    /** Lets it happen to both, and does not compare them. */
    public void happen(BufferStep step) {
      Application application = application(step.application());
      switch (step.what()) {
        case REQUEST, TRY, MOVE, END -> {
          if (application.isAlive()) {
            act(step, application);
          }
        }
        case RELEASE, BEGIN_DMA -> use(step, application, TransmitBufferState.ALLOCATED);
        case COMPLETE_DMA -> use(step, application, TransmitBufferState.IN_DMA);
        default -> befall(step);
      }
    }

    private void act(BufferStep step, Application application) {
      int node = step.number() % pool.nodes().size();
      switch (step.what()) {
        case REQUEST -> {
          pool.request(application);
          twin.requests(step.application());
        }
        case TRY -> {
          TransmitBuffer unused = pool.tryAllocate(application);
          twin.tries(step.application());
        }
        case MOVE -> {
          application.moveTo(node);
          twin.moves(step.application(), node);
        }
        default -> {
          application.end();
          twin.ends(step.application());
        }
      }
    }

    private void use(BufferStep step, Application application, TransmitBufferState state) {
      List<TransmitBuffer> held = application.buffers();
      int place = held.isEmpty() ? 0 : step.number() % held.size();
      if (held.isEmpty() || held.get(place).state() != state) {
        return;
      }
      switch (step.what()) {
        case RELEASE -> {
          application.release(held.get(place));
          twin.releases(step.application(), place);
        }
        case BEGIN_DMA -> {
          held.get(place).beginDma();
          twin.beginsDma(step.application(), place);
        }
        default -> {
          held.get(place).completeDma();
          twin.completesDma(step.application(), place);
        }
      }
    }

    private void befall(BufferStep step) {
      int nic = step.number() % NICS.size();
      switch (step.what()) {
        case CANCEL -> cancel(step.number());
        case POLICY -> {
          pool.policy(policies.apply(step.rule()));
          twin.changes(step.rule());
        }
        case FAIL_NIC -> {
          lab.host().pnic(NICS.get(nic)).fail();
          twin.sets(nic, false);
        }
        case REPAIR_NIC -> {
          lab.host().pnic(NICS.get(nic)).repair();
          twin.sets(nic, true);
        }
        default -> {
          int node = step.number() % pool.nodes().size();
          pool.addBuffers(node, 1);
          twin.plugsIn(node);
        }
      }
    }

    private void cancel(int number) {
      List<Waiter> waiters = pool.waiters();
      if (!waiters.isEmpty()) {
        int place = number % waiters.size();
        boolean unused = waiters.get(place).cancel();
        twin.cancels(place);
      }
    }

    private void compare(BufferStep step) {
      for (String name : APPLICATIONS) {
        Agreement.check(step, "list of buffers of " + name, twin.heldBy(name), heldBy(name));
      }
      for (NumaNode node : pool.nodes()) {
        Agreement.check(
            step, "number of free ones on " + node.id(), twin.free(node.id()), node.free());
        Agreement.check(step, "number in DMA on " + node.id(), twin.inDma(node.id()), node.inDma());
      }
      List<String> owners = new ArrayList<>();
      for (Waiter waiter : lab.waiters()) {
        owners.add(waiter.owner());
      }
      Agreement.check(step, "list of waiters", twin.waiters(), owners);
    }

    private List<String> heldBy(String name) {
      List<String> held = new ArrayList<>();
      for (TransmitBuffer buffer : application(name).buffers()) {
        held.add(buffer.name() + " " + buffer.state());
      }
      return held;
    }

    /** Ends the lab. */
    @Override
    public void close() {
      lab.close();
    }

    @Override
    public String toString() {
      return pool.toString();
    }
  }
}
