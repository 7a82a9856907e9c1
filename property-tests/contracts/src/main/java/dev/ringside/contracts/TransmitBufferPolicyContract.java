// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What must hold for a {@link TransmitBufferPolicy}, on hosts of one to four NUMA nodes with
 * distances that are not the same in both directions.
 *
 * <pre>{@code
 * class LeastUsedTest implements TransmitBufferPolicyContract {
 *   @Override
 *   public TransmitBufferPolicy policy() {
 *     return offers -> offers.least(offer -> -offer.free());
 *   }
 * }
 * }</pre>
 */
public interface TransmitBufferPolicyContract {

  /** A new policy each time, as a lab would get it. */
  TransmitBufferPolicy policy();

  /**
   * Whether it may let an application wait although a buffer is free, as one does that wants local
   * buffers only. No, unless overridden.
   */
  default boolean mayWait() {
    return false;
  }

  /** What the applications of a host do: ask (0 and up), or give the oldest buffer back (-1). */
  record Script(NumaTopology topology, List<Integer> steps) {}

  /** It chooses one of those that it is offered, as long as there are some. */
  @Property(tries = 100)
  default void gives_a_buffer_while_one_is_free(@ForAll("bufferScripts") Script script) {
    run(script, policy());
  }

  /** Two new ones that are asked the same questions give the same answers. */
  @Property(tries = 50)
  default void is_the_same_in_every_run(@ForAll("bufferScripts") Script script) {
    TransmitBufferPolicy policy = policy();
    List<String> one = run(script, policy);
    List<String> other = run(script, policy());
    if (!one.equals(other)) {
      throw Broken.contract(
          "transmit buffer policy",
          policy,
          "chose " + one + " in one run and " + other + " in another",
          "decide by the offers alone, not by chance, time or identity");
    }
  }

  private List<String> run(Script script, TransmitBufferPolicy policy) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).vms("web", "db").numa(script.topology());
    List<String> given = new ArrayList<>();
    try (Lab lab = builder.open()) {
      TransmitBuffers buffers = lab.host().transmitBuffers().policy(policy);
      Deque<TransmitBufferRequest> held = new ArrayDeque<>();
      for (int step : script.steps()) {
        if (step < 0) {
          give(held);
        } else {
          take(buffers, policy, step % 2 == 0 ? "web" : "db", held, given);
        }
      }
    }
    return given;
  }

  private static void give(Deque<TransmitBufferRequest> held) {
    if (!held.isEmpty()) {
      held.remove().granted().release();
    }
  }

  private void take(
      TransmitBuffers buffers,
      TransmitBufferPolicy policy,
      String vm,
      Deque<TransmitBufferRequest> held,
      List<String> given) {
    int free = buffers.free();
    TransmitBufferRequest request =
        Broken.ask(
            "transmit buffer policy",
            policy,
            "a buffer for " + vm + " with " + buffers.nodes(),
            () -> buffers.request(vm));
    if (request.isGranted()) {
      held.add(request);
      given.add(request.granted().name());
    } else {
      boolean unused = request.cancel();
      given.add("none");
      if (free > 0 && !mayWait()) {
        throw Broken.contract(
            "transmit buffer policy",
            policy,
            "let " + vm + " wait with " + buffers.nodes(),
            "choose one of the offers, or override mayWait()");
      }
    }
  }

  /** Topologies with few buffers, and what the applications do. */
  @Provide
  default Arbitrary<Script> bufferScripts() {
    Arbitrary<Integer> distance = Arbitraries.integers().between(10, 60);
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            nodes ->
                Combinators.combine(
                        distance.list().ofSize(nodes * nodes),
                        Arbitraries.integers().between(0, 3).list().ofSize(nodes),
                        Arbitraries.integers().between(0, nodes - 1).list().ofSize(4),
                        Arbitraries.integers().between(-1, 3).list().ofMaxSize(20))
                    .as(
                        (far, free, places, steps) ->
                            new Script(topology(nodes, far, free, places), steps)));
  }

  private static NumaTopology topology(
      int nodes, List<Integer> distances, List<Integer> free, List<Integer> places) {
    NumaTopology topology =
        NumaTopology.nodes(nodes)
            .nics(places.get(0), "p0")
            .nics(places.get(1), "p1")
            .applications(places.get(2), "web")
            .applications(places.get(3), "db");
    for (int from = 0; from < nodes; from++) {
      topology = topology.buffers(from, free.get(from));
      for (int to = 0; to < nodes; to++) {
        if (from != to) {
          topology = topology.distance(from, to, distances.get(from * nodes + to));
        }
      }
    }
    return topology;
  }
}
