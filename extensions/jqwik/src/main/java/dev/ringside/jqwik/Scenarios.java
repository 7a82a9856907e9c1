// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.jqwik.scenario.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Topologies with scripts of up to 30 steps: what fails, who sends, how time passes. Topology and
 * script shrink independently, to few NICs and few steps.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Scenario> lossless() {
 *   return Scenarios.of(Topologies.redundant(), Action.failover(), Action.traffic());
 * }
 * }</pre>
 */
public final class Scenarios {

  /** The most steps of a script. */
  public static final int MAX_STEPS = 30;

  private static final int MAX_TARGETS = 12;

  private Scenarios() {}

  /** Anything that can happen to any host. */
  public static Arbitrary<Scenario> any() {
    return of(Topologies.any(), EnumSet.allOf(Action.class));
  }

  /** NICs that fail and are repaired, guests that come and go, and traffic meanwhile. */
  public static Arbitrary<Scenario> failover() {
    return of(Topologies.redundant(), Action.failover(), Action.guests(), Action.traffic());
  }

  /** The same on hosts whose NICs are all active. */
  public static Arbitrary<Scenario> spreading() {
    return of(Topologies.activeActive(), Action.failover(), Action.guests(), Action.traffic());
  }

  /** Scripts of these actions on these topologies. */
  @SafeVarargs
  public static Arbitrary<Scenario> of(
      Arbitrary<LabTopology> topologies, Set<Action>... actionSets) {
    List<Action> actions = new ArrayList<>();
    for (Set<Action> set : actionSets) {
      actions.addAll(set);
      if (set.contains(Action.SEND)) {
        actions.addAll(List.of(Action.SEND, Action.SEND, Action.BURST, Action.ADVANCE));
      }
    }
    Arbitrary<List<Draft>> drafts = drafts(actions).list().ofMaxSize(MAX_STEPS).withoutEdgeCases();
    return Combinators.combine(topologies, drafts).as(Scenarios::scenario).withoutEdgeCases();
  }

  /** Single steps on a topology. */
  public static Arbitrary<Step> steps(LabTopology topology, Set<Action> actions) {
    return drafts(List.copyOf(actions)).map(draft -> draft.on(topology)).withoutEdgeCases();
  }

  private static Arbitrary<Draft> drafts(List<Action> actions) {
    Arbitrary<Integer> targets = Arbitraries.integers().between(0, MAX_TARGETS - 1);
    return Combinators.combine(
            Arbitraries.of(actions), targets, targets, Arbitraries.integers().between(0, 3))
        .as(Draft::new)
        .withoutEdgeCases();
  }

  private static Scenario scenario(LabTopology topology, List<Draft> drafts) {
    List<Step> steps = new ArrayList<>(drafts.size());
    for (Draft draft : drafts) {
      steps.add(draft.on(topology));
    }
    return new Scenario(topology, steps);
  }

  /** A step whose targets are numbers, so that it fits any topology. */
  private record Draft(Action action, int subject, int object, int amount) {

    Step on(LabTopology topology) {
      return switch (action) {
        case ADD_VM, REMOVE_VM, PAUSE, RESUME -> step(vm(subject), "");
        case PING -> step(vm(subject), station(object));
        case SEND, BURST -> sending();
        case ADVANCE, LATENCY, BANDWIDTH -> step("", "");
        default -> step("p" + subject % topology.pnics(), "");
      };
    }

    private Step sending() {
      String from = station(subject);
      String to = station(object);
      return step(from, to.equals(from) ? another(from) : to);
    }

    private static String another(String name) {
      return name.equals(Sending.STATION) ? vm(0) : Sending.STATION;
    }

    private Step step(String from, String to) {
      return new Step(0, action, from, to, chosen());
    }

    private static String vm(int number) {
      return "vm" + (1 + number % Topologies.MAX_VMS);
    }

    /** Half of all packets go to or come from the station. */
    private static String station(int number) {
      return number < MAX_TARGETS / 2 ? Sending.STATION : vm(number);
    }

    private long chosen() {
      return switch (action) {
        case SEND, BURST -> pick(64, 64, 1_500, 9_000);
        case ADVANCE -> pick(1_000, 1_000_000, 1_000_000_000, 0);
        case FLAP -> pick(1_000, 100_000, 10_000_000, 0);
        case ADD_VM -> pick(0, 0, 100, 200);
        case LATENCY -> pick(0, 500, 50_000, 5_000_000);
        case BANDWIDTH -> pick(0, 10_000_000_000L, 1_000_000_000, 10_000_000);
        case LOSE, CORRUPT, DUPLICATE, REORDER -> pick(1, 2, 5, 20);
        default -> 0;
      };
    }

    private long pick(long... values) {
      return values[amount];
    }
  }
}
