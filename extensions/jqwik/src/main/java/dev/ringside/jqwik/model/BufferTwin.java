// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.memory.NumaTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transmit buffers as one would explain them: every free buffer is compared with every NIC that is
 * available, and who waits is in a list. What is done to a buffer or a request that is not there
 * changes nothing.
 *
 * <pre>{@code
 * BufferTwin twin = new BufferTwin(topology, List.of("p0"), List.of("web"));
 * twin.requests("web");
 * twin.heldBy("web"); // [node0/tx0 ALLOCATED]
 * }</pre>
 */
public final class BufferTwin {

  private static final class Buffer {
    final int node;
    final int index;
    String owner = "";
    boolean inDma;

    Buffer(int node, int index) {
      this.node = node;
      this.index = index;
    }

    boolean isFree() {
      return owner.isEmpty();
    }

    @Override
    public String toString() {
      return "node" + node + "/tx" + index + (inDma ? " IN_DMA" : " ALLOCATED");
    }
  }

  private record Wait(String application, BufferRule rule) {}

  private record Pair(Buffer buffer, int nic) {}

  private final NumaTopology topology;
  private final List<String> nics;
  private final List<Boolean> available = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<String, Integer> locations = new LinkedHashMap<>();
  private final Map<String, List<Buffer>> held = new LinkedHashMap<>();
  private final List<Wait> waiting = new ArrayList<>();
  private BufferRule rule = BufferRule.NEAR_APP;

  /** A host of these nodes, with all NICs available and all buffers free. */
  public BufferTwin(NumaTopology topology, List<String> nics, List<String> applications) {
    this.topology = topology;
    this.nics = List.copyOf(nics);
    for (String nic : nics) {
      available.add(!nic.isEmpty());
    }
    for (int node = 0; node < topology.nodeCount(); node++) {
      for (int i = 0; i < topology.buffersOf(node); i++) {
        buffers.add(new Buffer(node, i));
      }
    }
    for (String application : applications) {
      locations.put(application, topology.nodeOfApplication(application));
      held.put(application, new ArrayList<>());
    }
  }

  // ---- what holds ----

  /** The buffers of an application with their states, in the order in which it got them. */
  public List<String> heldBy(String application) {
    List<String> names = new ArrayList<>();
    for (Buffer buffer : buffersOf(application)) {
      names.add(buffer.toString());
    }
    return names;
  }

  /** Who waits, the first in front. */
  public List<String> waiters() {
    List<String> owners = new ArrayList<>();
    for (Wait wait : waiting) {
      owners.add(wait.application);
    }
    return owners;
  }

  /** How many buffers of a node are free. */
  public int free(int node) {
    return (int) buffers.stream().filter(b -> b.node == node && b.isFree()).count();
  }

  /** How many buffers of a node a NIC reads from. */
  public int inDma(int node) {
    return (int) buffers.stream().filter(b -> b.node == node && b.inDma).count();
  }

  /** Whether an application has not ended. */
  public boolean isAlive(String application) {
    return locations.containsKey(application);
  }

  private List<Buffer> buffersOf(String application) {
    return held.getOrDefault(application, List.of());
  }

  // ---- what happens ----

  /** An application asks for a buffer. */
  public void requests(String application) {
    if (!available.contains(true)) {
      return;
    }
    Wait wait = new Wait(application, rule);
    if (!waiting.isEmpty() || !grant(wait)) {
      waiting.add(wait);
    }
  }

  /** An application takes a buffer if there is one. */
  public void tries(String application) {
    if (waiting.isEmpty() && available.contains(true)) {
      boolean unused = grant(new Wait(application, rule));
    }
  }

  /** An application gives a buffer back, by its place among those that it has. */
  public void releases(String application, int place) {
    if (place < buffersOf(application).size()) {
      buffersOf(application).remove(place).owner = "";
      wake();
    }
  }

  /** A NIC begins to read. */
  public void beginsDma(String application, int place) {
    setInDma(application, place, true);
  }

  /** A NIC has read. */
  public void completesDma(String application, int place) {
    setInDma(application, place, false);
    releases(application, place);
  }

  private void setInDma(String application, int place, boolean inDma) {
    if (place < buffersOf(application).size()) {
      buffersOf(application).get(place).inDma = inDma;
    }
  }

  /** A request is taken back. */
  public void cancels(int place) {
    if (place < waiting.size()) {
      waiting.remove(place);
      wake();
    }
  }

  /** An application moves. */
  public void moves(String application, int node) {
    locations.put(application, node);
    wake();
  }

  /** Another policy chooses for later requests. */
  public void changes(BufferRule newRule) {
    rule = newRule;
  }

  /** A NIC fails, or is repaired. */
  public void sets(int nic, boolean nowAvailable) {
    available.set(nic, nowAvailable);
  }

  /** A node gets another buffer. */
  public void plugsIn(int node) {
    long there = buffers.stream().filter(buffer -> buffer.node == node).count();
    buffers.add(new Buffer(node, (int) there));
    wake();
  }

  /** An application ends. */
  public void ends(String application) {
    locations.remove(application);
    boolean waited = waiting.removeIf(wait -> wait.application.equals(application));
    List<Buffer> its = List.copyOf(buffersOf(application));
    for (Buffer buffer : its) {
      if (!buffer.inDma) {
        releases(application, buffersOf(application).indexOf(buffer));
      }
    }
    if (waited) {
      wake();
    }
  }

  private void wake() {
    while (!waiting.isEmpty() && (!available.contains(true) || grant(waiting.get(0)))) {
      waiting.remove(0);
    }
  }

  private boolean grant(Wait wait) {
    Buffer chosen = choose(wait);
    if (chosen == null) {
      return false;
    }
    chosen.owner = wait.application;
    buffersOf(wait.application).add(chosen);
    return true;
  }

  // ---- the choice ----

  private @Nullable Buffer choose(Wait wait) {
    int from = locations.getOrDefault(wait.application, 0);
    Buffer best =
        pairs().stream()
            .min(
                Comparator.<Pair>comparingInt(
                        pair -> wait.rule.cost(copied(from, pair), read(pair)))
                    .thenComparingInt(pair -> wait.rule.tie(copied(from, pair), read(pair)))
                    .thenComparingInt(pair -> -free(pair.buffer.node))
                    .thenComparingInt(pair -> pair.buffer.node)
                    .thenComparingInt(pair -> pair.buffer.index))
            .map(Pair::buffer)
            .orElse(null);
    boolean mustWait =
        best != null
            && wait.rule == BufferRule.STRICT_LOCAL
            && topology.distance(from, best.node) > nearest(from);
    return mustWait ? null : best;
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Buffer buffer : buffers) {
      for (int nic = 0; nic < nics.size(); nic++) {
        if (buffer.isFree() && available.get(nic)) {
          pairs.add(new Pair(buffer, nic));
        }
      }
    }
    return pairs;
  }

  private int copied(int from, Pair pair) {
    return topology.distance(from, pair.buffer.node);
  }

  private int read(Pair pair) {
    return topology.distance(pair.buffer.node, topology.nodeOfNic(nics.get(pair.nic)));
  }

  private int nearest(int from) {
    return buffers.stream().mapToInt(b -> topology.distance(from, b.node)).min().orElse(0);
  }
}
