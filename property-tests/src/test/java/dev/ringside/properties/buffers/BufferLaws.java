// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.buffers;

import dev.ringside.jqwik.model.BufferActions;
import dev.ringside.jqwik.model.BufferRule;
import dev.ringside.jqwik.model.BufferStep;
import dev.ringside.memory.NumaNode;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferPolicy;
import dev.ringside.ring.Waiter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What must hold of transmit buffers; each law says what violates it. */
final class BufferLaws {

  private BufferLaws() {}

  /** Policies in place of those of the framework, with a defect or without. */
  interface Policies extends Function<BufferRule, TransmitBufferPolicy> {}

  /** How a script went, step by step. */
  private interface Look {
    void at(BufferActions.Pair pair, BufferStep step, List<String> violations);
  }

  private static List<String> follow(
      NumaTopology topology, Policies policies, List<BufferStep> script, Look look) {
    List<String> violations = new ArrayList<>();
    try (BufferActions.Pair pair = new BufferActions.Pair(topology, policies)) {
      for (BufferStep step : script) {
        pair.happen(step);
        look.at(pair, step, violations);
      }
    }
    return violations;
  }

  /** 1. No buffer has two owners. */
  static List<String> oneOwner(NumaTopology topology, Policies policies, List<BufferStep> script) {
    return follow(
        topology,
        policies,
        script,
        (pair, step, violations) -> {
          Set<String> seen = new HashSet<>();
          for (String application : BufferActions.APPLICATIONS) {
            for (TransmitBuffer buffer : pair.application(application).buffers()) {
              if (!seen.add(buffer.name())) {
                violations.add(buffer.name() + " has two owners after " + step);
              }
            }
          }
        });
  }

  /** 2. Free, allocated and in DMA are all there are, on each node. */
  static List<String> sums(NumaTopology topology, Policies policies, List<BufferStep> script) {
    return follow(
        topology,
        policies,
        script,
        (pair, step, violations) -> {
          for (NumaNode node : pair.pool().nodes()) {
            long held = heldOn(pair, node.id());
            if (node.free() + held != node.buffers() || node.allocated() + node.inDma() != held) {
              violations.add(node + " and " + held + " are held after " + step);
            }
          }
        });
  }

  private static long heldOn(BufferActions.Pair pair, int node) {
    long held = 0;
    for (String application : BufferActions.APPLICATIONS) {
      for (TransmitBuffer buffer : pair.application(application).buffers()) {
        held += buffer.node() == node ? 1 : 0;
      }
    }
    return held;
  }

  /** 3. and all the rest: the lab does what its naive twin does. */
  static List<String> asTwin(NumaTopology topology, Policies policies, List<BufferStep> script) {
    try (BufferActions.Pair pair = new BufferActions.Pair(topology, policies)) {
      for (BufferStep step : script) {
        pair.apply(step);
      }
      return List.of();
    } catch (AssertionError difference) {
      return List.of(String.valueOf(difference.getMessage()));
    }
  }

  /** 3. What was chosen costs least. */
  static List<String> optimal(Choice choice) {
    return choice.isNone() || choice.cost() == choice.leastCost()
        ? List.of()
        : List.of(choice + " costs " + choice.cost() + ", the least is " + choice.leastCost());
  }

  /** 4. The node that is told is the node that has one buffer less. */
  static List<String> realLocation(Choice choice) {
    return choice.node() == choice.realNode() ? List.of() : List.of(choice.toString());
  }

  /** 5., 6. and 9. One choice costs what, or at most what, another one does. */
  static List<String> costs(Choice one, Choice other, boolean orLess) {
    boolean holds =
        other.isNone()
            || (orLess ? one.cost() <= other.cost() : !one.isNone() && one.cost() == other.cost());
    return holds ? List.of() : List.of(one + " does not cost as " + other);
  }

  /** 7. Nobody waits while a buffer is free, unless a policy wants to, and none is overtaken. */
  static List<String> firstComeFirstServed(
      NumaTopology topology, Policies policies, List<BufferStep> script) {
    List<Waiter> before = new ArrayList<>();
    return follow(
        topology,
        policies,
        script,
        (pair, step, violations) -> {
          List<Waiter> now = pair.pool().waiters();
          if (!now.isEmpty() && pair.pool().free() > 0) {
            violations.add(now.get(0) + " although " + pair.pool().free() + " are free");
          }
          int stays = 0;
          for (Waiter waiter : before) {
            stays += waiter.isWaiting() ? 1 : 0;
            if (waiter.isGranted() && stays > 0) {
              violations.add(waiter + " overtook another one at " + step);
            }
          }
          before.clear();
          before.addAll(now);
        });
  }

  /** 8. The same script ends the same. */
  static List<String> deterministic(
      NumaTopology topology, Policies policies, List<BufferStep> script) {
    String first = end(topology, policies, script);
    String second = end(topology, policies, script);
    return first.equals(second) ? List.of() : List.of(first + " differs from " + second);
  }

  private static String end(NumaTopology topology, Policies policies, List<BufferStep> script) {
    StringBuilder end = new StringBuilder();
    List<String> unused =
        follow(
            topology,
            policies,
            script,
            (pair, step, violations) -> {
              end.append(step).append(": ").append(pair.pool().nodes());
              for (String application : BufferActions.APPLICATIONS) {
                end.append(pair.application(application).buffers());
              }
              end.append(pair.pool().waiters()).append('\n');
            });
    return end.toString();
  }
}
